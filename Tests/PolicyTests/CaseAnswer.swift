import Bytes
import CiscoConfig

@testable import Policy

/// An answer in the words of a case's `expect`.
typealias CaseFields = [String: JSONValue]

extension JSONValue {
  static func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
  static func count(_ value: Int?) -> JSONValue { value.map { .integer(Int64($0)) } ?? .null }
  static func list(_ values: [String]) -> JSONValue { .array(values.map { .string($0) }) }
}

extension Verdict {
  var caseFields: CaseFields {
    var fields: CaseFields = [
      "verdict": .string(outcome.rawValue), "reason": .text(reason?.rawValue), "map": .text(map),
      "seq": .count(sequence), "dyn_seq": .count(dynamicSequence), "acl": .text(acl),
      "ace": .count(ace?.index), "config_line": .count(ace?.line),
      "config_text": .text(ace?.text), "entry_line": .count(entryLine?.line),
      "dynamic_entry_line": .count(dynamicEntryLine?.line), "peer": .text(peer),
      "negotiates": negotiates.map { .bool($0) } ?? .null, "transform": .text(transformSet),
      "proposal": .text(proposal), "notify": .count(notify), "mode": .text(detail.mode),
      "tunnel_group": .text(tunnelGroup), "policy": .count(ikePolicy?.number),
      "responder_priority": .count(ikePolicy?.number),
      "initiator_priority": .count(offeredPriority),
      "confidence": detail.unsupportedByPlatform ? .string("unsupported-by-platform") : .null,
      "tried": .array(tried.map(\.caseValue)), "nearest": detail.nearest?.caseNearest ?? .null,
      "findings": .list(findings.map(\.rawValue)),
    ]
    fields["seconds"] = .count(lifetimeSeconds.map { Int($0) })
    fields["lifetime"] = fields["seconds"]
    fields["kilobytes"] = .count(lifetimeKilobytes.map { Int($0) })
    fields["trail"] = .array(detail.trail.map(\.caseValue))
    fields["sa_scope"] = saScope?.caseValue ?? .null
    fields["chosen"] = .object(
      Dictionary(
        chosen.map { ($0.kind, $0.kind == "group" ? .count(Int($0.name)) : .string($0.name)) },
        uniquingKeysWith: { first, _ in first }))
    fields["notes"] = .list(detail.notes)
    if let element = detail.element {
      fields["element"] = .object([
        "src": .string(element.source), "dst": .string(element.destination),
        "of": .count(element.of),
      ])
    }
    if let nat = detail.nat {
      fields["nat"] = .object(["rule": .string(nat.rule), "effect": .string(nat.effect)])
    }
    if let before = detail.beforeNAT {
      fields["would_match_before_nat"] = .object([
        "seq": .count(before.sequence), "ace": .count(before.ace),
      ])
    }
    if let narrowed = detail.narrowed {
      fields["options"] = .array([
        .object([
          "verdict": fields["verdict"] ?? .null, "notify": fields["notify"] ?? .null,
          "reason": fields["reason"] ?? .null,
        ]),
        .object([
          "verdict": .string("accept"),
          "narrowed": .object([
            "local": .string(narrowed.source), "remote": .string(narrowed.destination),
          ]),
        ]),
      ])
    }
    return fields
  }
}

extension Attempt {
  var caseValue: JSONValue {
    switch self {
    case .policy(let offered, let own, let differs):
      .array([.count(offered), .count(own), .list(differs)])
    case .entry(let sequence, let dynamicSequence, let stage):
      .array([.count(sequence), .count(dynamicSequence), .string(stage.rawValue)])
    }
  }

  var caseNearest: JSONValue {
    guard case .policy(_, let own, let differs) = self else { return .null }
    return .object(["responder_priority": .count(own), "differs": .list(differs)])
  }
}

extension Verdict.TrailStep {
  var caseValue: JSONValue {
    .array([.count(sequence), .count(dynamicSequence), .count(ace), .string(outcome.rawValue)])
  }
}

extension SAScope {
  var caseValue: JSONValue {
    var fields: CaseFields = [
      "src": .string(source), "dst": .string(destination), "proto": .string(`protocol`),
    ]
    fields["sport"] = sourcePort?.caseValue
    fields["dport"] = destinationPort?.caseValue
    return .object(fields)
  }
}

extension PortScope {
  var caseValue: JSONValue {
    switch self {
    case .one(let port): .count(Int(port))
    case .several(let text): .string(text)
    }
  }
}
