import Bytes
import Crypto

/// Reading the values that all key forms have in common.
enum KeyValues {
  /// Bytes spelt in hexadecimal, with or without `0x`, with colons, spaces or underscores between.
  static func hex(_ text: some StringProtocol) -> [UInt8]? {
    var digits = Substring(text)
    if digits.hasPrefix("0x") || digits.hasPrefix("0X") { digits = digits.dropFirst(2) }
    if digits.utf8.contains(where: { ":_ ".utf8.contains($0) }) {
      digits = Substring(String(digits.filter { !":_ ".contains($0) }))
    }
    return bytes(hexadecimal: digits)
  }

  /// An IKE SPI or cookie: up to 16 hexadecimal digits, with or without `0x`.
  static func ikeSPI(_ text: some StringProtocol) -> UInt64? {
    guard let bytes = hex(text), bytes.count == 8 else { return nil }
    return bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// A child SA's SPI in hexadecimal, with or without `0x`.
  static func childSPI(_ text: some StringProtocol) -> UInt32? {
    var digits = Substring(text)
    if digits.hasPrefix("0x") || digits.hasPrefix("0X") { digits = digits.dropFirst(2) }
    guard (1...8).contains(digits.count), digits.first != "+" else { return nil }
    return UInt32(digits, radix: 16)
  }

  /// A key or its description's problem: checks the length against the cipher.
  static func checkedSplit(
    _ material: [UInt8], cipher: CipherAlgorithm, origin: KeyOrigin
  ) throws(KeyProblem) -> (key: Secret, salt: Secret) {
    do {
      return try cipher.split(Secret(material))
    } catch {
      throw KeyProblem(origin, "\(error)")
    }
  }

  /// The transform of that identifier, with a key of its length.
  static func checkIntegrity(
    _ identifier: String, key: [UInt8], origin: KeyOrigin
  ) throws(KeyProblem) {
    guard let known = IntegrityAlgorithm(identifier: identifier) else {
      throw KeyProblem(origin, "the integrity algorithm \(printable(identifier)) is not known")
    }
    let expected = known.keyBytes + known.saltBytes
    guard expected == 0 || key.count == expected else {
      throw KeyProblem(
        origin, "a key of \(identifier) has \(expected) bytes, this one has \(key.count)")
    }
  }
}
