import CiscoConfig

/// When an SA of a lifetime is to be replaced: with 5 to 15 percent of it left (A-LT-05).
package struct RekeyWindow: Sendable, Equatable {
  /// Seconds after the SA was made, the earliest.
  package let earliest: Double
  /// Seconds after the SA was made, the latest.
  package let latest: Double

  /// The window of a lifetime in seconds.
  package init(lifetimeSeconds: UInt64) {
    earliest = Double(lifetimeSeconds) * 85 / 100
    latest = Double(lifetimeSeconds) * 95 / 100
  }
}

/// How many SA pairs some traffic needs.
package enum SACount {
  /// One pair for each element that a packet meets, or for each host pair where the entry says
  /// `level per-host` (I-CM-12, I-ACL-09).
  package static func pairs(
    _ packets: [Packet], engine: PolicyEngine, map: String? = nil, sequence: Int
  ) -> (configured: Int, withoutPerHost: Int) {
    let sets = map.flatMap { engine.maps[$0] }.map { [$0] } ?? Array(engine.maps.values)
    guard let entry = sets.flatMap(\.entries).first(where: { $0.sequence == sequence }) else {
      return (0, 0)
    }
    var scopes: Set<ScopeKey> = []
    var hosts: Set<HostPair> = []
    for packet in packets {
      let result = ListEvaluation(entry.countedACEs, packet, active: nil)
      guard case .permit(let index) = result.outcome,
        let ace = entry.list?.entries[index], let element = ace.element(for: packet)
      else { continue }
      scopes.insert(ScopeKey(ace: index, element: element))
      hosts.insert(HostPair(source: "\(packet.source)", destination: "\(packet.destination)"))
    }
    let isPerHost = entry.settings.isPerHost?.value == true
    return (isPerHost ? hosts.count : scopes.count, scopes.count)
  }

  private struct ScopeKey: Hashable {
    let ace: Int
    let element: ACEElement
  }

  private struct HostPair: Hashable {
    let source: String
    let destination: String
  }
}
