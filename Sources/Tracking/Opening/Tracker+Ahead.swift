import Bytes
import Crypto
import Layers

extension Tracker {
  /// As many opened flows in turn, and a near cache holds nothing of one when its packet comes.
  static let manyRuns = 256

  /// True while so many flows have had runs of opened packets that it pays to look some packets ahead.
  package var hasManyRuns: Bool { openedRuns.count >= Self.manyRuns }

  /// True while flows have runs of opened packets.
  package var mayOpenAhead: Bool { !openedRuns.isEmpty }

  /// Opens those packets of `bytes` ahead of their turn that are as most are, by the openers that the
  /// runs have.
  ///
  /// - Returns: Their plaintexts, where somebody wants to see them.
  package mutating func open(_ packets: inout [AheadPacket], in bytes: RawSpan) -> [UInt8] {
    var opening = AheadOpening(keepsPlaintexts: packetOpened != nil)
    swap(&opening.buffer, &usualPlaintext)
    defer { swap(&opening.buffer, &usualPlaintext) }
    if opening.keepsPlaintexts { opening.plaintexts.reserveCapacity(bytes.byteCount) }
    let places = likelyPlaces(of: packets)
    let isCrowded = hasManyRuns
    for index in packets.indices {
      if isCrowded { prepare(packets.span, places, for: index) }
      let place = Int(places[index])
      guard place >= 0, place < openedRuns.count, let engine = openedRuns[place].engine else {
        continue
      }
      let ahead = packets[index]
      packets[index].found = opening.open(
        ahead, in: bytes, engine, number: openedRuns[place].number,
        high: likelyHigh(at: place, low: UInt32(truncatingIfNeeded: ahead.packet.header)))
    }
    return opening.plaintexts
  }

  /// Where the runs of packets probably stand, judged by the SPI; -1 for none.
  ///
  /// Each look depends on the one before it and finds its place in no near cache where there are many
  /// runs, so all packets take the first look before any takes the second.
  package func likelyPlaces(of packets: [AheadPacket]) -> [Int32] {
    for ahead in packets { securityPlaces.prefetch(PlaceCache.hash(ahead.packet)) }
    var places = packets.map { ahead in
      let place = securityPlaces[PlaceCache.hash(ahead.packet)]
      Crypto.prefetch(runTraces, at: place, count: 1)
      return Int32(truncatingIfNeeded: place)
    }
    for index in packets.indices {
      let place = Int(places[index])
      let spi = UInt32(truncatingIfNeeded: packets[index].packet.header >> 32)
      guard place >= 0, place < runTraces.count, runTraces[place].spi != spi else { continue }
      places[index] = Int32(
        truncatingIfNeeded: otherPlace(PlaceCache.hash(packets[index].packet), spi))
    }
    return places
  }

  /// Asks the processor for what the packet some places behind one will touch.
  @inline(__always)
  package func prepare(_ packets: Span<AheadPacket>, _ places: [Int32], for index: Int) {
    let later = index &+ 2
    guard later < packets.count, later < places.count else { return }
    let place = Int(places[later])
    guard place >= 0, place < runTraces.count else { return }
    prefetch(
      place, sequence: UInt32(truncatingIfNeeded: packets[later].packet.header),
      isOpened: packets[later].found != nil)
  }

  /// Asks the processor for the run at a place, its inner flow, the slot of the mark of the packet with
  /// that number and, unless the packet was opened, the keys.
  @inline(__always)
  func prefetch(_ place: Int, sequence: UInt32, isOpened: Bool) {
    Crypto.prefetch(openedRuns, at: place, count: OpenedRun.touched)
    Crypto.prefetch(
      innerRuns, at: Int(runTraces[place].inner), count: MemoryLayout<InnerRun>.stride)
    marks.prefetch(of: place, sequence)
    if !isOpened { runTraces[place].prefetchKeys() }
  }
}
