import Bytes
import Registries
import Timeline
import Tracking

/// Everything the rules may look at, with what concerns several tunnels at once.
final class Scene {
  let input: DiagnosisInput
  let tunnels: [TunnelFacts]
  /// The latest time of the captures: the packets' clock.
  let now: Timestamp
  /// Of a flood between two addresses, as many as are compared with each other.
  private static let siblingsKept = 256
  /// Clear flows times child SAs, beyond which nobody compares them all.
  private static let comparisonsMade = 4_000_000
  private let byPair: [AddressPair: [TunnelFacts]]
  /// Tunnels that were answered, by the answering address; a few of each are enough.
  private let answering: [IPAddress: [TunnelFacts]]
  /// What sources of unestablished attempts asked, and whom.
  private let sources: [IPAddress: SourceProfile]
  private var trafficByPair: TrafficByPair
  private let ends: Set<IPAddress>
  /// Networks that child SAs protect are seen in clear as well: the capture point is inside, or on
  /// both sides, and clear packets prove nothing.
  private(set) lazy var sawProtectedInClear: Bool = seesProtectedInClear()
  private let factsByTunnel: [ObjectIdentifier: TunnelFacts]

  init(_ input: DiagnosisInput) {
    self.input = input
    tunnels = input.tunnels.map(TunnelFacts.init)
    var byPair: [AddressPair: [TunnelFacts]] = [:]
    var answering: [IPAddress: [TunnelFacts]] = [:]
    var sources: [IPAddress: SourceProfile] = [:]
    var tunnelEnds: Set<IPAddress> = []
    var factsByTunnel: [ObjectIdentifier: TunnelFacts] = [:]
    var now = input.captures.compactMap(\.last).max()
    for tunnel in tunnels {
      let ends = (tunnel.ike.firstInitiator.address, tunnel.ike.firstResponder.address)
      let pair = AddressPair(ends.0, ends.1)
      if byPair[pair]?.count ?? 0 < Self.siblingsKept { byPair[pair, default: []].append(tunnel) }
      if tunnel.isAnswered, answering[ends.1]?.count ?? 0 < 32 {
        answering[ends.1, default: []].append(tunnel)
      }
      if !tunnel.isEstablished { sources[ends.0, default: SourceProfile()].add(tunnel) }
      tunnelEnds.formUnion([ends.0, ends.1])
      factsByTunnel[ObjectIdentifier(tunnel.ike)] = tunnel
      now = max(now ?? tunnel.ike.last.time, tunnel.ike.last.time)
    }
    self.byPair = byPair
    ends = tunnelEnds
    trafficByPair = TrafficByPair(input.securityFlows)
    self.answering = answering
    self.sources = sources
    self.factsByTunnel = factsByTunnel
    self.now = now ?? Timestamp(nanoseconds: 0)
  }

  /// The other tunnels between the same two addresses.
  func siblings(of tunnel: TunnelFacts) -> [TunnelFacts] {
    let pair = AddressPair(tunnel.ike.firstInitiator.address, tunnel.ike.firstResponder.address)
    return (byPair[pair] ?? []).filter { $0 !== tunnel }
  }

  /// All tunnels between two addresses.
  func tunnels(between one: IPAddress, _ other: IPAddress) -> [TunnelFacts] {
    byPair[AddressPair(one, other)] ?? []
  }

  /// Tunnels that were answered from an address, the first few.
  func answered(by address: IPAddress) -> [TunnelFacts] { answering[address] ?? [] }

  /// What an address asked without coming to a tunnel.
  func profile(of address: IPAddress) -> SourceProfile { sources[address] ?? SourceProfile() }

  /// ESP and AH between the ends of a tunnel, wherever they have been; nil when there is none.
  func traffic(of tunnel: TunnelFacts) -> PairTraffic? {
    let ike = tunnel.ike
    var initiators = [ike.initiator.address]
    var responders = [ike.responder.address]
    for move in ike.moves.prefix(8) where move.from.address != move.to.address {
      for address in [move.from.address, move.to.address] {
        if move.role == .initiator {
          initiators.append(address)
        } else {
          responders.append(address)
        }
      }
    }
    var seen: Set<AddressPair> = []
    var sum: PairTraffic?
    for initiator in initiators {
      for responder in responders {
        let pair = AddressPair(initiator, responder)
        guard seen.insert(pair).inserted, let found = trafficByPair[pair] else { continue }
        sum = found.adding(sum, turned: pair.low != initiator)
      }
    }
    return sum
  }

  /// ESP and AH flows between two addresses, whichever way, in the order of first packets.
  func flows(between one: IPAddress, _ other: IPAddress) -> [SecurityFlow] {
    trafficByPair[AddressPair(one, other)]?.flows ?? []
  }

  /// True for an address that negotiates.
  func isTunnelEnd(_ address: IPAddress) -> Bool { ends.contains(address) }

  /// True when a clear flow's own child SA is known, so that it is seen on the inside.
  func sawProtectedInClearBothWays(_ flow: InnerFlow) -> Bool {
    protectedFlows.contains([flow.key.source, flow.key.destination])
  }

  /// Source and destination of every flow that came through an SA.
  private lazy var protectedFlows: Set<[IPAddress]> = Set(
    input.innerFlows.lazy.map(\.flow).filter { $0.visibility != .clear }.map {
      [$0.key.source, $0.key.destination]
    })

  private func seesProtectedInClear() -> Bool {
    let children = tunnels.flatMap(\.ike.children).filter { $0.link == .exchange }
    guard !children.isEmpty else { return false }
    let clear = input.innerFlows.count { $0.flow.visibility == .clear }
    guard clear < Self.comparisonsMade / children.count else { return true }
    return input.innerFlows.contains { input in
      let key = input.flow.key
      return input.flow.visibility == .clear
        && children.contains { child in
          !child.isTransport
            && (child.covers(key.source, key.destination)
              || child.covers(key.destination, key.source))
        }
    }
  }

  /// The facts of a tunnel by its IKE SA.
  func facts(of ike: IKESA?) -> TunnelFacts? {
    ike.flatMap { factsByTunnel[ObjectIdentifier($0)] }
  }

  /// Another initiator that the same responder answers.
  func answersOthers(_ tunnel: TunnelFacts) -> TunnelFacts? {
    answered(by: tunnel.ike.firstResponder.address).first {
      $0.ike.firstInitiator.address != tunnel.ike.firstInitiator.address
    }
  }

  /// `frame 12`, with the capture where there are several.
  func frame(_ sighting: Sighting) -> String {
    input.captures.count < 2
      ? "frame \(sighting.frame)"
      : "frame \(sighting.frame) of \(captureName(sighting.capture))"
  }

  private func captureName(_ index: Int) -> String {
    guard input.captures.indices.contains(index) else { return "capture \(index + 1)" }
    let path = input.captures[index].path
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    return name.isEmpty ? "capture \(index + 1)" : name
  }
}

/// Two addresses, whichever way round.
struct AddressPair: Hashable {
  let low: IPAddress
  let high: IPAddress

  init(_ one: IPAddress, _ other: IPAddress) {
    (low, high) = one < other ? (one, other) : (other, one)
  }
}

/// What one address asked for without coming to a tunnel.
struct SourceProfile {
  private(set) var modes: Set<IKESA.Mode> = []
  private(set) var targets: Set<IPAddress> = []

  mutating func add(_ tunnel: TunnelFacts) {
    modes.insert(tunnel.ike.mode)
    targets.insert(tunnel.ike.firstResponder.address)
  }
}

extension ChildSA {
  var isTransport: Bool { isTunnelMode == false }

  /// True when the selectors hold both addresses, the first on the initiator's side.
  func covers(_ mine: IPAddress, _ theirs: IPAddress) -> Bool {
    selectorsOfInitiator.contains { $0.addresses.contains(mine) }
      && selectorsOfResponder.contains { $0.addresses.contains(theirs) }
  }
}
