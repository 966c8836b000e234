package import Bytes
import ESP

/// What tells one ESP or AH flow from another: destination, protocol and SPI (RFC 4301 §4.1).
package struct SecurityFlowKey: Hashable, Sendable {
  package var destination: IPAddress
  package var spi: UInt32
  /// 50 for ESP, 51 for AH.
  package var ipProtocol: UInt8

  package init(destination: IPAddress, spi: UInt32, ipProtocol: UInt8) {
    self.destination = destination
    self.spi = spi
    self.ipProtocol = ipProtocol
  }
}

extension SecurityFlowKey: TableKey {
  @inline(__always)
  package static func == (left: SecurityFlowKey, right: SecurityFlowKey) -> Bool {
    left.spi == right.spi && left.destination == right.destination
      && left.ipProtocol == right.ipProtocol
  }

  @inline(__always)
  func mixed(with seed: UInt64) -> UInt64 {
    guard destination.isIPv6 else {
      // All bits fit in one word, but for those of the protocol.
      return avalanche((destination.low << 32 | UInt64(spi)) ^ seed &+ UInt64(ipProtocol))
    }
    let first = avalanche(destination.low ^ seed)
    return avalanche(first ^ destination.high &+ (UInt64(spi) << 8 | UInt64(ipProtocol)))
  }
}

/// How ESP travels.
package enum Encapsulation: Hashable, Sendable {
  /// IP protocol 50 or 51.
  case none
  /// UDP, port 4500 as a rule (RFC 3948).
  case udp
  /// UDP without a marker, Cisco's IPsec over UDP.
  case udpCisco
  /// TCP with length prefixes (RFC 9329).
  case tcp
  /// Cisco's IPsec over TCP.
  case tcpCisco

  /// The contract's word for it.
  package var name: String {
    switch self {
    case .none: "none"
    case .udp: "udp"
    case .udpCisco: "udp-cisco"
    case .tcp, .tcpCisco: "tcp"
    }
  }
}

/// A packet whose sequence number had been seen before, or was far too old.
package struct RepeatedPacket: Hashable, Sendable {
  package var sequence: UInt32
  package var sighting: Sighting
  /// Nanoseconds since the packet that carried the number first, where it is still remembered.
  package var after: Int64?
  /// True when the bytes were the same, false when they differed, nil when not remembered.
  package var sameBytes: Bool?
}

/// One direction of a child SA as the wire shows it: every packet to one destination with one SPI.
@usableFromInline
@dynamicMemberLookup
package final class SecurityFlow {
  private let knownOrdinal: UInt32
  private var knownPlace: Int32 = -1
  package let key: SecurityFlowKey
  package let encapsulation: Encapsulation
  package let first: Sighting
  /// What was counted and noted of its packets; its members read as the flow's own.
  @usableFromInline
  package internal(set) var counters: FlowCounters
  /// True when the flow is not encrypted (RFC 5879).
  package internal(set) var isNull = false

  /// What opens its packets.
  enum Opening {
    /// Nobody has looked yet.
    case unknown
    /// There are no keys for it.
    case none
    case ready([PacketOpener])
    /// There are keys, and what opened its packets was let go of when its child SA had ended.
    case resting
  }
  var opening = Opening.unknown

  /// Whether it is encrypted. Apart from the flow, since it is decided by its first packets.
  indirect enum Examination {
    /// It is, or is AH.
    case none
    case undecided(NullInspection)
    /// It is not, and this is how its packets are laid out.
    case null(NullLayout)
  }
  var examination: Examination

  /// Source of the first packet.
  package var source: IPAddress { counters.source }

  /// True when there are keys for it.
  package var hasKeys: Bool {
    switch opening {
    case .unknown, .none: false
    case .ready, .resting: true
    }
  }

  /// How its packets are laid out, when it is not encrypted.
  var nullLayout: NullLayout? {
    if case .null(let layout) = examination { layout } else { nil }
  }

  /// Position in the order of first packets, from 0.
  package var ordinal: Int { Int(knownOrdinal) }

  /// Its place in the table of flows, where its present run of packets is counted; -1 when it has
  /// none, or none any more.
  var place: Int {
    get { Int(knownPlace) }
    set { knownPlace = Int32(truncatingIfNeeded: newValue) }
  }

  /// True when its child SA was let go of to make room for later ones of the same tunnel.
  var isOfForgottenChild = false

  /// The child SA it belongs to, once known.
  package internal(set) weak var child: ChildSA?

  init(
    ordinal: Int, key: SecurityFlowKey, source: IPAddress, ports: (UInt16, UInt16),
    encapsulation: Encapsulation, at sighting: Sighting
  ) {
    knownOrdinal = UInt32(truncatingIfNeeded: ordinal)
    self.key = key
    self.encapsulation = encapsulation
    self.first = sighting
    counters = FlowCounters(source: source, ports: ports, at: sighting)
    examination = key.ipProtocol == 50 ? .undecided(NullInspection()) : .none
    counters.inspects = key.ipProtocol == 50
  }

  /// A count or note of its packets.
  @inlinable
  package subscript<Value>(dynamicMember path: KeyPath<FlowCounters, Value>) -> Value {
    counters[keyPath: path]
  }

  /// Something that most flows never show.
  @inlinable
  package subscript<Value>(dynamicMember path: KeyPath<FlowOddities, Value>) -> Value {
    (counters.oddities.first ?? .none)[keyPath: path]
  }
}

extension SecurityFlow: TableEntry {
  /// A flow that belongs to a negotiated SA outweighs any that does not.
  var evictionWeight: Int { counters.packets + (child == nil ? 0 : preciousWeight) }

  func wasEvicted() { place = -1 }
}
