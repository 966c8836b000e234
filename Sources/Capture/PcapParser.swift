import Bytes

/// Classic pcap: a 24-byte file header, then frames behind 16-byte record headers
/// (draft-ietf-opsawg-pcap).
struct PcapParser: RecordParser {
  /// Bytes of the file header.
  static let fileHeaderLength = 24

  let linkType: LinkType
  private let order: ByteOrder
  private let isNanosecond: Bool
  private let recordHeaderLength: Int
  /// Before version 2.3 the two lengths stood in the other order.
  private let lengthsAreExchanged: Bool
  private let longestFrame: Int
  private var lost: SearchState?
  private var lastSeconds: Int64?

  /// What is looked for after damage, and since where.
  private struct SearchState {
    var damageOffset: Int
    var frame: Int
  }

  /// A parser for the capture that begins with `header`; nil when this is not classic pcap.
  init?(header: RawSpan) {
    guard header.byteCount >= Self.fileHeaderLength else { return nil }
    switch (header.littleEndianUInt32(at: 0), header.uint32(at: 0)) {
    case (0xa1b2_c3d4, _): (order, isNanosecond, recordHeaderLength) = (.little, false, 16)
    case (_, 0xa1b2_c3d4): (order, isNanosecond, recordHeaderLength) = (.big, false, 16)
    case (0xa1b2_3c4d, _): (order, isNanosecond, recordHeaderLength) = (.little, true, 16)
    case (_, 0xa1b2_3c4d): (order, isNanosecond, recordHeaderLength) = (.big, true, 16)
    // Kuznetzov's patched libpcap: interface, protocol and packet type follow the lengths.
    case (0xa1b2_cd34, _): (order, isNanosecond, recordHeaderLength) = (.little, false, 24)
    case (_, 0xa1b2_cd34): (order, isNanosecond, recordHeaderLength) = (.big, false, 24)
    default: return nil
    }
    let major = header.uint16(at: 4, order)
    let minor = header.uint16(at: 6, order)
    lengthsAreExchanged = major == 2 && minor < 3 || major == 543
    let snapLength = Int(header.uint32(at: 16, order))
    longestFrame = max(
      CaptureLimits.frameLength, min(snapLength, CaptureLimits.blockLength))
    // The upper bits tell the length of a frame check sequence, which nothing here needs.
    let field = header.uint32(at: 20, order) & 0x03ff_ffff
    linkType = LinkType(headerField: UInt16(exactly: field) ?? .max)
  }

  /// Digits of the clock's fraction.
  var timestampDigits: Int { isNanosecond ? 9 : 6 }

  mutating func parse(
    _ bytes: RawSpan, from start: Int, at place: BlockPlace, into frames: inout [Frame],
    summary: inout CaptureSummary
  ) -> ParseStop {
    var position = start
    while true {
      if lost != nil {
        switch search(bytes, from: position, at: place, summary: &summary) {
        case .found(let offset): position = offset
        case .stop(let stop): return stop
        }
      }
      let stop = records(bytes, from: position, into: &frames, summary: &summary)
      switch stop {
      case .damaged(let offset):
        lost = SearchState(damageOffset: place.offset + offset, frame: summary.frames + 1)
        position = offset + 1
      case .needs(let offset, let count):
        return .needs(from: offset, bytes: count)
      }
    }
  }

  private enum RecordsStop {
    case needs(from: Int, bytes: Int)
    case damaged(at: Int)
  }

  /// Reads records until one is not whole or cannot be true. The path that every frame takes: room
  /// for frames is made a thousand at a time.
  private mutating func records(
    _ bytes: RawSpan, from start: Int, into frames: inout [Frame], summary: inout CaptureSummary
  ) -> RecordsStop {
    var position = start
    var stop: RecordsStop?
    while stop == nil {
      frames.append(addingCapacity: 1024) { space in
        // Two loops, so that the layout is not asked for with every field.
        stop =
          order == .little && !lengthsAreExchanged
          ? records(bytes, .little, false, from: &position, into: &space, summary: &summary)
          : records(
            bytes, order, lengthsAreExchanged, from: &position, into: &space, summary: &summary)
      }
    }
    if case .damaged = stop {
      lastSeconds = summary.lastFrame.map { $0.nanoseconds / 1_000_000_000 }
    }
    return stop ?? .needs(from: position, bytes: recordHeaderLength)
  }

  /// Reads records until `space` is full, which nil tells, or there is a reason to stop.
  @inline(__always)
  private func records(
    _ bytes: RawSpan, _ order: ByteOrder, _ isExchanged: Bool, from position: inout Int,
    into space: inout OutputSpan<Frame>, summary: inout CaptureSummary
  ) -> RecordsStop? {
    let end = bytes.byteCount
    let headerLength = recordHeaderLength
    let longestFrame = longestFrame
    let fractionUnit: Int64 = isNanosecond ? 1 : 1000
    let (linkType, capture) = (linkType, summary.index)
    var tally = CaptureSummary.Tally(summary)
    defer { if !space.isEmpty { summary.take(tally, first: space[0].time) } }
    // Positions and lengths are below 2^33: their sums cannot overflow.
    var start = position
    defer { position = start }
    while !space.isFull {
      guard end &- start >= headerLength else {
        return .needs(from: start, bytes: headerLength)
      }
      let record = RecordHeader(bytes, at: start, order, exchanged: isExchanged)
      let length = record.capturedLength
      guard length <= longestFrame else { return .damaged(at: start) }
      let data = start &+ headerLength
      guard end &- data >= length else {
        return .needs(from: start, bytes: headerLength &+ length)
      }
      let time = Timestamp(
        nanoseconds: Int64(record.seconds) &* 1_000_000_000 &+ Int64(record.fraction)
          &* fractionUnit)
      tally.frames &+= 1
      tally.bytes &+= length
      if time < tally.lastFrame || record.originalLength != length || length == 0 {
        summary.unusual(
          frame: tally.frames, time: time, after: tally.lastFrame, capturedLength: length,
          originalLength: record.originalLength)
      }
      tally.lastFrame = time
      space.append(
        Frame(
          number: tally.frames, capture: capture, time: time, linkType: linkType, offset: data,
          capturedLength: length, originalLength: max(record.originalLength, length)))
      start = data &+ length
    }
    return nil
  }

  private struct RecordHeader {
    let seconds: UInt32
    let fraction: UInt32
    let capturedLength: Int
    let originalLength: Int

    init(_ bytes: RawSpan, at position: Int, _ order: ByteOrder, exchanged: Bool) {
      let times = bytes.uint32Pair(at: position, order)
      let lengths = bytes.uint32Pair(at: position + 8, order)
      (seconds, fraction) = times
      let (first, second) = (Int(lengths.0), Int(lengths.1))
      capturedLength = exchanged ? second : first
      originalLength = exchanged ? first : second
    }
  }
}

// Behind damage: a record header has no mark of its own, so one is taken for real only when its
// fields are plausible and the record behind it is plausible too, or is the end of the capture.
extension PcapParser {
  private enum SearchStop {
    case found(Int)
    case stop(ParseStop)
  }

  private mutating func search(
    _ bytes: RawSpan, from start: Int, at place: BlockPlace, summary: inout CaptureSummary
  ) -> SearchStop {
    guard let state = lost else { return .found(start) }
    let end = bytes.byteCount
    var position = start
    while end - position >= recordHeaderLength {
      if let length = plausibleRecord(bytes, at: position) {
        let next = position + length
        if end - next >= recordHeaderLength {
          if plausibleRecord(bytes, at: next) != nil {
            noteSkipped(state, until: place.offset + position, summary: &summary)
            return .found(position)
          }
        } else if !place.isLast {
          return .stop(.needs(from: position, bytes: length + recordHeaderLength))
        } else if next == end {
          noteSkipped(state, until: place.offset + position, summary: &summary)
          return .found(position)
        }
      }
      position += 1
    }
    if place.isLast || place.offset + position - state.damageOffset > CaptureLimits.searchLength {
      summary.note(
        "damaged at byte \(state.damageOffset), behind frame \(state.frame - 1): the record's "
          + "length cannot be true, and no further record was found")
      return .stop(.finished(from: end))
    }
    return .stop(.needs(from: position, bytes: recordHeaderLength))
  }

  private mutating func noteSkipped(
    _ state: SearchState, until offset: Int, summary: inout CaptureSummary
  ) {
    lost = nil
    summary.note(
      "damaged at byte \(state.damageOffset), behind frame \(state.frame - 1): the record's length "
        + "cannot be true; \(offset - state.damageOffset) bytes were passed over")
  }

  /// The length of the record at `position`, header included, if it may be one.
  private func plausibleRecord(_ bytes: RawSpan, at position: Int) -> Int? {
    let record = RecordHeader(bytes, at: position, order, exchanged: lengthsAreExchanged)
    let aMonth: Int64 = 30 * 86_400
    guard record.capturedLength > 0, record.capturedLength <= record.originalLength,
      record.originalLength <= longestFrame,
      record.fraction < (isNanosecond ? 1_000_000_000 : 1_000_000),
      lastSeconds.map({ abs(Int64(record.seconds) - $0) < aMonth }) ?? true
    else { return nil }
    return recordHeaderLength + record.capturedLength
  }
}
