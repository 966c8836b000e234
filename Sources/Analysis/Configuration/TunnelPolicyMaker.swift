import Bytes
import CiscoConfig
import Diagnosis
import Registries
import Timeline
import Tracking

/// Gathers what a configuration has to do with one tunnel: the lines that decide, by topic.
struct TunnelPolicyMaker {
  let given: GivenConfiguration
  let sa: IKESA
  let side: Role

  private var configuration: CryptoConfiguration { given.configuration }
  private var remote: IPAddress { sa.endpoint(side.peer).address }

  func policy(
    phase1: PolicyVerdictRecord?, children: [Int: PolicyVerdictRecord]
  ) -> TunnelPolicy {
    var policy = TunnelPolicy(
      path: configuration.path, dialect: configuration.dialect.rawValue, side: side)
    policy.phase1 = phase1
    policy.children = children
    let entries = entriesForPeer
    policy.knowsPeer = knowsPeer(entries)
    policy.versions = versions
    addEntryLines(entries, &policy)
    addPhase1Lines(&policy)
    addPeerLines(&policy)
    addSettingLines(&policy)
    return policy
  }

  /// The entries whose peer is the other end.
  private var entriesForPeer: [CryptoMapEntry] {
    configuration.cryptoMaps.flatMap(\.entries).filter { entry in
      entry.peers.contains {
        if case .address(let address) = $0.value.name { address == remote } else { false }
      }
    }
  }

  private func knowsPeer(_ entries: [CryptoMapEntry]) -> Bool {
    if !entries.isEmpty || !keyLines.isEmpty { return true }
    let hasDynamic = configuration.cryptoMaps.flatMap(\.entries).contains {
      if case .dynamic = $0.kind { true } else { false }
    }
    let hasTunnels = configuration.interfaces.contains { $0.tunnel?.profile != nil }
    return hasDynamic || hasTunnels
      || configuration.tunnelGroups[remote.description] != nil
  }

  private var versions: Set<Int> {
    let settings = configuration.settings
    guard configuration.dialect == .asa else { return [] }
    var versions: Set<Int> = []
    if !settings.ikev1Interfaces.isEmpty { versions.insert(1) }
    if !settings.ikev2Interfaces.isEmpty { versions.insert(2) }
    return versions
  }

  private func addEntryLines(_ entries: [CryptoMapEntry], _ policy: inout TunnelPolicy) {
    for entry in entries {
      policy.add(.peer, entry.peers.map { given.line($0.line) })
      if let list = entry.accessList {
        policy.add(.accessList, [given.line(list.line)])
        let aces = configuration.accessLists[list.value]?.entries.prefix(20) ?? []
        policy.add(.accessList, aces.map { given.line($0.line) })
      }
      addTransforms(entry, &policy)
      if let pfs = entry.pfs { policy.add(.pfs, [given.line(pfs.line)]) }
      if let lifetime = entry.lifetimeSeconds {
        policy.add(.lifetime, [given.line(lifetime.line)])
        policy.childLifetimeSeconds = policy.childLifetimeSeconds ?? lifetime.value
      }
      if let disabled = entry.isNATTraversalDisabled {
        policy.add(.natTraversal, [given.line(disabled.line)])
      }
    }
    if !entries.isEmpty { policy.requiresPFS = entries.contains { $0.pfs != nil } }
    if policy.childLifetimeSeconds == nil {
      policy.childLifetimeSeconds = configuration.settings.lifetimeSeconds?.value
    }
  }

  private func addTransforms(_ entry: CryptoMapEntry, _ policy: inout TunnelPolicy) {
    if let sets = entry.transformSets {
      policy.add(.transformSet, [given.line(sets.line)])
      policy.add(
        .transformSet,
        sets.value.compactMap { configuration.transformSets[$0].map { given.line($0.line) } })
    }
    if let proposals = entry.ipsecProposals {
      policy.add(.transformSet, [given.line(proposals.line)])
      policy.add(
        .transformSet,
        proposals.value.flatMap { name in
          (configuration.ipsecProposals[name]?.lines ?? []).map { given.line($0) }
        })
    }
  }

  private func addPhase1Lines(_ policy: inout TunnelPolicy) {
    switch sa.version {
    case .v1:
      for own in configuration.ikev1Policies {
        policy.add(.ikePolicy, own.lines.map { given.line($0) })
        policy.ikeLifetimesSeconds.append(own.values(for: configuration.dialect).lifetime)
      }
    case .v2:
      for own in configuration.ikev2Policies {
        policy.add(.ikePolicy, own.lines.map { given.line($0) })
        if let lifetime = own.lifetime { policy.ikeLifetimesSeconds.append(lifetime.value) }
      }
      for proposal in configuration.ikev2Proposals {
        policy.add(.ikePolicy, proposal.lines.map { given.line($0) })
      }
    }
  }

  private func addPeerLines(_ policy: inout TunnelPolicy) {
    policy.add(.preSharedKey, keyLines.map { given.line($0) })
    if let group = configuration.tunnelGroups[remote.description] {
      policy.add(.peer, [given.line(group.line)])
      if let trustpoint = group.ikev1Trustpoint {
        policy.add(.trustpoint, [given.line(trustpoint.line)])
      }
      if let keepalive = group.keepalive { policy.add(.keepalive, [given.line(keepalive.line)]) }
      if let check = group.peerIDValidation { policy.add(.identity, [given.line(check.line)]) }
    }
  }

  /// The lines that hold a pre-shared key for the other end; the keys in them are masked.
  private var keyLines: [SourceLine] {
    var lines = (configuration.isakmpKeys + configuration.keyrings.flatMap(\.keys)).filter {
      if case .address(let prefix) = $0.peer { prefix.contains(remote) } else { false }
    }.map(\.line)
    for peer in configuration.ikev2Keyrings.flatMap(\.peers)
    where peer.addresses.contains(where: { $0.value.contains(remote) }) {
      lines += [peer.localKey?.line, peer.remoteKey?.line].compactMap { $0 }
    }
    if let group = configuration.tunnelGroups[remote.description] {
      if sa.version == .v1, let key = group.ikev1Key { lines.append(key.line) }
      if sa.version == .v2 { lines += (group.ikev2Local + group.ikev2Remote).map(\.line) }
    }
    return lines
  }

  private func addSettingLines(_ policy: inout TunnelPolicy) {
    let settings = configuration.settings
    if let identity = settings.identity { policy.add(.identity, [given.line(identity.line)]) }
    if let traversal = settings.natTraversal {
      policy.add(.natTraversal, [given.line(traversal.line)])
    }
    if let keepalive = settings.keepalive { policy.add(.keepalive, [given.line(keepalive.line)]) }
    if let lifetime = settings.lifetimeSeconds {
      policy.add(.lifetime, [given.line(lifetime.line)])
    }
    let enabled = sa.version == .v1 ? settings.ikev1Interfaces : settings.ikev2Interfaces
    policy.add(.enable, enabled.map { given.line($0.line) })
  }
}

extension TunnelPolicy {
  fileprivate mutating func add(_ topic: PolicyTopic, _ new: [ConfigLineRecord]) {
    guard !new.isEmpty else { return }
    var seen = lines[topic] ?? []
    for line in new where !seen.contains(line) { seen.append(line) }
    lines[topic] = seen
  }
}
