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
  func mixed(with seed: UInt64) -> UInt64 {
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
package final class SecurityFlow {
  /// Position in the order of first packets, from 0.
  package let ordinal: Int
  package let key: SecurityFlowKey
  /// Source of the first packet.
  package let source: IPAddress
  /// Source of the last packet: another address means a NAT rebinding, MOBIKE, or two senders.
  package internal(set) var lastSource: IPAddress
  package internal(set) var lastPorts: (source: UInt16, destination: UInt16)
  /// Where the source address or port changed, the first few times.
  package internal(set) var moves: [Sighting] = []
  package let encapsulation: Encapsulation
  package let first: Sighting
  package internal(set) var last: Sighting

  package internal(set) var packets = 0
  /// Bytes from the SPI to the end of the packet.
  package internal(set) var bytes = 0
  package internal(set) var smallest = Int.max
  package internal(set) var largest = 0
  package internal(set) var window = SequenceWindow()
  package internal(set) var reordered = 0
  package internal(set) var duplicates = 0
  package internal(set) var outsideReplayWindow = 0
  /// The first packets outside the replay window.
  package internal(set) var lateSightings: [Sighting] = []
  /// Of these, packets that came again within a millisecond with the same bytes.
  package internal(set) var duplicatesWithinMillisecond = 0
  /// When its child SA was deleted or replaced.
  package internal(set) var ended: Sighting?
  /// Packets more than two seconds after that, and the first of them.
  package internal(set) var packetsAfterEnd = 0
  package internal(set) var firstAfterEnd: Sighting?
  /// The first repeated packets.
  package internal(set) var repeats: [RepeatedPacket] = []
  /// Packets that came as IP fragments.
  package internal(set) var fragmented = 0
  package internal(set) var firstFragmented: Sighting?
  /// Longest time without a packet, in nanoseconds, and where it ended.
  package internal(set) var longestGap: (nanoseconds: Int64, endedAt: Sighting)?
  /// The sequence number was 0, which no sender may use (RFC 4303 §3.3.3).
  package internal(set) var zeroSequence: Sighting?

  /// Packets whose integrity value verifies, does not, and packets opened.
  package internal(set) var integrityGood = 0
  package internal(set) var integrityBad = 0
  package internal(set) var decrypted = 0
  /// The first packets whose integrity value does not verify.
  package internal(set) var badSightings: [Sighting] = []
  /// Packets that verify only with a high half of the sequence number that the SA's ESN setting
  /// does not have, or at another truncation.
  package internal(set) var verifiedOtherwise: [(how: String, sighting: Sighting)] = []
  /// Bits of the check value that verifies, where it is not the algorithm's own length.
  package internal(set) var truncationSeen: Int?
  /// Opened packets whose padding is not what RFC 4303 §2.4 asks for.
  package internal(set) var paddingOdd = 0
  /// Opened packets with an inner header outside the SA's selectors, the first few.
  package internal(set) var outsideSelectors: [(inner: String, sighting: Sighting)] = []
  /// True when the flow is not encrypted (RFC 5879).
  package internal(set) var isNull = false

  /// The first high half above 0 of an extended sequence number that verified, and where.
  package internal(set) var highHalfSeen: (high: UInt32, sighting: Sighting)?

  /// What opens its packets.
  enum Opening {
    /// Nobody has looked yet.
    case unknown
    /// There are no keys for it.
    case none
    case ready([PacketOpener])
  }
  var opening = Opening.unknown

  /// The examination whether it is encrypted; nil once decided, and for AH.
  var inspection: NullInspection?
  /// How its packets are laid out, when it is not encrypted.
  var nullLayout: NullLayout?

  /// True when there are keys for it.
  package var hasKeys: Bool {
    if case .ready = opening { true } else { false }
  }

  /// The child SA it belongs to, once known.
  package internal(set) weak var child: ChildSA?

  /// Short marks of the last packets' bytes, by sequence number modulo 64.
  var marks: InlineArray<64, PacketMark> = .init(repeating: PacketMark())

  init(
    ordinal: Int, key: SecurityFlowKey, source: IPAddress, ports: (UInt16, UInt16),
    encapsulation: Encapsulation, at sighting: Sighting
  ) {
    self.ordinal = ordinal
    self.key = key
    self.source = source
    self.lastSource = source
    self.lastPorts = (ports.0, ports.1)
    self.encapsulation = encapsulation
    self.first = sighting
    self.last = sighting
    inspection = key.ipProtocol == 50 ? NullInspection() : nil
  }

  /// Numbers between the first and the highest that never came.
  package var lost: Int { window.lost }
}

extension SecurityFlow: TableEntry {
  /// A flow that belongs to a negotiated SA outweighs any that does not.
  var evictionWeight: Int { packets + (child == nil ? 0 : 1 << 40) }
}

/// What is kept of a packet to recognise its repetition: 12 bytes instead of the packet.
struct PacketMark {
  /// The last eight bytes, folded with the length; ESP's integrity value makes them unlike.
  var content: UInt32 = 0
  /// Time in microseconds, low 32 bits.
  var microseconds: UInt32 = 0
}
