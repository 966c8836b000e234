import Bytes

/// Reads `ip xfrm state` and `ip -s xfrm state` of Linux.
enum XfrmReader {
  static func recognises(_ lines: [TextLine]) -> Bool {
    zip(lines, lines.dropFirst()).contains {
      isEntry($0) && ($1.text.hasPrefix("proto esp") || $1.text.hasPrefix("proto ah"))
    }
  }

  static func read(_ lines: [TextLine], file: String) -> KeyMaterial {
    var result = KeyMaterial()
    var entry: [TextLine] = []
    for line in lines {
      if isEntry(line) {
        add(entry, file, to: &result)
        entry = []
      }
      entry.append(line)
    }
    add(entry, file, to: &result)
    return result
  }

  /// `src A dst B` at the start of a line; `sel src …` is indented and starts with another word.
  private static func isEntry(_ line: TextLine) -> Bool {
    let words = line.words
    return words.count >= 4 && words[0] == "src" && words[2] == "dst"
  }

  private static func add(_ lines: [TextLine], _ file: String, to result: inout KeyMaterial) {
    guard let first = lines.first, isEntry(first),
      let proto = lines.first(where: { $0.text.hasPrefix("proto ") })
    else { return }
    // Other protocols (comp, route2, hao) have no keys.
    guard
      let childProtocol = proto.words.dropFirst().first.flatMap({
        ChildProtocol(rawValue: String($0))
      })
    else { return }
    result.add { () throws(KeyProblem) in
      try child(lines, first, proto, childProtocol, file)
    }
  }

  private static func child(
    _ lines: [TextLine], _ first: TextLine, _ proto: TextLine, _ childProtocol: ChildProtocol,
    _ file: String
  ) throws(KeyProblem) -> ChildSAKeys {
    var builder = ChildKeyBuilder(origin: KeyOrigin(file: file, line: first.number))
    builder.childProtocol = childProtocol
    guard let source = IPAddress(text: first.words[1]),
      let destination = IPAddress(text: first.words[3])
    else { throw KeyProblem(builder.origin, "expected src ADDRESS dst ADDRESS") }
    builder.source = source.isUnspecified ? nil : AddressPattern(source)
    builder.destination = destination.isUnspecified ? nil : AddressPattern(destination)
    guard
      let spi = value("spi", in: proto).flatMap({ text in
        KeyValues.childSPI(text.prefix { $0 != "(" })
      })
    else {
      throw KeyProblem(
        KeyOrigin(file: file, line: proto.number), "expected spi 0x and up to 8 digits")
    }
    builder.spi = SPIPattern(spi)
    builder.mode = value("mode", in: proto).flatMap { ChildMode(rawValue: String($0)) }
    builder.esn = lines.contains { line in
      line.words.contains("esn")
        && line.words.contains { $0 == "flag" || $0 == "replay-window" || $0.hasPrefix("(") }
    }
    for line in lines { try algorithm(line, KeyOrigin(file: file, line: line.number), &builder) }
    return try builder.build()
  }

  private static func value(_ name: Substring, in line: TextLine) -> Substring? {
    let words = line.words
    guard let at = words.firstIndex(of: name), at + 1 < words.count else { return nil }
    return words[at + 1]
  }

  /// `enc cbc(aes) 0x… (128 bits)`, `auth-trunc hmac(sha1) 0x… (160 bits) 96`,
  /// `aead rfc4106(gcm(aes)) 0x… (160 bits) 128`.
  private static func algorithm(
    _ line: TextLine, _ origin: KeyOrigin, _ builder: inout ChildKeyBuilder
  ) throws(KeyProblem) {
    let words = line.words
    guard let kind = words.first, ["enc", "auth", "auth-trunc", "aead"].contains(kind),
      words.count >= 2
    else { return }
    let isNull = words[1].contains("cipher_null") || words[1].contains("digest_null")
    let keyText = words.count > 2 ? words[2] : ""
    if keyText.contains("hidden") || keyText.contains("<") {
      throw KeyProblem(origin, "the key is hidden: print the state with the right to see keys")
    }
    guard let key = isNull && !keyText.hasPrefix("0x") ? [] : KeyValues.hex(keyText) else {
      throw KeyProblem(origin, "expected \(kind) NAME 0xKEY")
    }
    // The last bare number; "(160 bits)" is the key's own length.
    let bits = words.dropFirst(3).last.flatMap { Int($0) }
    switch kind {
    case "enc": (builder.cipherName, builder.cipherKey) = (String(words[1]), key)
    case "aead":
      (builder.cipherName, builder.cipherKey, builder.cipherICVBits) = (
        String(words[1]), key, bits
      )
    default:
      (builder.integrityName, builder.integrityKey) = (isNull ? "none" : String(words[1]), key)
      // Without -trunc the kernel means 96 bits for MD5 and SHA-1 and, for old reasons, SHA-256.
      builder.integrityICVBits = bits ?? (kind == "auth" ? 96 : nil)
    }
  }
}
