import ISAKMP
import Registries

/// `a`, `a and b`, `a, b and c`.
func list(_ words: [String], _ junction: String = "and") -> String {
  guard let last = words.last, words.count > 1 else { return words.first ?? "" }
  return words.dropLast().joined(separator: ", ") + " \(junction) " + last
}

/// `1 packet`, `4 packets`.
func count(_ number: Int, _ noun: String) -> String {
  "\(number) \(noun)\(number == 1 ? "" : "s")"
}

/// `once`, `twice`, `4 times`.
func times(_ number: Int) -> String {
  switch number {
  case 1: "once"
  case 2: "twice"
  default: "\(number) times"
  }
}

/// An algorithm with its key length: `aes-cbc 256`, `3des-cbc`, `modp2048`.
func algorithmText(_ algorithm: SuiteAlgorithm) -> String {
  algorithm.keyBits.map { "\(algorithm.name) \($0)" } ?? algorithm.name
}

/// A suite on one line; IKEv2's alternatives with `or` between: `aes-cbc 128, hmac-sha1-96, …`.
func suiteText(_ suite: Suite) -> String {
  var parts: [String] = []
  for role in [SuiteAlgorithm.Role.encryption, .integrity, .hash, .prf, .group, .auth, .esn] {
    let names = suite.all(role).filter { $0.role != .esn || $0.id != 0 }.map(algorithmText)
    guard let first = names.first else { continue }
    parts.append(
      names.count > 4
        ? "\(first) or \(names.count - 1) others" : names.joined(separator: " or "))
  }
  return parts.joined(separator: ", ")
}

/// The first few of several offers.
func offersText(_ suites: [Suite]) -> String {
  guard let first = suites.first else { return "nothing that could be read" }
  guard suites.count > 1 else { return suiteText(first) }
  if suites.count <= 3 { return suites.map { "(\(suiteText($0)))" }.joined(separator: ", ") }
  return "\(suites.count) proposals, the first of them \(suiteText(first))"
}
