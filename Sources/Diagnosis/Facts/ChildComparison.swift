import ISAKMP
import Registries
import Timeline
import Tracking

/// A child SA that was refused, with what the refuser's configuration says of it.
struct ChildRefusal {
  let refusal: Refusal
  let child: ChildSA?
  /// The configuration of the end that refused.
  let policy: TunnelPolicy?
  /// What that configuration answers to this very request.
  let verdict: PolicyVerdictRecord?

  init?(_ tunnel: TunnelFacts, _ scene: Scene) {
    guard let refusal = tunnel.refusal(.child) else { return nil }
    self.refusal = refusal
    child = refusal.child ?? tunnel.ike.children.first { $0.state == .refused }
    policy = tunnel.policy(refusal.by)
    verdict = child.flatMap { child in
      tunnel.policy(refusal.by)?.children[child.ordinal]
    }
  }

  /// The verdict's reason, where the configuration would refuse.
  var reason: String? { verdict?.verdict == "refuse" ? verdict?.reason : nil }

  /// What was asked for: `10.1.0.0/24 to 10.2.0.0/24`; nil while hidden.
  var selectors: String? {
    guard let child, let mine = child.selectorsOfInitiator.first,
      let theirs = child.selectorsOfResponder.first
    else { return nil }
    return "\(mine) to \(theirs)"
  }

  /// The same as the crypto ACL of the end that refused would have it, its own network first.
  var mirrored: String? {
    guard let child, let first = child.selectorsOfInitiator.first,
      let second = child.selectorsOfResponder.first
    else { return nil }
    return refusal.by == .responder ? "\(second) to \(first)" : "\(first) to \(second)"
  }

  /// The networks asked for, behind both ends; nil where they are not known.
  var networks: (initiator: SelectorRange, responder: SelectorRange)? {
    child?.networks
  }

  var offered: [Suite] { child?.offered ?? refusal.exchange.offered }

  /// In what the closest pair of an offer and an accepted suite is apart.
  var difference: [Difference] {
    var best: [Difference]?
    for suite in policy?.childSuites ?? [] {
      for offer in offered {
        let found = differences(offer, suite)
        if found.count < best?.count ?? .max { best = found }
      }
    }
    return best ?? []
  }

  /// The line of the entry and of its transform set, the ACE where one decided.
  func lines(_ topics: PolicyTopic...) -> [ConfigLineRecord] {
    topics.flatMap { policy?.lines[$0] ?? [] }
  }

  /// What was asked and answered, as evidence.
  func evidence() -> [Evidence] {
    refusal.evidence(
      selectors.map { "asks for \($0)" } ?? "asks for a child SA",
      refusal.notifyName ?? "a refusal that cannot be read")
  }
}

private func differences(_ offer: Suite, _ accepted: AcceptedSuite) -> [Difference] {
  var found: [Difference] = []
  let ciphers = offer.all(.encryption).map(algorithmWithLength)
  if !ciphers.isEmpty, !ciphers.contains(where: accepted.encryption.contains) {
    found.append(
      Difference(
        attribute: .encryption, offered: ciphers.joined(separator: " or "),
        wanted: accepted.encryption.joined(separator: " or ")))
  }
  let checks = offer.all(.integrity).map(\.name).filter { $0 != "none" }
  if checks.isEmpty != accepted.integrity.isEmpty && found.isEmpty
    || !checks.isEmpty && !accepted.integrity.isEmpty
      && !checks.contains(where: accepted.integrity.contains)
  {
    found.append(
      Difference(
        attribute: .hash, offered: checks.isEmpty ? "none" : checks.joined(separator: " or "),
        wanted: accepted.integrity.isEmpty
          ? "none" : accepted.integrity.joined(separator: " or ")))
  }
  return found
}

/// A cipher with the length it has even where none is sent: `aes-cbc 128`.
func algorithmWithLength(_ algorithm: SuiteAlgorithm) -> String {
  guard let bits = algorithm.keyBits else { return algorithm.name }
  return "\(algorithm.name) \(bits)"
}

extension ChildSA {
  /// The networks behind both ends, the first where there are several; nil where not known.
  var networks: (initiator: SelectorRange, responder: SelectorRange)? {
    guard let own = selectorsOfInitiator.first, let far = selectorsOfResponder.first else {
      return nil
    }
    return (own, far)
  }
}
