package import Bytes

/// What is counted and noted of the packets of one ESP or AH flow.
///
/// One value, changed in one access a packet. What most flows never show stands apart, and reads as
/// a member of this.
@usableFromInline
@dynamicMemberLookup
package struct FlowCounters: Sendable {
  /// Nothing, or one.
  @usableFromInline var oddities: [FlowOddities] = []

  /// Something that most flows never show.
  package subscript<Value>(dynamicMember path: WritableKeyPath<FlowOddities, Value>) -> Value {
    get { (oddities.first ?? .none)[keyPath: path] }
    set {
      if oddities.isEmpty { oddities.append(.none) }
      oddities[0][keyPath: path] = newValue
    }
  }

  /// Something that most flows never show, as others read it.
  @inlinable
  package subscript<Value>(dynamicMember path: KeyPath<FlowOddities, Value>) -> Value {
    (oddities.first ?? .none)[keyPath: path]
  }

  /// True when there may be something that most flows never show.
  var hasOddities: Bool { !oddities.isEmpty }

  /// Source of the first packet.
  package let source: IPAddress
  package internal(set) var lastPorts: (source: UInt16, destination: UInt16)
  package internal(set) var last: Sighting

  package internal(set) var packets = 0
  /// Bytes from the SPI to the end of the packet.
  package internal(set) var bytes = 0
  package internal(set) var window = SequenceWindow()
  private var gap: Int64 = 0
  private var gapEnd: Sighting
  private var longest: Int32 = 0

  /// Packets whose integrity value verifies, and packets opened.
  package internal(set) var integrityGood = 0
  package internal(set) var decrypted = 0
  /// True while the flow is under examination for its encryption, and when it has none.
  var inspects = false

  init(source: IPAddress, ports: (UInt16, UInt16), at sighting: Sighting) {
    self.source = source
    lastPorts = (ports.0, ports.1)
    last = sighting
    gapEnd = sighting
  }

  /// Source of the last packet: another address means a NAT rebinding, MOBIKE, or two senders.
  package var lastSource: IPAddress {
    hasOddities ? self.movedTo ?? source : source
  }

  /// Bytes of the longest packet, from its SPI.
  package var largest: Int { Int(longest) }

  /// Longest time without a packet, in nanoseconds, and where it ended.
  package var longestGap: (nanoseconds: Int64, endedAt: Sighting)? {
    gap > 0 ? (gap, gapEnd) : nil
  }

  /// Notes a time without a packet that is longer than all before it.
  mutating func noteLongest(gap: Int64, endedAt end: Sighting) { (self.gap, gapEnd) = (gap, end) }

  /// Notes that there is a packet of that length.
  mutating func note(length: Int32) { longest = max(longest, length) }

  /// Numbers between the first and the highest that never came.
  package var lost: Int { window.lost }
}

/// What only some ESP or AH flows show.
@usableFromInline
package struct FlowOddities: Sendable {
  /// What a flow without any shows.
  @usableFromInline
  static let none = FlowOddities()

  /// Packets whose number was below that of one before them, and seen for the first time.
  package internal(set) var reordered = 0
  /// Packets whose number was seen before.
  package internal(set) var duplicates = 0
  /// Packets so late that a receiver's replay window had passed.
  package internal(set) var outsideReplayWindow = 0
  /// Packets whose integrity value does not verify.
  package internal(set) var integrityBad = 0
  /// Source of the last packet, once the source was another one than that of the first.
  var movedTo: IPAddress?
  /// Where the source address or port changed, the first few times.
  package internal(set) var moves: [Sighting] = []
  /// The first packets outside the replay window.
  package internal(set) var lateSightings: [Sighting] = []
  /// Of the repeated, packets that came again within a millisecond with the same bytes.
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
  /// The sequence number was 0, which no sender may use (RFC 4303 §3.3.3).
  package internal(set) var zeroSequence: Sighting?
  /// Packets that could not be opened because the capture does not hold all of their bytes.
  package internal(set) var cutShort = 0
  /// Packets that could not be opened because lengths or padding in them make no sense.
  package internal(set) var unreadable = 0
  /// The first packets whose integrity value does not verify.
  package internal(set) var badSightings: [Sighting] = []
  /// Packets that verify only with a high half of the sequence number that the SA's ESN setting
  /// does not have, or at another truncation.
  package internal(set) var verifiedOtherwise: [(how: String, sighting: Sighting)] = []
  /// Bits of the check value that verifies, where it is not the algorithm's own length.
  package internal(set) var truncationSeen: Int?
  /// The first high half above 0 of an extended sequence number that verified, and where.
  package internal(set) var highHalfSeen: (high: UInt32, sighting: Sighting)?
  /// The highest high half above 0 that verified.
  package internal(set) var highestHalf: UInt32 = 0
  /// Opened packets whose padding is not what RFC 4303 §2.4 asks for.
  package internal(set) var paddingOdd = 0
  /// Opened packets with an inner header outside the SA's selectors, the first few.
  package internal(set) var outsideSelectors: [(inner: String, sighting: Sighting)] = []
}
