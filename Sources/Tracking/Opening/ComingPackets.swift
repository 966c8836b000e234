import Crypto
// `public`: what an inlinable function is given must come by such an import.
public import Layers

/// The next frames of a batch, where many runs of opened packets take turns: their packets, and where the
/// run of each probably stands. Looked for in steps before a packet's turn, so that what it touches is on
/// its way from memory while the packets before it are opened.
///
/// Nothing is decided by it: at its turn a packet is compared with the run that is said to be its own.
@usableFromInline
package struct ComingPackets {
  /// One frame.
  @usableFromInline
  struct Coming {
    /// Its ESP packet; nil for any other frame.
    @usableFromInline
    let packet: CommonESP?
    /// The place of its run, once it was looked for; -1 for none.
    @usableFromInline
    var place: Int32 = -1
    /// By what the place is found.
    @usableFromInline
    let hash: UInt64

    @inlinable @inline(__always)
    init(_ packet: CommonESP?) {
      self.packet = packet
      hash = packet.map { PlaceCache.hash($0) } ?? 0
    }

    /// True where nothing can be looked for.
    @inlinable @inline(__always)
    var isOther: Bool { packet == nil }
  }
  /// A frame's place is its index modulo their count.
  @usableFromInline
  var frames: [16 of Coming] = .init(repeating: Coming(nil))
  /// The index of the frame to be added next.
  @usableFromInline
  package internal(set) var next = 0

  /// How many frames before its turn a packet is added, which asks the processor where its run stands;
  /// where that is read; and where what stands there is asked for.
  @usableFromInline
  static var asked: Int { 12 }
  static var read: Int { 6 }
  static var fetched: Int { 2 }

  package init() {}

  /// Begins with a batch.
  package mutating func begin() { next = 0 }

  /// True while frames are to be added before the one at `index` has its turn.
  @inlinable @inline(__always)
  package mutating func wants(before index: Int, of count: Int) -> Bool {
    // Frames that others took are passed over.
    if next < index { next = index }
    return next <= index &+ Self.asked && next < count
  }

  /// Adds the next frame, which holds such a packet or none.
  @inlinable @inline(__always)
  package mutating func add(_ packet: CommonESP?) {
    frames[next & 15] = Coming(packet)
    next &+= 1
  }

  /// The packet of a frame whose turn it is.
  @inlinable @inline(__always)
  package func packet(of index: Int) -> CommonESP? { frames[index & 15].packet }

  /// Where the run of a frame's packet probably stands; -1 for none.
  @inlinable @inline(__always)
  package func place(of index: Int) -> Int { Int(frames[index & 15].place) }
}

extension Tracker {
  /// Comes nearer to the packets behind the frame at `index`, whose turn it is.
  package func approach(_ coming: inout ComingPackets, from index: Int) {
    let (asked, read) = (index &+ ComingPackets.asked, index &+ ComingPackets.read)
    if asked < coming.next { securityPlaces.prefetch(coming.frames[asked & 15].hash) }
    if read < coming.next, !coming.frames[read & 15].isOther {
      let place = securityPlaces[coming.frames[read & 15].hash]
      coming.frames[read & 15].place = Int32(truncatingIfNeeded: place)
      Crypto.prefetch(runTraces, at: place, count: 1)
    }
    let fetched = index &+ ComingPackets.fetched
    if fetched < coming.next, let header = coming.frames[fetched & 15].packet?.header {
      let place = fetch(
        header, Int(coming.frames[fetched & 15].place), coming.frames[fetched & 15].hash)
      coming.frames[fetched & 15].place = Int32(truncatingIfNeeded: place)
    }
  }

  /// Asks for what a packet touches whose run probably stands at a place; the place where it does.
  @inline(__always)
  private func fetch(_ header: UInt64, _ place: Int, _ hash: UInt64) -> Int {
    var place = place
    let spi = UInt32(truncatingIfNeeded: header &>> 32)
    if place < 0 || place >= runTraces.count || runTraces[place].spi != spi {
      place = otherPlace(hash, spi)
      guard place >= 0 else { return -1 }
    }
    prefetch(place, sequence: UInt32(truncatingIfNeeded: header), isOpened: false)
    return place
  }

  /// The place of a packet's run where it is not the one first looked at.
  @inline(never)
  func otherPlace(_ hash: UInt64, _ spi: UInt32) -> Int {
    for way in 1..<PlaceCache.ways {
      let place = securityPlaces[hash, way]
      if place >= 0, place < runTraces.count, runTraces[place].spi == spi { return place }
    }
    return -1
  }
}
