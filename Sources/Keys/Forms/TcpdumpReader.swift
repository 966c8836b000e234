import Bytes
import Crypto

/// Reads secrets as tcpdump's `-E` takes them: `SPI@ADDRESS ALGORITHM:KEY` lines, and `ikev2 I|R`
/// lines, which Openswan's pluto logs.
enum TcpdumpReader {
  static func recognises(_ lines: [TextLine]) -> Bool {
    lines.contains { isESP($0) || ike($0) != nil }
  }

  static func read(_ lines: [TextLine], file: String) -> KeyMaterial {
    var result = KeyMaterial()
    var byPair: [[UInt64]: IKESAKeys] = [:]
    var order: [[UInt64]] = []
    for line in lines where !line.text.hasPrefix("#") {
      let origin = KeyOrigin(file: file, line: line.number)
      if let words = ike(line) {
        do {
          let found = try ikeKeys(words, origin)
          let pair = [found.initiatorSPI ?? 0, found.responderSPI ?? 0]
          if var known = byPair[pair], known.encryption == found.encryption,
            known.integrity == found.integrity
          {
            for (name, secret) in found.secrets { known[name] = secret }
            byPair[pair] = known
          } else {
            if let known = byPair[pair] { result.add(known) } else { order.append(pair) }
            byPair[pair] = found
          }
        } catch {
          result.add(error)
        }
      } else if isESP(line) {
        result.add { () throws(KeyProblem) in try child(line, origin) }
      }
    }
    for pair in order { if let keys = byPair[pair] { result.add(keys) } }
    return result
  }

  private static func isESP(_ line: TextLine) -> Bool {
    guard let first = line.words.first, first.hasPrefix("0x") else { return false }
    return first.contains("@") && line.words.count == 2 && line.words[1].contains(":")
  }

  /// The words from `I` or `R` on.
  private static func ike(_ line: TextLine) -> [Substring]? {
    var words = line.words
    if words.first == "|" { words.removeFirst() }
    guard words.count >= 6, words[0] == "ikev2", words[1] == "I" || words[1] == "R" else {
      return nil
    }
    return Array(words.dropFirst())
  }

  private static func ikeKeys(
    _ words: [Substring], _ origin: KeyOrigin
  ) throws(KeyProblem) -> IKESAKeys {
    guard let initiator = KeyValues.ikeSPI(words[1]), let responder = KeyValues.ikeSPI(words[2])
    else { throw KeyProblem(origin, "expected two SPIs of 16 hexadecimal digits") }
    var keys = IKESAKeys(
      version: 2, initiatorSPI: initiator, responderSPI: responder, origin: origin)
    let isInitiator = words[0] == "I"
    let (hash, integrityKey) = try pair(words[3], origin)
    let (name, cipherKey) = try pair(words[4], origin)
    guard let integrity = AlgorithmNames.integrity(hash) else {
      throw KeyProblem(origin, "the integrity algorithm \(printable(hash)) is not known")
    }
    guard let cipher = AlgorithmNames.cipher(name) else {
      throw KeyProblem(origin, "the encryption algorithm \(printable(name)) is not known")
    }
    _ = try KeyValues.checkedSplit(cipherKey, cipher: cipher, origin: origin)
    // The name tells the length: `aes128` with a key of 24 bytes is a slip of the pen.
    if let bits = Int(name.drop { !$0.isNumber }.prefix { $0.isNumber }),
      cipher.identifier == "aes-cbc", bits != cipherKey.count * 8
    {
      throw KeyProblem(
        origin, "a key of \(printable(name)) has \(bits / 8) bytes, this one has \(cipherKey.count)"
      )
    }
    try KeyValues.checkIntegrity(integrity.identifier, key: integrityKey, origin: origin)
    keys.encryption = cipher.identifier
    keys.encryptionBits = cipherKey.count * 8
    keys.integrity = integrity.identifier
    keys[isInitiator ? .skEi : .skEr] = Secret(cipherKey)
    keys[isInitiator ? .skAi : .skAr] = Secret(integrityKey)
    return keys
  }

  private static func pair(
    _ word: Substring, _ origin: KeyOrigin
  ) throws(KeyProblem) -> (String, [UInt8]) {
    let parts = word.split(separator: ":", maxSplits: 1)
    guard parts.count == 2 else { throw KeyProblem(origin, "expected ALGORITHM:KEY") }
    if parts[1].hasPrefix("0x") {
      guard let key = KeyValues.hex(parts[1]) else {
        throw KeyProblem(origin, "the key must be an even number of hexadecimal digits")
      }
      return (String(parts[0]), key)
    }
    return (String(parts[0]), Array(parts[1].utf8))
  }

  private static func child(
    _ line: TextLine, _ origin: KeyOrigin
  ) throws(KeyProblem) -> ChildSAKeys {
    let words = line.words
    let place = words[0].split(separator: "@", maxSplits: 1)
    guard place.count == 2, let spi = KeyValues.childSPI(place[0]),
      let destination = IPAddress(text: place[1])
    else { throw KeyProblem(origin, "expected 0xSPI@ADDRESS") }
    var builder = ChildKeyBuilder(origin: origin)
    builder.spi = SPIPattern(spi)
    builder.destination = AddressPattern(destination)
    try addAlgorithm(words[1], origin, &builder)
    return try builder.build()
  }

  /// `3des-cbc-hmac96:0x…`: the suffix tells that 12 bytes of integrity value follow, not by which
  /// key.
  private static func addAlgorithm(
    _ word: Substring, _ origin: KeyOrigin, _ builder: inout ChildKeyBuilder
  ) throws(KeyProblem) {
    var (name, key) = try pair(word, origin)
    if name.hasSuffix("-hmac96") {
      name = String(name.dropLast(7))
      builder.integrityName = "any 96 bit authentication"
    }
    (builder.cipherName, builder.cipherKey) = (name, key)
  }

  /// The form without an SPI, `ALGORITHM:KEY`: for every packet.
  static func anySPI(_ line: TextLine, file: String) throws(KeyProblem) -> ChildSAKeys {
    let origin = KeyOrigin(file: file, line: line.number)
    var builder = ChildKeyBuilder(origin: origin)
    try addAlgorithm(line.text, origin, &builder)
    return try builder.build()
  }
}
