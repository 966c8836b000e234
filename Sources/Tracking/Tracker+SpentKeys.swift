import Bytes
import Keys

/// A flow whose child SA was deleted or replaced, until nothing more is to be expected of it.
struct SpentFlow {
  let flow: SecurityFlow
  /// When to look whether it is silent.
  var at: Timestamp
}

extension Tracker {
  /// Nanoseconds without a packet after which a flow whose child SA has ended is held to be drained.
  /// RFC 7296 §2.8 and every daemon's overlap of old and new SAs are far below it.
  private static let drained: Int64 = 60_000_000_000

  /// A flow with keys has ended: what opens its packets will be let go of once it is silent, and what
  /// has become silent since is let go of now. The keys stay, as long as the child SA is remembered.
  mutating func noteSpent(_ flow: SecurityFlow, at sighting: Sighting) {
    if flow.hasKeys { spent.append(SpentFlow(flow: flow, at: sighting.time)) }
    while let oldest = spent.first,
      sighting.time.since(oldest.at) >= Self.drained || spent.count > Self.mostSpent
    {
      spent.removeFirst()
      if sighting.time.since(oldest.flow.counters.last.time) >= Self.drained {
        rest(oldest.flow)
      } else if spent.count < Self.mostSpent {
        spent.append(SpentFlow(flow: oldest.flow, at: sighting.time))
      }
    }
  }

  /// Most flows that are waited for.
  private static let mostSpent = 256

  /// Lets go of what opens a flow's packets; a packet that comes all the same has it made again.
  private mutating func rest(_ flow: SecurityFlow) {
    guard case .ready(let openers) = flow.opening, let opener = openers.first else { return }
    // A high half that was learned cannot be learned again from one late packet.
    guard flow.counters.highestHalf == 0, opener.keys.esn != true else { return }
    if flow.place >= 0 { closeRun(at: flow.place) }
    addKeysAsSeen(of: flow)
    flow.opening = .resting
  }

  /// A child SA is remembered no more, and neither are the keys that were derived for it.
  mutating func letGoOfKeys(of child: ChildSA, _ sa: IKESA) {
    guard hasKeys else { return }
    for spi in [child.spiToInitiator, child.spiToResponder].compactMap({ $0 }) {
      keys.letGo(ofDerived: spi, ikeInitiatorSPI: sa.initiatorSPI)
    }
  }
}
