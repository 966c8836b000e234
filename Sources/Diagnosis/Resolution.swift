import Timeline
import Tracking

/// Makes one answer a tunnel of what the rules found: consequences are dropped, equal findings
/// merged, and the rest put in order.
enum Resolution {
  static func resolve(_ found: [Finding], _ scene: Scene) -> [Finding] {
    let groups = Dictionary(grouping: found) { $0.tunnel.map { ObjectIdentifier($0) } }
    var kept: [Finding] = []
    for (tunnel, findings) in groups {
      kept += tunnel == nil ? findings : oneAnswer(withoutConsequences(findings))
    }
    // Frames are numbered in each capture: in several, time is what orders them.
    let byTime = scene.input.captures.count > 1
    for finding in kept { finding.isOrderedByTime = byTime }
    return merged(kept.sorted(by: isBefore)).sorted(by: isBefore)
  }

  /// Severity, certainty, frame; then the catalogue's order and the tunnel's, so that the same
  /// input always gives the same output.
  private static func isBefore(_ left: Finding, _ right: Finding) -> Bool {
    let (a, b) = (key(left), key(right))
    for (one, other) in zip(a, b) where one != other { return one < other }
    return left.answer.explanation < right.answer.explanation
  }

  private static func key(_ finding: Finding) -> [Int] {
    [
      finding.severity.rank, finding.answer.certainty.rank, finding.place,
      rank[finding.cause.id] ?? 0, finding.tunnel?.ike.ordinal ?? .max,
    ]
  }

  private static let rank: [String: Int] = Dictionary(
    Catalogue.all.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })

  /// Leaves out what another finding of the tunnel explains.
  private static func withoutConsequences(_ findings: [Finding]) -> [Finding] {
    var present: [String: (cause: Cause, certainty: Int)] = [:]
    for finding in findings {
      let rank = finding.answer.certainty.rank
      if let known = present[finding.cause.id], known.certainty <= rank { continue }
      present[finding.cause.id] = (finding.cause, rank)
    }
    return findings.filter { finding in
      !present.values.contains { other in
        other.cause.id != finding.cause.id && other.cause.explains.contains(finding.cause.id)
          && !(finding.cause.explains.contains(other.cause.id)
            && finding.answer.certainty.rank < other.certainty)
      }
    }
  }

  /// Of what ends a negotiation, a tunnel has one: the best supported.
  private static func oneAnswer(_ findings: [Finding]) -> [Finding] {
    let ending = findings.filter { $0.cause.family.endsNegotiation && $0.severity == .error }
    guard ending.count > 1, let best = ending.min(by: isBefore) else { return findings }
    return findings.filter {
      !($0.cause.family.endsNegotiation && $0.severity == .error) || $0.cause.id == best.cause.id
    }
  }

  /// Findings of one cause that belong to no tunnel, as many as a reader looks at.
  private static let homelessKept = 64

  /// Repeated attempts of the same two ends with the same cause are one finding.
  private static func merged(_ findings: [Finding]) -> [Finding] {
    var result: [Finding] = []
    var places: [MergeKey: Int] = [:]
    var homeless: [String: Int] = [:]
    for finding in findings {
      guard let key = MergeKey(finding) else {
        homeless[finding.cause.id, default: 0] += 1
        if homeless[finding.cause.id] ?? 0 <= homelessKept { result.append(finding) }
        continue
      }
      if let place = places[key] {
        result[place].absorb(finding)
      } else {
        places[key] = result.count
        result.append(finding)
      }
    }
    for finding in result { finding.sayWhatItStandsFor() }
    return result
  }
}

/// What makes two findings one.
private struct MergeKey: Hashable {
  var cause: String
  var severity: Cause.Severity
  var certainty: Certainty
  var pair: AddressPair
  var initiatorIsLow: Bool

  init?(_ finding: Finding) {
    guard let tunnel = finding.tunnel else { return nil }
    cause = finding.cause.id
    severity = finding.severity
    certainty = finding.answer.certainty
    let ends = (tunnel.ike.firstInitiator.address, tunnel.ike.firstResponder.address)
    pair = AddressPair(ends.0, ends.1)
    initiatorIsLow = ends.0 == pair.low
  }
}

extension Finding {
  /// Takes another finding of the same cause and ends in.
  func absorb(_ other: Finding) {
    if let tunnel = other.tunnel, tunnel !== self.tunnel,
      !others.contains(where: { $0 === tunnel })
    {
      others.append(tunnel)
    } else {
      more += 1
    }
    if answer.evidence.count < 24 { answer.evidence += other.answer.evidence.prefix(2) }
  }

  /// Adds a word on the tunnels it stands for.
  func sayWhatItStandsFor() {
    if others.isEmpty {
      guard more > 0 else { return }
      let noun = isOfInnerFlow ? "flow" : "SA"
      answer.explanation += " The same holds for \(count(more, "more \(noun)")) between these two."
      return
    }
    let ids = others.prefix(6).map(\.id) + (others.count > 6 ? ["others"] : [])
    answer.explanation +=
      " The same happened \(others.count == 1 ? "once more" : "\(others.count) times more") "
      + "between these two (\(list(Array(ids))))."
  }

  /// True where the cause is looked for in inner flows.
  private var isOfInnerFlow: Bool {
    if case .inner = cause.rule { return true }
    return false
  }

  /// The record for the timeline.
  func record(id: String) -> FindingRecord {
    var record = FindingRecord()
    record.id = id
    record.severity = severity.rawValue
    record.cause = cause.id
    record.certainty = answer.certainty.rawValue
    record.title = cause.title
    record.explanation = answer.explanation
    record.remedy = remedyText
    record.tunnel = tunnel?.id
    record.childSA = childID
    record.side = answer.side.rawValue
    record.evidence = evidenceRecords
    record.config = configLines
    record.ruledOut = answer.ruledOut.map { ruled in
      var record = RuledOutRecord()
      record.cause = ruled.cause
      record.because = ruled.because
      return record
    }
    if answer.certainty != .certain { record.needs = uniqueNeeds }
    return record
  }

  private var remedyText: String {
    var general = cause.remedy.text(for: devices)
    if let tunnel {
      general = general.split(separator: " ", omittingEmptySubsequences: false).map { word in
        word.hasPrefix("INITIATOR")
          ? tunnel.address(.initiator) + word.dropFirst("INITIATOR".count) : String(word)
      }.joined(separator: " ")
    }
    return answer.remedy.map { "\($0) \(general)" } ?? general
  }

  /// The devices that the remedy is for: the one end that is to blame, where its configuration is
  /// known, or both ends as far as theirs are.
  private var devices: [KnownDevice] {
    let policies = tunnel?.policies ?? []
    if var device = answer.device {
      // A flow that no entry selects belongs into the list of the entry for the tunnel's peer.
      let policy = policies.first { $0.dialect == device.dialect && $0.name == device.name }
      if device.names.sequence == nil, let own = policy?.names {
        let (interface, networks) = (device.names.interface, device.names.networks)
        device.names = own
        device.names.interface = interface ?? own.interface
        device.names.networks = networks
      }
      return [device]
    }
    let isOfOneEnd = answer.side == .initiator || answer.side == .responder
    return policies.filter {
      !isOfOneEnd || Side($0.side) == answer.side || cause.remedy.speaksOfHere
    }.map { policy in
      var names = policy.names
      if let (initiator, responder) = answer.networks {
        names.networks =
          policy.side == .initiator
          ? NamedNetworks(local: initiator, remote: responder)
          : NamedNetworks(local: responder, remote: initiator)
      }
      return KnownDevice(dialect: policy.dialect, name: policy.name, names: names)
    }
  }

  /// The lines that decide; where a rule names none, those of the entry for the peer.
  private var configLines: [ConfigLineRecord] {
    guard answer.config.isEmpty, severity != .info, answer.side != .path else {
      return answer.config
    }
    return tunnel?.policies.flatMap { $0.lines[.peer] ?? [] } ?? []
  }

  private var childID: String? {
    guard let child = answer.child, let tunnel, child.ikeSA === tunnel.ike else { return nil }
    return "\(tunnel.id).c\(child.ordinal + 1)"
  }

  private var uniqueNeeds: [String] {
    var needs: [String] = []
    for need in answer.needs where !needs.contains(need.rawValue) { needs.append(need.rawValue) }
    return needs
  }

  /// Each frame once, the telling ones first, no more than a reader looks at.
  private var evidenceRecords: [EvidenceRecord] {
    var seen: Set<[Int]> = []
    var records: [EvidenceRecord] = []
    for evidence in answer.evidence {
      let frame = [evidence.sighting.capture, evidence.sighting.frame]
      guard records.count < 24, seen.insert(frame).inserted else { continue }
      var record = EvidenceRecord()
      record.frame = evidence.sighting.frame
      record.capture = evidence.sighting.capture
      record.what = evidence.what
      records.append(record)
    }
    return records
  }
}
