import Bytes
import CiscoConfig
import Diagnosis
import Policy
import Timeline

/// The lines of a configuration that decide on a matter with a peer. Keys in them are masked by the
/// reader of the configuration.
struct PolicyLines {
  let device: Device
  let peer: IPAddress
  let entry: CryptoMapEntry?
  /// What phase 1 would be answered, for the policy that came nearest.
  let verdict: PolicyVerdictRecord?

  private var configuration: CryptoConfiguration { device.configuration }

  var lines: [PolicyTopic: [ConfigLineRecord]] {
    var lines: [PolicyTopic: [ConfigLineRecord]] = [:]
    for topic in PolicyTopic.allCases {
      let found = source(topic)
      if !found.isEmpty { lines[topic] = found.prefix(8).map(record) }
    }
    return lines
  }

  private func source(_ topic: PolicyTopic) -> [SourceLine] {
    switch topic {
    case .ikePolicy: ikePolicy
    case .preSharedKey: preSharedKey
    case .peer: peerLines
    case .identity: [configuration.settings.identity?.line].compactMap { $0 }
    case .accessList: accessList
    case .transformSet: transformSet
    case .pfs: [entry?.pfs?.line].compactMap { $0 }
    case .lifetime:
      [entry?.lifetimeSeconds?.line ?? configuration.settings.lifetimeSeconds?.line]
        .compactMap { $0 }
    case .natTraversal:
      [configuration.settings.natTraversal?.line, entry?.isNATTraversalDisabled?.line]
        .compactMap { $0 }
    case .keepalive:
      [
        configuration.tunnelGroups["\(peer)"]?.keepalive?.line
          ?? configuration.settings.keepalive?.line
      ]
      .compactMap { $0 }
    case .enable:
      configuration.settings.ikev1Interfaces.map(\.line)
        + configuration.settings.ikev2Interfaces.map(\.line)
        + [configuration.settings.isAggressiveModeDisabled?.line].compactMap { $0 }
    case .addressPool: []
    case .trustpoint:
      [entry?.trustpoint?.line, configuration.tunnelGroups["\(peer)"]?.ikev1Trustpoint?.line]
        .compactMap { $0 }
    }
  }

  /// The lines of the policy that was taken, or came nearest to the offer; of all where none did.
  private var ikePolicy: [SourceLine] {
    if let taken = verdict?.ikePolicy {
      let own = configuration.ikev1Policies.map(\.lines) + configuration.ikev2Policies.map(\.lines)
      let lines = own.first { lines in lines.contains { $0.number == taken.line } }
      if let lines { return lines }
    }
    let nearest = verdict?.tried.compactMap { attempt -> (number: Int, differs: Int)? in
      guard case .policy(_, let own, let differs) = attempt else { return nil }
      return (own, differs.count)
    }.min { $0.differs < $1.differs }
    let first = configuration.ikev1Policies.filter {
      nearest == nil || $0.priority == nearest?.number
    }
    let second = configuration.ikev2Policies.filter {
      nearest == nil || $0.priority == nearest?.number
    }
    let isV2 = verdict?.reason == "no-acceptable-ikev2-policy"
    return isV2 ? second.flatMap(\.lines) : first.flatMap(\.lines)
  }

  private var preSharedKey: [SourceLine] {
    if case .found(_, let line, _) = device.engine.key(for: peer) { return [line] }
    let group = configuration.tunnelGroups["\(peer)"]
    return (group?.ikev2Remote ?? []).map(\.line) + (group?.ikev2Local ?? []).map(\.line)
  }

  private var peerLines: [SourceLine] {
    let peers = entry?.peers.filter { $0.value.address == peer }.map(\.line) ?? []
    return peers + [configuration.tunnelGroups["\(peer)"]?.line].compactMap { $0 }
  }

  private var accessList: [SourceLine] {
    guard let name = entry?.accessList else { return [] }
    let list = configuration.accessLists[name.value]
    return [name.line] + (list?.entries.map(\.line) ?? []).prefix(6)
  }

  private var transformSet: [SourceLine] {
    let sets = entry?.transformSets
    let proposals = entry?.ipsecProposals
    return [sets?.line, proposals?.line].compactMap { $0 }
      + (sets?.value ?? []).compactMap { configuration.transformSets[$0]?.line }
      + (proposals?.value ?? []).compactMap { configuration.ipsecProposals[$0] }.flatMap {
        [$0.line] + $0.lines
      }
  }

  private func record(_ line: SourceLine) -> ConfigLineRecord {
    var record = ConfigLineRecord()
    record.path = configuration.path
    record.line = line.number
    record.text = line.text
    return record
  }
}
