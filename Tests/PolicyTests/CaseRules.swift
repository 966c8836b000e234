import Bytes
import CiscoConfig

@testable import Policy

/// The questions of cases that are asked of a rule, a reader or a checker, not of `explain`.
extension PolicyCase {
  /// The kinds of question that `ruleAnswer` knows.
  static let ruleKinds: Set<String> = [
    "config_check", "parse", "parse_lines", "value_check", "encapsulation", "nat_mixture",
    "exchange_shape", "client_connect", "peer_failover", "peer_selection", "config_event",
    "dynamic_lifecycle", "transform_combinations", "sa_count", "mode", "local_identity",
    "decryption_keys", "nested", "replay_expectation", "implied_proxy", "diagnose", "key_compare",
    "rekey_window",
  ]

  /// Nil where the kind is not known.
  func ruleAnswer() throws -> CaseFields? {
    let fields = try QueryFields(input)
    switch kind {
    case "config_check": return try configCheck()
    case "parse": return try parse()
    case "parse_lines": return try parseLines(fields)
    case "value_check": return try valueCheck(fields)
    case "encapsulation": return try encapsulation(fields)
    case "nat_mixture": return natMixture(fields)
    case "exchange_shape": return try exchangeShape(fields)
    case "client_connect": return try clientConnect(fields)
    case "peer_failover": return try peerFailover(fields)
    case "peer_selection": return try peerSelection(fields)
    case "config_event": return try configEvent(fields)
    case "dynamic_lifecycle": return try dynamicLifecycle(fields)
    case "transform_combinations": return try transformCombinations(fields)
    case "sa_count": return try saCount(fields)
    case "mode": return try modes(fields)
    case "local_identity": return try localIdentity(fields)
    case "decryption_keys": return try decryptionKeys()
    case "nested": return try nested(fields)
    case "replay_expectation": return try replay(fields)
    case "implied_proxy": return try impliedProxy(fields)
    case "diagnose": return try diagnose(fields)
    case "key_compare": return try keyCompare()
    case "rekey_window": return try rekeyWindow(fields)
    default: return nil
    }
  }

  private func engine() throws -> PolicyEngine { PolicyEngine(try configuration()) }

  private func configCheck() throws -> CaseFields {
    let findings = try engine().findings
    var lines: [String: Set<Int>] = [:]
    for finding in findings {
      lines[finding.code.rawValue, default: []].formUnion(finding.lines.map(\.number))
    }
    return [
      "findings": .list(Set(findings.map(\.code.rawValue)).sorted()),
      "findings_lines": .object(lines.mapValues { .array($0.sorted().map { .count($0) }) }),
    ]
  }

  private func parse() throws -> CaseFields {
    let configuration = try configuration()
    var policies: CaseFields = [:]
    for policy in configuration.ikev1Policies {
      let values = policy.values(for: dialect)
      policies["\(policy.priority)"] = .object([
        "authentication": .string(values.authentication),
        "encryption": .string(values.encryption.spelling),
        "hash": .string(values.hash.spelling == "sha1" ? "sha" : values.hash.spelling),
        "group": .string("\(values.group)"), "lifetime": .count(values.lifetime),
      ])
    }
    var sets: CaseFields = [:]
    for set in configuration.transformSets {
      sets[set.name] = .object([
        "transforms": .list(set.transforms.map(\.name)),
        "mode": .string(set.mode?.value.rawValue ?? "tunnel"),
      ])
    }
    var maps: CaseFields = [:]
    for map in configuration.cryptoMaps {
      var entries: CaseFields = [:]
      for entry in map.entries {
        entries["\(entry.sequence)"] = .object([
          "peers": .list(entry.peers.map { $0.value.description }),
          "transform_sets": .list(entry.transformSets?.value ?? []),
          "acl": .text(entry.accessList?.value),
        ])
      }
      maps[map.name] = .object(entries)
    }
    var bound: CaseFields = [:]
    for interface in configuration.interfaces {
      if let map = interface.cryptoMap { bound[interface.name] = .string(map.value) }
    }
    return [
      "isakmp_policies": .object(policies), "transform_sets": .object(sets),
      "crypto_maps": .object(maps), "interface_maps": .object(bound),
    ]
  }

  /// Each line alone: valid when nothing is out of range and all is understood.
  private func isValid(_ line: String) throws -> Bool {
    let configuration = try CryptoConfiguration(
      parsing: Array("\(line)\n".utf8), path: "line", dialect: dialect)
    let engine = PolicyEngine(configuration)
    return !engine.findings.contains { $0.code == .outOfRange || $0.code == .notUnderstood }
  }

  private func parseLines(_ fields: QueryFields) throws -> CaseFields {
    let lines = try fields.strings("lines") ?? []
    return ["valid": .array(try lines.map { .bool(try isValid($0)) })]
  }

  private func valueCheck(_ fields: QueryFields) throws -> CaseFields {
    let command = try fields.requiredString("command")
    guard case .array(let values)? = fields["values"] else { return [:] }
    let words = command.split(separator: " ").map(String.init)
    let valid = try values.map { value -> JSONValue in
      let text = if case .integer(let number) = value { "\(number)" } else { "" }
      var line = words.map { $0.hasPrefix("<") || $0.hasPrefix("[") ? text : $0 }
      if words.first == "tunnel-group-map" { line.append("GROUP") }
      return .bool(try isValid(line.filter { !$0.isEmpty }.joined(separator: " ")))
    }
    return [
      "valid": .array(valid), "default": .count(NATKeepalive.defaultSeconds),
      "max_rule_length": .count(CertificateRuleLimit.length),
    ]
  }

  private func encapsulation(_ fields: QueryFields) throws -> CaseFields {
    var isDisabled = false
    if text != nil, let sequence = try fields.number("seq") {
      let entries = try configuration().cryptoMaps.flatMap(\.entries)
      isDisabled =
        entries.first { $0.sequence == Int(sequence) }?.isNATTraversalDisabled?.value == true
    }
    let result = Encapsulation(
      isClient: try fields.bool("client") ?? false, natTraversal: try fields.bool("nat_t") ?? false,
      overUDP: try fields.bool("ipsec_over_udp") ?? false,
      overTCP: try fields.bool("ipsec_over_tcp") ?? false,
      isBehindNAT: try fields.bool("behind_nat") ?? false, entryDisablesNATTraversal: isDisabled)
    return ["encapsulation": .string(result.rawValue)]
  }

  private func natMixture(_ fields: QueryFields) -> CaseFields {
    let peers = ((try? fields.objects("peers")) ?? []).map { peer -> NATNeighbour in
      (try? peer.string("type")) == "l2l" ? .siteToSite : .remoteAccess
    }
    let verdicts = NATNeighbour.verdicts(peers)
    return [
      "results": .list(verdicts.map(\.outcome.rawValue)),
      "reason": .text(verdicts.compactMap(\.reason).first?.rawValue),
    ]
  }

  private func exchangeShape(_ fields: QueryFields) throws -> CaseFields {
    let shapes = try (fields.strings("modes") ?? []).compactMap { ExchangeShape(rawValue: $0) }
    return [
      "messages": .array(shapes.map { .count($0.messages) }),
      "exchanges": .array(shapes.map { .count($0.exchanges) }),
      "identity_protected": .array(shapes.map { .bool($0.protectsIdentity) }),
    ]
  }

  private func clientConnect(_ fields: QueryFields) throws -> CaseFields {
    let engine = try engine()
    let results = try fields.objects("attempts").map { attempt in
      engine.clientConnects(
        authentication: try attempt.requiredString("auth"),
        isAggressive: try attempt.string("exchange") == "aggressive")
    }
    return ["results": .list(results.map(\.outcome.rawValue))]
  }

  private func peerFailover(_ fields: QueryFields) throws -> CaseFields {
    let sequence = Int(try fields.requiredNumber("seq", upTo: 65535))
    let entry = try configuration().cryptoMaps.flatMap(\.entries).first { $0.sequence == sequence }
    var order = ActivePeerOrder((entry?.peers ?? []).map { $0.value.description })
    var tried: [String] = []
    for attempt in try fields.strings("attempts") ?? [] {
      tried.append(order.next ?? "")
      if attempt.hasSuffix("fail") {
        order.negotiationFailed()
      } else {
        order.negotiationSucceeded()
      }
    }
    return ["peers_tried": .list(tried)]
  }

  private func peerSelection(_ fields: QueryFields) throws -> CaseFields {
    var order = LastHeardPeerOrder(try fields.strings("peers") ?? [])
    var used: [JSONValue] = []
    for event in try fields.strings("events") ?? [] {
      let heard = "heard-from:"
      used.append(event.hasPrefix(heard) ? .null : .text(order.next))
      if event == "initiate:fail" { order.attemptFailed() }
      if event.hasPrefix(heard) { order.heard(from: String(event.dropFirst(heard.count))) }
    }
    return ["peers_used": .array(used)]
  }

  private func configEvent(_ fields: QueryFields) throws -> CaseFields {
    let word = try fields.requiredString("event")
    if word == "delete-only-element" {
      let effects = try (fields.strings("of") ?? []).map { element in
        (element == "transform-set" ? ConfigurationEvent.onlyTransformDeleted : .onlyACEDeleted)
          .effect(on: dialect).rawValue
      }
      return ["effect": .list(effects)]
    }
    guard let event = ConfigurationEvent(rawValue: word) else { return [:] }
    let effects = try (fields.strings("platforms") ?? []).map { platform in
      event.effect(on: platform == "asa" ? .asa : .ios).rawValue
    }
    return ["effect": .list(effects)]
  }

  private func dynamicLifecycle(_ fields: QueryFields) throws -> CaseFields {
    var entry = TemporaryEntry()
    let results = try (fields.strings("events") ?? []).compactMap {
      TemporaryEntry.Event(rawValue: $0).map { entry.apply($0) }
    }
    return ["results": .list(results)]
  }

  private func transformCombinations(_ fields: QueryFields) throws -> CaseFields {
    guard case .array(let rows)? = fields["rows"] else { return [:] }
    let valid = try rows.map { row -> JSONValue in
      guard case .array(let words) = row else { return .null }
      let line = words.compactMap { if case .string(let word) = $0 { word } else { nil } }
      let text = "crypto ipsec transform-set t \(line.joined(separator: " "))\n"
      let configuration = try CryptoConfiguration(
        parsing: Array(text.utf8), path: "row", dialect: dialect)
      guard let set = configuration.transformSets["t"] else { return .bool(false) }
      return TransformCombination(set.transforms).isValid.map { .bool($0) } ?? .null
    }
    return ["valid": .array(valid), "why": .null]
  }

  private func saCount(_ fields: QueryFields) throws -> CaseFields {
    guard case .array(let pairs)? = fields["pairs"] else { return [:] }
    let packets = pairs.compactMap { pair -> Packet? in
      guard case .array(let ends) = pair, case .string(let source)? = ends.first,
        case .string(let target)? = ends.last, let source = IPAddress(source),
        let target = IPAddress(target)
      else { return nil }
      return Packet(source, target, protocolNumber: 6)
    }
    let count = SACount.pairs(
      packets, engine: try engine(), sequence: Int(try fields.requiredNumber("seq", upTo: 65535)))
    return [
      "sa_pairs": .count(count.configured),
      "sa_pairs_without_per_host": .count(count.withoutPerHost),
    ]
  }

  private func modes(_ fields: QueryFields) throws -> CaseFields {
    guard case .array(let flows)? = fields["flows"] else { return [:] }
    let engine = try engine()
    let modes = flows.compactMap { flow -> String? in
      guard case .array(let ends) = flow, case .string(let source)? = ends.first,
        case .string(let target)? = ends.last, let source = IPAddress(source),
        let target = IPAddress(target)
      else { return nil }
      return engine.mode(of: Packet(source, target, protocolNumber: 6)).rawValue
    }
    return ["modes": .list(modes)]
  }

  private func localIdentity(_ fields: QueryFields) throws -> CaseFields {
    let engine = try engine()
    let names = try fields.strings("interfaces") ?? []
    let isShared = names.allSatisfy { engine.sharesSADatabase(onInterface: $0) }
    return [
      "local_address": .array(
        names.map { name in .text(engine.localAddress(onInterface: name).map { "\($0)" }) }),
      "sa_database": .string(isShared ? "shared" : "per-interface"),
    ]
  }

  private func decryptionKeys() throws -> CaseFields {
    let sas = try engine().manualSAs
    let keys = sas.map { sa -> JSONValue in
      var fields: CaseFields = [
        "proto": .string(sa.securityProtocol.rawValue), "dst": .string(sa.destination),
        "spi": .count(Int(sa.spi)),
      ]
      let secret = sa.securityProtocol == .ah ? sa.authenticatorKey : sa.cipherKey
      fields["cipher"] = sa.cipher.map { .string($0) }
      fields["auth"] = sa.securityProtocol == .ah ? .text(sa.authentication) : nil
      fields["key_hex"] = .text(secret?.revealed().map { hexadecimal($0) })
      return .object(fields)
    }
    return [
      "keys": .array(keys), "anti_replay": .bool(ReplayExpectation.isChecked(isManual: true)),
    ]
  }

  private func nested(_ fields: QueryFields) throws -> CaseFields {
    let ends = NestedPeers.ends(
      try fields.objects("headers").map { try $0.requiredString("dst") })
    return ["outer_peer": .text(ends?.outer), "inner_peer": .text(ends?.inner)]
  }

  private func replay(_ fields: QueryFields) throws -> CaseFields {
    let checks = try (fields.strings("sas") ?? []).map {
      JSONValue.bool(ReplayExpectation.isChecked(isManual: $0 == "manual"))
    }
    return ["replay_check": .array(checks)]
  }

  private func impliedProxy(_ fields: QueryFields) throws -> CaseFields {
    let engine = try engine()
    let name = try fields.requiredString("interface")
    guard let interface = engine.configuration.interface(name),
      case .object(let scope)? = engine.impliedProxy(of: interface)?.caseValue
    else { return [:] }
    return scope
  }

  private func diagnose(_ fields: QueryFields) throws -> CaseFields {
    let seen = try fields.requiredObject("observed")
    var observation = KeylessObservation()
    observation.isInsidePacketSeen = try seen.bool("inside_packet") ?? false
    observation.isClearOutside = try seen.bool("outside_clear") ?? false
    observation.isESPOutside = try seen.bool("outside_esp") ?? false
    observation.isIKESeen = try seen.bool("ike") ?? false
    observation.isPhase1Complete = try seen.bool("phase1_complete") ?? false
    observation.quickModeRepeats = Int(try seen.number("quick_mode_repeats") ?? 0)
    let conclusion = KeylessConclusion(observation)
    return [
      "conclusion": .string(conclusion.rawValue),
      "not_possible": .list(conclusion.notPossible.map(\.rawValue)),
      "candidates": .list(conclusion.candidates.map(\.rawValue)),
      "decided_by": .string(conclusion.decidedBy),
    ]
  }

  /// The keys that two devices have for each other.
  private func keyCompare() throws -> CaseFields? {
    let ends = try configs.sorted { $0.key < $1.key }.map { name, text in
      try CryptoConfiguration(parsing: Array(text.utf8), path: name, dialect: dialect)
    }
    guard ends.count == 2 else { return nil }
    return Policy.check(ends[0], peer: ends[1]).pair?.key?.caseFields
  }

  private func rekeyWindow(_ fields: QueryFields) throws -> CaseFields {
    let window = RekeyWindow(lifetimeSeconds: try fields.number("lifetime") ?? 0)
    return [
      "earliest": .integer(Int64(window.earliest)), "latest": .integer(Int64(window.latest)),
    ]
  }
}
