internal import Bytes

/// One direction of a TCP connection that carries IKE and ESP (RFC 9329): the originator's starts
/// with the six bytes `IKETCP`; both are records of a 16-bit length, which counts itself, and either
/// the non-ESP marker and an IKE message, or ESP, or a keepalive of one byte.
///
/// What the capture missed is skipped: the stream is taken up again where lengths and contents are
/// plausible.
struct TCPStream {
  /// Receives a record: the bytes it stands in, its place behind the length, what is missing of it,
  /// and the frames it was put together from (none when it stands in the segment itself).
  typealias Emit = (RawSpan, Range<Int>, Int, [FramePlace]) -> Void

  private enum Phase {
    /// Nothing was read yet.
    case start
    /// The next byte is a record's first, or the first after what is pending.
    case records
    /// Where the next record starts is unknown.
    case lost
    /// Another protocol.
    case foreign
  }

  private struct EarlySegment {
    var sequence: UInt32
    var bytes: [UInt8]
    var frame: FramePlace
  }

  private static let prefix: [UInt8] = Array("IKETCP".utf8)
  private static let maximumEarlySegments = 32
  private static let maximumFrames = 1024
  /// A jump by more than this is another connection, not a gap.
  private static let window = 1 << 20

  private var phase = Phase.start
  private var next: UInt32
  private var pending: [UInt8] = []
  private var pendingFrames: [FramePlace] = []
  private var early: [EarlySegment] = []
  private var earlyBytes = 0
  private var failures = 0
  private var missed = 0
  private let limit: Int
  /// True when the stream was seen to carry IKE and ESP.
  private(set) var isConfirmed = false
  /// Serial number of its latest use, for the store.
  var lastUse = 0

  /// - Parameters:
  ///   - next: Sequence number of the first byte that is expected.
  ///   - limit: Bytes that may be kept.
  init(next: UInt32, limit: Int) {
    self.next = next
    self.limit = limit
  }

  /// Bytes kept.
  var storedBytes: Int { pending.count + earlyBytes }

  /// True when the bytes at `range` are the prefix of a stream.
  @inline(__always)
  static func startsWithPrefix(_ bytes: RawSpan, _ range: Range<Int>) -> Bool {
    range.count >= 6 && bytes.uint32(at: range.lowerBound) == 0x494b_4554
      && bytes.uint16(at: range.lowerBound + 4) == 0x4350
  }

  /// Bytes skipped since the last call because the capture did not hold them.
  mutating func takeMissed() -> Int {
    defer { missed = 0 }
    return missed
  }

  /// Takes in a segment; returns the number of records that were completed.
  mutating func receive(
    _ segment: TCPSegment, _ bytes: RawSpan, frame: FramePlace, _ emit: Emit
  ) -> Int {
    if segment.isSynchronisation {
      restart(at: segment.sequence &+ 1)
      return 0
    }
    guard phase != .foreign, !segment.payload.isEmpty else { return 0 }
    let ahead = Int(Int32(bitPattern: segment.sequence &- next))
    if abs(ahead) > Self.window { restart(at: segment.sequence) }
    var count = 0
    if ahead > 0, ahead <= Self.window {
      keepEarly(segment, bytes, frame)
      if early.count > Self.maximumEarlySegments || storedBytes > limit { skipGap() }
    } else {
      let known = abs(ahead) > Self.window ? 0 : -ahead
      guard known < segment.payload.count else { return 0 }
      let fresh = (segment.payload.lowerBound + known)..<segment.payload.upperBound
      count += consume(bytes, fresh, segment.missing, frame, emit)
    }
    return count + drain(emit)
  }

  /// Reads what arrived out of order as if what is missing would never come.
  mutating func finish(_ emit: Emit) -> Int {
    var count = 0
    while !early.isEmpty {
      skipGap()
      count += drain(emit)
    }
    return count
  }

  private mutating func restart(at sequence: UInt32) {
    next = sequence
    phase = .start
    pending = []
    pendingFrames = []
    early = []
    earlyBytes = 0
  }

  // MARK: Order

  private mutating func keepEarly(_ segment: TCPSegment, _ bytes: RawSpan, _ frame: FramePlace) {
    // A cut segment that comes early is worth no more than one that is lost.
    guard segment.missing == 0,
      !early.contains(where: { $0.sequence == segment.sequence })
    else { return }
    let kept = EarlySegment(
      sequence: segment.sequence, bytes: bytes.copy(segment.payload), frame: frame)
    let start = next
    let index =
      early.firstIndex { $0.sequence &- start > kept.sequence &- start } ?? early.count
    early.insert(kept, at: index)
    earlyBytes += kept.bytes.count
  }

  private mutating func skipGap() {
    guard let first = early.first else { return }
    missed += Int(first.sequence &- next)
    next = first.sequence
    pending = []
    pendingFrames = []
    phase = .lost
  }

  private mutating func drain(_ emit: Emit) -> Int {
    var count = 0
    while let first = early.first {
      let ahead = Int(Int32(bitPattern: first.sequence &- next))
      guard ahead <= 0 else { break }
      early.removeFirst()
      earlyBytes -= first.bytes.count
      guard -ahead < first.bytes.count else { continue }
      count += consume(
        first.bytes.rawSpan, -ahead..<first.bytes.count, 0, first.frame, emit, isCopy: true)
    }
    return count
  }

  // MARK: Records

  /// Reads bytes that follow those read before.
  private mutating func consume(
    _ bytes: RawSpan, _ range: Range<Int>, _ missing: Int, _ frame: FramePlace, _ emit: Emit,
    isCopy: Bool = false
  ) -> Int {
    next &+= UInt32(truncatingIfNeeded: range.count + missing)
    guard pending.isEmpty else {
      pending.append(contentsOf: bytes.copy(range))
      if pendingFrames.count < Self.maximumFrames { pendingFrames.append(frame) }
      return consumePending(missing, frame, emit)
    }
    let frames = isCopy ? [frame] : []
    let (count, rest) = read(bytes, range, frames, frames, emit)
    if missing > 0 {
      return count + emitCut(bytes, rest..<range.upperBound, missing, frames, emit)
    }
    if rest < range.upperBound {
      pending = bytes.copy(rest..<range.upperBound)
      pendingFrames = [frame]
    }
    return count
  }

  private mutating func consumePending(_ missing: Int, _ frame: FramePlace, _ emit: Emit) -> Int {
    let buffer = pending
    let (count, rest) = read(buffer.rawSpan, 0..<buffer.count, pendingFrames, [frame], emit)
    if missing > 0 {
      let frames = count == 0 ? pendingFrames : [frame]
      pending = []
      pendingFrames = []
      return count + emitCut(buffer.rawSpan, rest..<buffer.count, missing, frames, emit)
    }
    if rest > 0 {
      pending = Array(buffer[rest...])
      pendingFrames = pending.isEmpty ? [] : [frame]
    }
    return count
  }

  /// Reads what can be read of `range`; returns the number of records, and where what is left for
  /// the next segment starts.
  private mutating func read(
    _ bytes: RawSpan, _ range: Range<Int>, _ firstFrames: [FramePlace], _ laterFrames: [FramePlace],
    _ emit: Emit
  ) -> (count: Int, rest: Int) {
    var start = range.lowerBound
    if phase == .start {
      if Self.startsWithPrefix(bytes, range) {
        phase = .records
        isConfirmed = true
        start += Self.prefix.count
      } else if isPartOfPrefix(bytes, range) {
        return (0, start)
      } else {
        phase = isConfirmed ? .records : .lost
      }
    }
    if phase == .lost {
      guard let found = firstRecord(in: bytes, start..<range.upperBound) else {
        failures += 1
        if !isConfirmed, failures > 8 { phase = .foreign }
        return (0, range.upperBound)
      }
      start = found
      phase = .records
      isConfirmed = true
    }
    return readRecords(bytes, start..<range.upperBound, firstFrames, laterFrames, emit)
  }

  private func isPartOfPrefix(_ bytes: RawSpan, _ range: Range<Int>) -> Bool {
    range.count < Self.prefix.count
      && range.allSatisfy { bytes.byte(at: $0) == Self.prefix[$0 - range.lowerBound] }
  }

  /// Emits the whole records in `range`; returns how many, and where what is left starts.
  private mutating func readRecords(
    _ bytes: RawSpan, _ range: Range<Int>, _ firstFrames: [FramePlace], _ laterFrames: [FramePlace],
    _ emit: Emit
  ) -> (count: Int, rest: Int) {
    var offset = range.lowerBound
    var count = 0
    while range.upperBound - offset >= 2 {
      let length = Int(bytes.uint16(at: offset))
      guard length > 2 else {
        // No record is that short: these are not lengths.
        phase = .lost
        return (count, range.upperBound)
      }
      guard range.upperBound - offset >= length else { break }
      emit(bytes, (offset + 2)..<(offset + length), 0, count == 0 ? firstFrames : laterFrames)
      count += 1
      offset += length
    }
    return (count, offset)
  }

  /// Emits the part of a record that a snap length left.
  private mutating func emitCut(
    _ bytes: RawSpan, _ range: Range<Int>, _ missing: Int, _ frames: [FramePlace], _ emit: Emit
  ) -> Int {
    guard phase == .records else { return 0 }
    phase = .lost
    guard range.count >= 6 else { return 0 }
    let length = Int(bytes.uint16(at: range.lowerBound))
    guard length > range.count else { return 0 }
    if length == range.count + missing { phase = .records }
    emit(bytes, (range.lowerBound + 2)..<range.upperBound, length - range.count, frames)
    return 1
  }
}
