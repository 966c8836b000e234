import ISAKMP
import Registries
import Tracking

extension Cause {
  /// An algorithm that should not be used any more was chosen.
  static let deprecatedAlgorithm = Cause(
    id: "deprecated_algorithm", family: .hygiene, severity: .warning,
    title: "An old algorithm is in use",
    meaning: """
      The tunnel works with an algorithm that RFC 8221 and RFC 8247 advise against: DES, 3DES, \
      MD5, SHA-1, Diffie-Hellman groups 1, 2, 5 and 22 to 24, or aggressive mode with a pre-shared \
      key, which gives anybody a hash to guess the key from.
      """,
    shows: """
      The choice in the answer to the first message, or in the child SA's. An ASA's "show crypto \
      isakmp sa" says AM_ACTIVE where aggressive mode was used, MM_ACTIVE for main mode.
      """,
    remedy: Remedy(
      "Move both ends to AES (GCM where both can), SHA-256 and group 14 or above, with IKEv2.",
      asa: "crypto ikev2 policy 1, encryption aes-gcm-256, prf sha256, group 19",
      ios: "crypto ikev2 proposal, encryption aes-gcm-256, prf sha256, group 19"),
    lookAlikes: ["weak_choice"], rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  var found: [String] = []
  if let chosen = tunnel.ike.chosen {
    found += deprecatedNames(chosen).map { "\($0) (IKE)" }
  }
  for child in tunnel.ike.children {
    guard let chosen = child.chosen else { continue }
    found += deprecatedNames(chosen).map { "\($0) (\(child.protocolID == .ah ? "AH" : "ESP"))" }
  }
  if tunnel.ike.mode == .aggressive, tunnel.method?.baseMethod == "psk", tunnel.isAnswered {
    found.append("aggressive mode with a pre-shared key")
  }
  var unique: [String] = []
  for name in found where !unique.contains(name) { unique.append(name) }
  guard !unique.isEmpty, tunnel.isAnswered else { return nil }
  let where_ =
    tunnel.phase1.first?.messages.first { $0.from == .responder }?.sighting ?? tunnel.ike.first
  var answer = Answer(
    .certain, "\(tunnel.address(.responder)) agreed to \(list(unique)).", side: .both,
    evidence: [Evidence(where_, "the choice")])
  answer.severity = scene.input.options.isAudit ? .warning : .info
  return answer.citing(scene.input.options.isAudit ? tunnel.lines(.ikePolicy, .transformSet) : [])
}

/// The algorithms of a suite that RFC 8221 and RFC 8247 advise against.
func deprecatedNames(_ suite: Suite) -> [String] {
  suite.algorithms.filter(isDeprecated).map(algorithmText)
}

func isDeprecated(_ algorithm: SuiteAlgorithm) -> Bool {
  switch algorithm.role {
  case .group:
    return [1, 2, 5, 22, 23, 24].contains(algorithm.id)
  case .encryption:
    return ["des", "3des", "rc5", "idea", "cast", "blowfish", "des-iv", "rc4"].contains {
      algorithm.name.hasPrefix($0)
    }
  case .hash, .integrity, .prf:
    return algorithm.name == "sha" || algorithm.name.hasPrefix("des-mac")
      || algorithm.name.hasPrefix("kpdk") || hasOldHash(algorithm.name)
  default: return false
  }
}

/// True where the name of an old hash is anywhere inside. Byte by byte: comparing characters costs a
/// hundred times as much, for every algorithm of every tunnel.
private func hasOldHash(_ name: String) -> Bool {
  let bytes = Array(name.utf8)
  return oldHashes.contains { hash in
    bytes.indices.contains { start in
      bytes[start] == hash[0] && bytes[start...].starts(with: hash)
    }
  }
}

private let oldHashes = ["md5", "sha1", "tiger"].map { Array($0.utf8) }
