import Bytes
import Crypto

/// Reads FortiGate's `diagnose vpn tunnel list`.
enum FortiGateReader {
  static func recognises(_ lines: [TextLine]) -> Bool {
    lines.contains { isSA($0) }
  }

  /// `dec:pkts/bytes=…` also starts so, and is a counter.
  private static func isSA(_ line: TextLine) -> Bool {
    ["dec:", "enc:"].contains { line.text.after($0)?.hasPrefix("spi=") ?? false }
  }

  static func read(_ lines: [TextLine], file: String) -> KeyMaterial {
    var result = KeyMaterial()
    var ends: (local: AddressPattern?, remote: AddressPattern?) = (nil, nil)
    var isExtended: Bool?
    for (index, line) in lines.enumerated() {
      if line.text.hasPrefix("name=") {
        ends = addresses(line)
      } else if let esn = value("esn", in: line) {
        isExtended = esn == "1"
      } else if isSA(line) {
        let next = index + 1 < lines.count ? lines[index + 1] : nil
        result.add { () throws(KeyProblem) in
          try child(line, next, ends, isExtended, file)
        }
      }
    }
    return result
  }

  private static func value(_ name: String, in line: TextLine) -> Substring? {
    line.words.first { $0.hasPrefix(name + "=") }?.dropFirst(name.count + 1)
  }

  /// `name=site ver=1 serial=1 10.0.0.1:0->10.0.0.2:0 …`
  private static func addresses(
    _ line: TextLine
  ) -> (local: AddressPattern?, remote: AddressPattern?) {
    guard let word = line.words.first(where: { $0.following("->") != nil }),
      let remote = word.following("->")
    else { return (nil, nil) }
    let local = word.prefix(word.count - remote.count - 2)
    return (pattern(local), pattern(remote))
  }

  /// The address before the last colon.
  private static func pattern(_ text: Substring) -> AddressPattern? {
    let address = text.lastIndex(of: ":").map { text[..<$0] } ?? text
    return AddressPattern(address)
  }

  private static func child(
    _ line: TextLine, _ next: TextLine?, _ ends: (local: AddressPattern?, remote: AddressPattern?),
    _ isExtended: Bool?, _ file: String
  ) throws(KeyProblem) -> ChildSAKeys {
    var builder = ChildKeyBuilder(origin: KeyOrigin(file: file, line: line.number))
    let isInbound = line.text.hasPrefix("dec:")
    builder.source = isInbound ? ends.remote : ends.local
    builder.destination = isInbound ? ends.local : ends.remote
    builder.esn = isExtended
    guard
      let spi = line.text.following("spi=").flatMap({ text in
        KeyValues.childSPI(text.prefix { !$0.isWhitespace })
      })
    else { throw KeyProblem(builder.origin, "expected spi= and up to 8 hexadecimal digits") }
    builder.spi = SPIPattern(spi)
    (builder.cipherName, builder.cipherKey) = try algorithm("esp", line, file) ?? ("null", [])
    if let next, let (name, key) = try algorithm("ah", next, file) {
      (builder.integrityName, builder.integrityKey) = (name, key)
    }
    if let cipher = AlgorithmNames.cipher(builder.cipherName ?? ""), cipher.isAEAD {
      builder.integrityName = nil
    }
    return try builder.build()
  }

  /// `esp=aes key=16 0123…`
  private static func algorithm(
    _ name: String, _ line: TextLine, _ file: String
  ) throws(KeyProblem) -> (String, [UInt8])? {
    let words = line.words
    guard let at = words.firstIndex(where: { $0.hasPrefix(name + "=") }) else { return nil }
    let origin = KeyOrigin(file: file, line: line.number)
    guard at + 1 < words.count, words[at + 1].hasPrefix("key="),
      let length = Int(words[at + 1].dropFirst(4))
    else { throw KeyProblem(origin, "expected \(name)=NAME key=LENGTH KEY") }
    let key = at + 2 < words.count ? KeyValues.hex(words[at + 2]) : []
    guard let key, key.count == length else {
      throw KeyProblem(
        origin, "expected \(length) bytes of key in hexadecimal behind key=\(length)")
    }
    return (String(words[at].dropFirst(name.count + 1)), key)
  }
}

/// Reads MikroTik's `/ip ipsec installed-sa print`, with or without `detail` or `terse`.
enum MikroTikReader {
  static func recognises(_ lines: [TextLine]) -> Bool {
    lines.contains { $0.text.contains("enc-algorithm=") || $0.text.contains("auth-algorithm=") }
      && lines.contains { $0.text.contains("spi=") }
  }

  static func read(_ lines: [TextLine], file: String) -> KeyMaterial {
    var result = KeyMaterial()
    var entry: Entry?
    for line in lines {
      for word in line.words {
        guard let equals = word.firstIndex(of: "=") else {
          // "0  E", "1 H E": flags in front of an entry; an entry printed in columns has no names.
          if entry == nil || entry?.values["spi"] != nil, word == "AH" || word == "A" {
            flush(&entry, file, to: &result)
            entry = Entry(line: line.number, isAH: true)
          }
          continue
        }
        let name = String(word[..<equals])
        if name == "spi", entry == nil || entry?.values["spi"] != nil {
          flush(&entry, file, to: &result)
          entry = Entry(line: line.number, isAH: false)
        }
        entry?.values[name] = String(word[word.index(after: equals)...].filter { $0 != "\"" })
      }
    }
    flush(&entry, file, to: &result)
    return result
  }

  private struct Entry {
    var line: Int
    var isAH: Bool
    var values: [String: String] = [:]
  }

  private static func flush(_ entry: inout Entry?, _ file: String, to result: inout KeyMaterial) {
    defer { entry = nil }
    guard let done = entry else { return }
    result.add { () throws(KeyProblem) in try child(done, file) }
  }

  private static func child(_ entry: Entry, _ file: String) throws(KeyProblem) -> ChildSAKeys {
    var builder = ChildKeyBuilder(origin: KeyOrigin(file: file, line: entry.line))
    guard let spi = entry.values["spi"].flatMap({ KeyValues.childSPI($0) }) else {
      throw KeyProblem(builder.origin, "expected spi= and up to 8 hexadecimal digits")
    }
    builder.spi = SPIPattern(spi)
    builder.source = try address(entry.values["src-address"], builder.origin)
    builder.destination = try address(entry.values["dst-address"], builder.origin)
    let cipher = entry.values["enc-algorithm"]
    builder.childProtocol = entry.isAH && cipher == nil ? .ah : .esp
    builder.cipherName = cipher
    builder.cipherKey = try key(entry.values["enc-key"], builder.origin)
    builder.integrityName = entry.values["auth-algorithm"]
    builder.integrityKey = try key(entry.values["auth-key"], builder.origin)
    if let known = AlgorithmNames.cipher(cipher ?? ""), known.isAEAD { builder.integrityName = nil }
    return try builder.build()
  }

  private static func key(_ text: String?, _ origin: KeyOrigin) throws(KeyProblem) -> [UInt8] {
    guard let key = KeyValues.hex(text ?? "") else {
      throw KeyProblem(origin, "a key must be an even number of hexadecimal digits")
    }
    return key
  }

  /// `10.0.0.1`, `10.0.0.1:4500`, `[2001:db8::1]:4500`.
  private static func address(
    _ text: String?, _ origin: KeyOrigin
  ) throws(KeyProblem) -> AddressPattern? {
    guard let text else { return nil }
    if let address = IPAddress(text) { return AddressPattern(address) }
    let bare =
      text.hasPrefix("[")
      ? text.dropFirst().prefix { $0 != "]" } : text[..<(text.lastIndex(of: ":") ?? text.endIndex)]
    guard let address = IPAddress(text: bare) else {
      throw KeyProblem(origin, "\(printable(text)) is not an address")
    }
    return AddressPattern(address)
  }
}
