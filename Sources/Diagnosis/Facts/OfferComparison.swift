import ISAKMP
import Registries
import Timeline
import Tracking

/// An attribute in which an offer and what the other end takes are apart.
struct Difference: Hashable {
  /// What the attribute is about.
  enum Attribute: Hashable {
    case encryption, hash, group, authentication, lifetime, mode, pfs, other
  }

  var attribute: Attribute
  var offered: String
  var wanted: String

  /// `group 14` for a bare number, which says nothing by itself.
  var offeredText: String { text(offered) }
  var wantedText: String { text(wanted) }

  private func text(_ value: String) -> String {
    attribute == .group && value.allSatisfy(\.isNumber) ? "group \(value)" : value
  }
}

/// What keeps an offer from being taken, as far as anything tells.
struct OfferComparison {
  /// Where the knowledge of what the responder takes comes from.
  enum Source {
    case configuration(TunnelPolicy)
    /// It took another offer.
    case otherTunnel(TunnelFacts)
  }

  var source: Source
  /// Of the closest pair of an offer and something the responder takes.
  var differences: [Difference]
  var lines: [ConfigLineRecord]

  /// The one attribute in the way; cipher and key length count as one.
  var onlyAttribute: Difference.Attribute? {
    let attributes = Set(differences.map(\.attribute))
    return attributes.count == 1 ? attributes.first : nil
  }

  /// `hash: sha256 offered, sha1 accepted`; without the attribute where it is the only one.
  var sentence: String {
    if differences.count == 1, let only = differences.first {
      return "\(only.offeredText) offered, \(only.wantedText) accepted"
    }
    return list(
      differences.map { difference in
        "\(difference.attribute.noun): \(difference.offered) offered, \(difference.wanted) accepted"
      })
  }

  var certainty: Certainty {
    switch source {
    case .configuration: .certain
    case .otherTunnel: .likely
    }
  }
}

extension Difference.Attribute {
  /// For a sentence.
  var noun: String {
    switch self {
    case .encryption: "encryption"
    case .hash: "hash"
    case .group: "Diffie-Hellman group"
    case .authentication: "authentication method"
    case .lifetime: "lifetime"
    case .mode: "mode"
    case .pfs: "PFS"
    case .other: "another attribute"
    }
  }

  /// The attribute behind a field of a policy's trace.
  init(field: String) {
    let name = field.lowercased()
    switch name {
    case _ where name.contains("encr") || name.contains("cipher") || name.contains("key"):
      self = .encryption
    case _ where name.contains("hash") || name.contains("integ") || name.contains("prf"):
      self = .hash
    case _ where name.contains("pfs"): self = .pfs
    case _ where name.contains("group") || name == "dh": self = .group
    case _ where name.contains("auth"): self = .authentication
    case _ where name.contains("life"): self = .lifetime
    case _ where name.contains("mode"): self = .mode
    default: self = .other
    }
  }
}

extension TunnelFacts {
  /// What keeps the first offer from being taken; nil where nothing tells.
  func phase1Comparison(_ scene: Scene) -> OfferComparison? {
    if let policy = policy(.responder), let verdict = policy.phase1, verdict.verdict == "refuse",
      let closest = closestDifferences(verdict)
    {
      return OfferComparison(
        source: .configuration(policy), differences: closest,
        lines: policy.lines[.ikePolicy] ?? [])
    }
    if policy(.responder)?.phase1?.verdict == "accept" { return nil }
    return comparedWithOthers(scene)
  }

  private func comparedWithOthers(_ scene: Scene) -> OfferComparison? {
    let responder = ike.firstResponder.address
    var best: OfferComparison?
    for other in scene.answered(by: responder)
    where other !== self && other.ike.version == ike.version {
      guard let taken = other.ike.chosen else { continue }
      for offer in ike.offered {
        let found = differences(offer, taken)
        if !found.isEmpty, found.count < best?.differences.count ?? .max {
          best = OfferComparison(
            source: .otherTunnel(other), differences: found, lines: [])
        }
      }
    }
    return best
  }
}

/// The unequal fields of the comparison in a verdict's trace that has the fewest of them.
func closestDifferences(_ verdict: PolicyVerdictRecord) -> [Difference]? {
  var best: [Difference]?
  func visit(_ steps: [StepRecord]) {
    for step in steps {
      let unequal = step.fields.filter { !$0.equal }
      if !unequal.isEmpty, unequal.count < best?.count ?? .max {
        best = unequal.map {
          Difference(
            attribute: Difference.Attribute(field: $0.name), offered: $0.got, wanted: $0.wanted)
        }
      }
      visit(step.steps)
    }
  }
  visit(verdict.trace)
  return best
}

/// In what an offer lacks what was taken elsewhere.
private func differences(_ offer: Suite, _ taken: Suite) -> [Difference] {
  var found: [Difference] = []
  let attributes: [(SuiteAlgorithm.Role, Difference.Attribute)] = [
    (.encryption, .encryption), (.integrity, .hash), (.hash, .hash), (.prf, .hash),
    (.group, .group), (.auth, .authentication),
  ]
  for (role, attribute) in attributes {
    guard let wanted = taken.first(role) else { continue }
    let offered = offer.all(role)
    if offered.contains(where: { $0.id == wanted.id && $0.keyBits == wanted.keyBits }) { continue }
    if found.contains(where: { $0.attribute == attribute }) { continue }
    found.append(
      Difference(
        attribute: attribute,
        offered: offered.isEmpty
          ? "none" : offered.map(algorithmText).joined(separator: " or "),
        wanted: algorithmText(wanted)))
  }
  return found
}
