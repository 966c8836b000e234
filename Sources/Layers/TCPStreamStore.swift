internal import Bytes

/// One direction of a TCP connection.
struct TCPStreamKey: Hashable {
  var source: IPAddress
  var destination: IPAddress
  var sourcePort: UInt16
  var destinationPort: UInt16

  var reversed: TCPStreamKey {
    TCPStreamKey(
      source: destination, destination: source, sourcePort: destinationPort,
      destinationPort: sourcePort)
  }
}

/// The streams of IKE and ESP over TCP that are followed, in bounded memory.
struct TCPStreamStore {
  private static let port: UInt16 = 4500

  /// The ports on which streams are to be looked for.
  struct Ports {
    /// One bit for each hash of the ports of streams on other ports than 4500: spares other
    /// connections the look-up.
    private var others: UInt64 = 0

    /// False when a segment with these ports belongs to no stream that is followed.
    @inline(__always)
    func mayFollow(_ source: UInt16, _ destination: UInt16) -> Bool {
      source == TCPStreamStore.port || destination == TCPStreamStore.port
        || (others != 0 && others & Self.bit(source, destination) != 0)
    }

    mutating func insert(_ source: UInt16, _ destination: UInt16) {
      others |= Self.bit(source, destination)
    }

    private static func bit(_ source: UInt16, _ destination: UInt16) -> UInt64 {
      let mixed = UInt32(source ^ destination) &* 0x9e37_79b1
      return 1 << UInt64(mixed >> 26)
    }
  }

  private let limits: LayerLimits
  private var streams: [TCPStreamKey: TCPStream] = [:]
  /// The ports of the streams followed, and of some that were.
  private(set) var ports = Ports()
  /// Bytes kept of all streams.
  private(set) var storedBytes = 0
  private var uses = 0

  init(limits: LayerLimits) {
    self.limits = limits
  }

  /// Streams followed now.
  var count: Int { streams.count }

  /// Takes out the stream of a segment, beginning one where the segment may be a stream's first.
  mutating func take(
    _ key: TCPStreamKey, for segment: TCPSegment, _ bytes: RawSpan,
    _ statistics: inout LayerStatistics
  ) -> TCPStream? {
    uses += 1
    if let index = streams.index(forKey: key) {
      let stream = streams.remove(at: index).value
      storedBytes -= stream.storedBytes
      return stream
    }
    let isPrefix = TCPStream.startsWithPrefix(bytes, segment.payload)
    let isOnPort = segment.sourcePort == Self.port || segment.destinationPort == Self.port
    guard isPrefix || isOnPort, !segment.payload.isEmpty || segment.isSynchronisation else {
      return nil
    }
    if isPrefix {
      // The other direction has no prefix to be known by.
      begin(key.reversed, at: segment.acknowledgment, &statistics)
    }
    if !isOnPort {
      ports.insert(key.sourcePort, key.destinationPort)
    }
    return TCPStream(next: segment.sequence, limit: limits.streamBytes)
  }

  private mutating func begin(
    _ key: TCPStreamKey, at sequence: UInt32, _ statistics: inout LayerStatistics
  ) {
    guard streams[key] == nil else { return }
    var stream = TCPStream(next: sequence, limit: limits.streamBytes)
    stream.lastUse = uses
    streams[key] = stream
    evict(&statistics)
  }

  /// Puts a stream back.
  mutating func put(
    _ stream: TCPStream, _ key: TCPStreamKey, _ statistics: inout LayerStatistics
  ) {
    var stream = stream
    stream.lastUse = uses
    if let replaced = streams.updateValue(stream, forKey: key) {
      storedBytes -= replaced.storedBytes
    }
    storedBytes += stream.storedBytes
    evict(&statistics)
  }

  /// Forgets a connection that was reset.
  mutating func remove(_ key: TCPStreamKey) {
    for key in [key, key.reversed] {
      if let stream = streams.removeValue(forKey: key) { storedBytes -= stream.storedBytes }
    }
    if streams.isEmpty { ports = Ports() }
  }

  /// Takes out all streams, in an order that is the same in every run.
  mutating func takeAll() -> [(key: TCPStreamKey, value: TCPStream)] {
    defer {
      streams = [:]
      storedBytes = 0
      ports = Ports()
    }
    return streams.sorted { $0.value.lastUse < $1.value.lastUse }
  }

  /// Forgets unproven streams first, then those not used for longest.
  private mutating func evict(_ statistics: inout LayerStatistics) {
    while streams.count > limits.streams || storedBytes > limits.allStreamBytes {
      let oldest = streams.min {
        ($0.value.isConfirmed ? 1 : 0, $0.value.lastUse)
          < ($1.value.isConfirmed ? 1 : 0, $1.value.lastUse)
      }
      guard let oldest else { return }
      streams.removeValue(forKey: oldest.key)
      storedBytes -= oldest.value.storedBytes
      statistics.evictedStreams += 1
    }
  }
}
