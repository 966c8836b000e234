import Bytes
import Crypto

/// Reads Wireshark's tables `ikev1_decryption_table`, `ikev2_decryption_table` and `esp_sa`, as
/// Wireshark and strongSwan's save-keys write them; the rows may stand in one file.
enum WiresharkReader {
  static func recognises(_ lines: [TextLine]) -> Bool {
    lines.contains { !$0.text.hasPrefix("#") && kind(columns($0.text) ?? []) != nil }
  }

  static func read(_ lines: [TextLine], file: String) -> KeyMaterial {
    var result = KeyMaterial()
    for line in lines where !line.text.hasPrefix("#") {
      let origin = KeyOrigin(file: file, line: line.number)
      guard let columns = columns(line.text) else {
        result.add(KeyProblem(origin, "a quotation mark does not end"))
        continue
      }
      do throws(KeyProblem) {
        switch kind(columns) {
        case .ikev1: result.add(try ikev1(columns, origin))
        case .ikev2: result.add(try ikev2(columns, origin))
        case .esp: result.add(try esp(columns, origin))
        case nil:
          throw KeyProblem(
            origin,
            "expected 2 columns (ikev1_decryption_table), or 8 (ikev2_decryption_table, esp_sa)")
        }
      } catch {
        result.add(error)
      }
    }
    return result
  }

  private enum Kind { case ikev1, ikev2, esp }

  private static func kind(_ columns: [String]) -> Kind? {
    switch columns.count {
    case 2: isSPI(columns[0]) ? .ikev1 : nil
    case 8...10:
      ["ipv4", "ipv6", "any", "*"].contains(columns[0].lowercased())
        ? .esp : isSPI(columns[0]) ? .ikev2 : nil
    default: nil
    }
  }

  private static func isSPI(_ text: String) -> Bool {
    let bare = text.hasPrefix("0x") ? text.dropFirst(2) : text[...]
    return (8...20).contains(bare.count) && bare.allSatisfy { $0.isHexDigit }
  }

  /// Columns between commas; quotation marks hold text together, and inside them `\x22` and a
  /// doubled mark stand for one.
  static func columns(_ line: Substring) -> [String]? {
    var columns: [String] = []
    var current = ""
    var isQuoted = false
    for character in line {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == ",", !isQuoted {
        columns.append(trimmed(current))
        current = ""
      } else {
        current.append(character)
      }
    }
    columns.append(trimmed(current))
    return isQuoted ? nil : columns
  }

  private static func trimmed(_ text: String) -> String {
    let front = text.drop { $0 == " " || $0 == "\t" }
    guard let end = front.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
    return String(front[...end])
  }

  private static func ikev1(
    _ columns: [String], _ origin: KeyOrigin
  ) throws(KeyProblem) -> IKESAKeys {
    guard let cookie = KeyValues.ikeSPI(columns[0]) else {
      throw KeyProblem(origin, "the initiator's cookie must be 16 hexadecimal digits")
    }
    guard let key = KeyValues.hex(columns[1]), !key.isEmpty else {
      throw KeyProblem(origin, "the encryption key must be hexadecimal")
    }
    guard (5...56).contains(key.count) else {
      throw KeyProblem(
        origin, "an encryption key of IKEv1 has 5 to 56 bytes, this one has \(key.count)")
    }
    var keys = IKESAKeys(version: 1, initiatorSPI: cookie, responderSPI: nil, origin: origin)
    keys[.encryptionKey] = Secret(key)
    return keys
  }

  private static func ikev2(
    _ columns: [String], _ origin: KeyOrigin
  ) throws(KeyProblem) -> IKESAKeys {
    guard let initiator = KeyValues.ikeSPI(columns[0]), let responder = KeyValues.ikeSPI(columns[1])
    else { throw KeyProblem(origin, "both SPIs must be 16 hexadecimal digits") }
    var keys = IKESAKeys(
      version: 2, initiatorSPI: initiator, responderSPI: responder, origin: origin)
    guard let cipher = AlgorithmNames.cipher(columns[4]) else {
      throw KeyProblem(
        origin, "the encryption algorithm \(printable(columns[4])) is not known")
    }
    keys.encryption = cipher.identifier
    for (column, name) in [(2, IKESecret.skEi), (3, .skEr)] {
      let key = try hex(columns[column], name.rawValue, origin)
      let (bare, _) = try KeyValues.checkedSplit(key, cipher: cipher, origin: origin)
      keys.encryptionBits = bare.count * 8
      keys[name] = Secret(key)
    }
    guard !AlgorithmNames.isNoIntegrity(columns[7]), !cipher.isAEAD else { return keys }
    guard let integrity = AlgorithmNames.integrity(columns[7]) else {
      throw KeyProblem(
        origin, "the integrity algorithm \(printable(columns[7])) is not known")
    }
    keys.integrity = integrity.identifier
    for (column, name) in [(5, IKESecret.skAi), (6, .skAr)] {
      let key = try hex(columns[column], name.rawValue, origin)
      try KeyValues.checkIntegrity(integrity.identifier, key: key, origin: origin)
      keys[name] = Secret(key)
    }
    return keys
  }

  private static func hex(
    _ text: String, _ name: String, _ origin: KeyOrigin
  ) throws(KeyProblem) -> [UInt8] {
    guard let bytes = KeyValues.hex(text) else {
      throw KeyProblem(origin, "\(name) must be an even number of hexadecimal digits")
    }
    return bytes
  }

  private static func esp(
    _ columns: [String], _ origin: KeyOrigin
  ) throws(KeyProblem) -> ChildSAKeys {
    var builder = ChildKeyBuilder(origin: origin)
    builder.source = try address(columns[1], "source", origin)
    builder.destination = try address(columns[2], "destination", origin)
    guard let spi = SPIPattern(columns[3]) else {
      throw KeyProblem(
        origin, "the SPI must be 0x and up to 8 digits, a decimal number, or *")
    }
    builder.spi = spi
    builder.cipherName = columns[4]
    builder.cipherKey = try key(columns[5], origin)
    builder.integrityName = columns[6]
    builder.integrityKey = try key(columns[7], origin)
    if columns.count > 8 { builder.esn = columns[8].hasPrefix("64") }
    // strongSwan writes one name for all of GCM and the length of the integrity value here.
    if let any = AlgorithmNames.integrity(columns[6]), any.method == .unchecked,
      AlgorithmNames.cipher(columns[4])?.isAEAD ?? false
    {
      builder.cipherICVBits = any.icvBytes * 8
      builder.integrityName = nil
    }
    // Under NULL with GMAC the key stands in either column.
    if builder.integrityName?.hasPrefix("AES-GMAC") == true {
      (builder.cipherName, builder.integrityName) = ("null-auth-aes-gmac", nil)
      if !builder.integrityKey.isEmpty { builder.cipherKey = builder.integrityKey }
    }
    return try builder.build()
  }

  private static func address(
    _ text: String, _ what: String, _ origin: KeyOrigin
  ) throws(KeyProblem) -> AddressPattern? {
    guard !["*", "", "any", "*.*.*.*"].contains(text.lowercased()) else { return nil }
    guard let pattern = AddressPattern(text) else {
      throw KeyProblem(
        origin, "the \(what) must be an address, a prefix, or have * for whole parts")
    }
    return pattern
  }

  /// `0x…`, or the key's own characters.
  private static func key(_ text: String, _ origin: KeyOrigin) throws(KeyProblem) -> [UInt8] {
    guard text.hasPrefix("0x") || text.hasPrefix("0X") else { return Array(text.utf8) }
    return try hex(text, "a key", origin)
  }
}
