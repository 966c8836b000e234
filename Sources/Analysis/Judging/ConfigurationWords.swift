import CiscoConfig
import ISAKMP
import Policy
import Registries

/// What was offered on the wire, in the words of a configuration.
enum ConfigurationWords {
  /// `aes-256`, `3des`, `aes-gcm-256`.
  static func cipher(_ algorithm: SuiteAlgorithm) -> String {
    let bits = algorithm.keyBits.map { "-\($0)" } ?? ""
    switch algorithm.name {
    case "aes-cbc": return "aes" + (bits.isEmpty ? "-128" : bits)
    case "aes-gcm-16": return "aes-gcm" + (bits.isEmpty ? "-128" : bits)
    case "3des-cbc": return "3des"
    case "des-cbc": return "des"
    default: return algorithm.name + bits
    }
  }

  /// `esp-aes-256`, `esp-3des`, `esp-gcm-256`, `esp-null`.
  static func espCipher(_ algorithm: SuiteAlgorithm) -> String {
    let word = cipher(algorithm)
    return "esp-" + (word.hasPrefix("aes-gcm") ? String(word.dropFirst(4)) : word)
  }

  /// `esp-sha-hmac`, `esp-sha256-hmac`; nil for none.
  static func espIntegrity(_ algorithm: SuiteAlgorithm) -> String? {
    let word = hash(algorithm.name)
    guard word != "none", word != "null" else { return nil }
    return "esp-\(word == "sha1" ? "sha" : word)-hmac"
  }

  /// `sha1`, `md5`, `sha256` of `hmac-sha256-128`.
  static func hash(_ name: String) -> String {
    let word = name.hasPrefix("hmac-") ? String(name.dropFirst(5)) : name
    return String(word.split(separator: "-").first ?? Substring(word))
  }

  /// An IKEv1 phase 1 offer as a question.
  static func offer(_ suite: Suite, _ position: Int) -> Phase1Question.Offer {
    Phase1Question.Offer(
      priority: suite.transformNumber.map(Int.init) ?? position,
      encryption: suite.first(.encryption).map(cipher) ?? "none",
      hash: suite.first(.hash).map { hash($0.name) } ?? "none",
      authentication: suite.authenticationMethod.map { $0.baseMethod ?? $0.id } ?? "none",
      group: suite.first(.group).map { "\($0.id)" } ?? "none", lifetime: suite.lifetimeSeconds)
  }

  /// An IKEv2 proposal as a question.
  static func proposal(_ suite: Suite) -> IKE2Proposal {
    IKE2Proposal(
      number: Int(suite.proposalNumber), encryption: suite.all(.encryption).map(cipher),
      integrity: suite.all(.integrity).map { hash($0.name) }.filter { $0 != "none" },
      prf: suite.all(.prf).map { hash($0.name) },
      groups: suite.all(.group).map { Int($0.id) }.filter { $0 != 0 })
  }

  /// The timeline's name of a configured cipher: `aes-cbc 256`, `3des-cbc`, `aes-gcm-16 128`.
  static func timelineCipher(_ algorithm: Algorithm) -> String {
    let word = algorithm.spelling
    switch word {
    case "3des": return "3des-cbc"
    case "des": return "des-cbc"
    case "aes": return "aes-cbc 128"
    case "null": return "null"
    default: break
    }
    guard let bits = algorithm.keyBits else { return word }
    if word.hasPrefix("aes-gcm") { return "aes-gcm-16 \(bits)" }
    return word.hasPrefix("aes-gmac") ? "aes-gmac \(bits)" : "aes-cbc \(bits)"
  }

  /// The timeline's name of a configured integrity algorithm: `hmac-sha1-96`.
  static func timelineIntegrity(_ algorithm: Algorithm) -> String {
    switch algorithm.spelling {
    case "md5": "hmac-md5-96"
    case "sha1", "sha": "hmac-sha1-96"
    case "sha256": "hmac-sha256-128"
    case "sha384": "hmac-sha384-192"
    case "sha512": "hmac-sha512-256"
    default: algorithm.spelling
    }
  }
}
