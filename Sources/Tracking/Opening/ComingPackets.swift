import Crypto
// `public`: what an inlinable function is given must come by such an import.
public import Layers

/// The next frames of a batch, where many runs of opened packets take turns: what their packets seem to
/// be, and where the run of each probably stands. Looked for in steps before a packet's turn, so that
/// what it touches is on its way from memory while the packets before it are opened.
///
/// Nothing is decided by it: at its turn a packet is compared with the run that is said to be its own.
@usableFromInline
package struct ComingPackets {
  /// One frame.
  @usableFromInline
  struct Coming {
    /// SPI (upper half) and sequence number; 0 where the frame holds no such packet.
    @usableFromInline
    var header: UInt64 = 0
    /// By what the place is found.
    @usableFromInline
    var hash: UInt64 = 0
    /// The place of its run, once it was looked for; -1 for none.
    @usableFromInline
    var place = -1

    @inlinable @inline(__always)
    init() {}
  }
  /// A frame's place is its index modulo their count.
  @usableFromInline
  var frames: [32 of Coming] = .init(repeating: Coming())
  /// Index of the frame to be added next.
  @usableFromInline
  package internal(set) var next = 0
  /// Index of the frame whose run is to be looked for next.
  fileprivate var sought = 0
  /// Index of the frame at whose turn that is done.
  @usableFromInline
  var due = 0

  /// How many frames are added at a time. Added two steps before its turn, a frame is looked for one
  /// step before it.
  @usableFromInline
  static var step: Int { 8 }
  /// How many frames before its turn what a packet touches is asked for.
  fileprivate static var fetched: Int { 2 }

  package init() {}

  /// Begins with a batch.
  package mutating func begin() { (next, sought, due) = (0, 0, 0) }

  /// True when frames are to be added at the turn of the one at `index`.
  @inlinable @inline(__always)
  package func wants(at index: Int) -> Bool { index >= due }

  /// Behind which frame to stop adding at the turn of the one at `index`.
  ///
  /// Frames that others took are passed over.
  @inlinable @inline(__always)
  package mutating func end(at index: Int) -> Int {
    if next < index { next = index }
    due = index &+ Self.step
    return index &+ 3 &* Self.step
  }

  /// Adds the next frame.
  @inlinable @inline(__always)
  package mutating func add(_ glance: ESPGlance) {
    frames[next & 31].header = glance.header
    frames[next & 31].hash = PlaceCache.hash(UInt64(glance.destination), glance.header &>> 32)
    next &+= 1
  }

  /// Where the run of a frame's packet probably stands; -1 for none.
  @inlinable @inline(__always)
  package func place(of index: Int) -> Int { frames[index & 31].place }
}

extension Tracker {
  /// Looks for the runs of frames that were added, at the turn of the frame at `index`, and asks where
  /// those of the last ones stand.
  package func seek(_ coming: inout ComingPackets, at index: Int) {
    var later = max(coming.sought, index)
    let end = min(index &+ 2 &* ComingPackets.step, coming.next)
    while later < end {
      let place = securityPlaces[coming.frames[later & 31].hash]
      coming.frames[later & 31].place = place
      Crypto.prefetch(runTraces, at: place, count: 1)
      later &+= 1
    }
    coming.sought = later
    while later < coming.next {
      securityPlaces.prefetch(coming.frames[later & 31].hash)
      later &+= 1
    }
  }

  /// Asks for what a packet touches whose turn comes soon after that of the frame at `index`.
  @inline(__always)
  package func approach(_ coming: inout ComingPackets, from index: Int) {
    let later = index &+ ComingPackets.fetched
    guard later < coming.sought else { return }
    let header = coming.frames[later & 31].header
    var place = coming.frames[later & 31].place
    let spi = UInt32(truncatingIfNeeded: header &>> 32)
    if place < 0 || place >= runTraces.count || runTraces[place].spi != spi {
      place = header == 0 ? -1 : otherPlace(coming.frames[later & 31].hash, spi)
      coming.frames[later & 31].place = place
      guard place >= 0 else { return }
    }
    prefetch(place, sequence: UInt32(truncatingIfNeeded: header), isOpened: false)
  }

  /// The place of a packet's run where it is not the one first looked at; -1 for none.
  @inline(never)
  func otherPlace(_ hash: UInt64, _ spi: UInt32) -> Int {
    for way in 1..<PlaceCache.ways {
      let place = securityPlaces[hash, way]
      if place >= 0, place < runTraces.count, runTraces[place].spi == spi { return place }
    }
    return -1
  }
}
