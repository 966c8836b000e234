import CiscoConfig
import ISAKMP
import Policy
import Registries

/// The timeline's algorithm identifiers in the words that configurations use.
enum PolicySpelling {
  /// `aes-cbc` with 256 bits is `aes-256`, `3des-cbc` is `3des`, `aes-gcm-16` is `aes-gcm-256`.
  static func cipher(_ algorithm: SuiteAlgorithm) -> String {
    let bits = algorithm.keyBits ?? Cipher.named(algorithm.name)?.defaultKeyBits
    switch algorithm.name {
    case "aes-cbc": return "aes-\(bits ?? 128)"
    case "3des-cbc": return "3des"
    case "des-cbc": return "des"
    case let name where name.hasPrefix("aes-gcm"): return "aes-gcm-\(bits ?? 128)"
    case let name where name.contains("gmac"): return "aes-gmac-\(bits ?? 128)"
    default: return algorithm.name
    }
  }

  /// `hmac-sha1-96` is `sha1`, `hmac-sha256-128` is `sha256`, `hmac-md5-96` is `md5`.
  static func hash(_ name: String) -> String {
    for word in ["md5", "sha1", "sha256", "sha384", "sha512"]
    where name.split(separator: "-").contains(Substring(word)) {
      return word
    }
    return name
  }

  /// The group's number.
  static func group(_ suite: Suite) -> Int? { suite.group.map { Int($0.rawValue) } }

  /// `psk` is `pre-share`; methods with XAUTH are those without it on a Cisco.
  static func authentication(_ suite: Suite) -> String {
    let name = suite.first(.auth)?.name ?? ""
    if name.contains("psk") { return "pre-share" }
    if name.contains("rsa-sig") { return "rsa-sig" }
    if name.contains("rsa-enc") { return "rsa-encr" }
    if name.contains("ecdsa") { return "ecdsa-sig" }
    return name
  }

  /// A phase 2 suite as a transform set: `esp-aes-256`, `esp-sha-hmac`.
  static func transformSet(_ suite: Suite) -> [String] {
    var words: [String] = []
    if suite.protocolID == .ah {
      if let integrity = suite.first(.integrity) { words.append("ah-\(word(integrity.name))-hmac") }
      return words
    }
    if let encryption = suite.first(.encryption) {
      let name = cipher(encryption)
      words.append(
        name.hasPrefix("aes-gcm") || name.hasPrefix("aes-gmac")
          ? "esp-\(name.dropFirst(4))" : "esp-\(name)")
    }
    if let integrity = suite.first(.integrity), integrity.name != "none" {
      words.append("esp-\(word(integrity.name))-hmac")
    }
    return words
  }

  /// An IKEv2 proposal's lists.
  static func proposal(_ suite: Suite) -> IKE2Proposal {
    IKE2Proposal(
      number: Int(suite.proposalNumber), encryption: suite.all(.encryption).map(cipher),
      integrity: suite.all(.integrity).filter { $0.name != "none" }.map { hash($0.name) },
      prf: suite.all(.prf).map { hash($0.name) }, groups: suite.all(.group).map { Int($0.id) })
  }

  private static func word(_ integrity: String) -> String {
    let hash = hash(integrity)
    return hash == "sha1" ? "sha" : hash
  }
}
