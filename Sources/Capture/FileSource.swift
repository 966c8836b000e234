// libpcap's own file reader is not used: it knows the same two formats and no more, it refuses pcapng
// with several link types, and it costs four times what reading whole blocks costs (one buffered
// read and one copy for every frame). libpcap stays for interfaces and for filters.
import Bytes

/// The frames of one capture file, pipe or standard input, read in blocks; frames refer to their
/// block in place, and only the record that a block's end cuts in two is copied to the next.
final class FileSource: FrameSource {
  private var stream: (any ByteStream)?
  private var parser: any RecordParser
  private let filter: FrameFilter?
  private(set) var summary: CaptureSummary
  /// The block read last; what is left over of it from `leftover` on.
  private var block: [UInt8]
  private var leftover: Int
  /// Offset of `block` in the capture.
  private var blockOffset = 0
  /// Bytes that the parser needs at once from `leftover` on.
  private var needed = 1
  /// Bytes to pass over before the parser goes on.
  private var toSkip = 0
  /// True until the head was parsed: a pipe may have given its first frames with it, and no more for
  /// a long time.
  private var isFirst = true
  private var isAtEnd = false
  private var frames: [Frame] = []

  /// Bytes asked for at once: the best of what was measured (`cat` asks for half as much).
  static let blockLength = 256 << 10
  /// Where a block begins within a cache line: behind the head of an array of this size, which
  /// has pages of its own.
  private let blockStart = 48
  /// Bytes of a cache line.
  private let lineLength = 64
  /// Bytes asked for at once by this source.
  var blockLength = FileSource.blockLength
  /// True to leave the filter aside.
  var takesEverything = false

  /// - Parameters:
  ///   - stream: The capture's bytes, decompressed.
  ///   - head: The bytes that were already read from `stream`.
  ///   - parser: The container's parser.
  ///   - start: Bytes of `head` that the parser has consumed.
  ///   - summary: Of which only index, path, format and compression are known.
  ///   - filter: Passes frames over; nil takes all.
  init(
    stream: any ByteStream, head: [UInt8], parser: any RecordParser, start: Int,
    summary: CaptureSummary, filter: FrameFilter?
  ) {
    self.stream = stream
    self.parser = parser
    self.summary = summary
    self.filter = filter
    block = head
    leftover = start
  }

  var captures: [CaptureSummary] { [summary] }

  func nextBatch() throws(CaptureError) -> FrameBatch? {
    while !isAtEnd {
      let isLast = try !fill()
      frames.removeAll(keepingCapacity: true)
      parse(isLast: isLast)
      if isLast { isAtEnd = true }
      if let filter, !takesEverything, !frames.isEmpty {
        summary.filteredOut += try filter.apply(to: &frames, of: block)
      }
      if !frames.isEmpty { return FrameBatch(bytes: block, frames: frames) }
    }
    close()
    return nil
  }

  /// Lets go of the file and of the last block; the summary stays.
  func close() {
    isAtEnd = true
    stream = nil
    block = []
    leftover = 0
    frames = []
  }

  /// Reads a block that begins with what was left over.
  ///
  /// - Returns: False when the stream is at its end.
  private func fill() throws(CaptureError) -> Bool {
    if isFirst {
      isFirst = false
      return true
    }
    let left = block.count - leftover
    // A few bytes that are done with stay in front, so that the kernel copies to where a cache line
    // begins: a tenth of what reading costs.
    let kept = min(leftover, (lineLength - (blockStart + left) % lineLength) % lineLength)
    blockOffset += leftover - kept
    // A block that nobody else holds is used again. Where somebody does, this makes a new one, and
    // only what is left over is copied; nothing is ever written into a block that was handed out.
    let rest = Array(block[(leftover - kept)...])
    block.removeAll(keepingCapacity: true)
    block += rest
    leftover = kept
    return try !extendBlock(atLeast: max(1, needed - left), atMost: max(blockLength, needed - left))
  }

  /// Reads on behind what is left over. A stream that fails behind its first frame ends there.
  ///
  /// - Returns: True when the stream is at its end.
  private func extendBlock(atLeast wanted: Int, atMost room: Int) throws(CaptureError) -> Bool {
    var isAtEnd = false
    var failure: CaptureError?
    let stream = stream
    block.append(addingCapacity: room) { space in
      do throws(CaptureError) {
        while space.count < wanted, !isAtEnd {
          isAtEnd = try stream?.read(into: &space) ?? 0 == 0
        }
      } catch {
        failure = error
        isAtEnd = true
      }
    }
    if let failure {
      guard summary.frames > 0 else { throw failure }
      summary.note("reading failed behind frame \(summary.frames): \(failure)")
    }
    return isAtEnd
  }

  private func parse(isLast: Bool) {
    let place = BlockPlace(offset: blockOffset, isLast: isLast)
    // What stays in front of `leftover` was passed over already.
    let skipped = min(toSkip, block.count - leftover)
    var position = leftover + skipped
    toSkip -= skipped
    needed = 1
    while toSkip == 0 {
      let stop = parser.parse(
        block.rawSpan, from: position, at: place, into: &frames, summary: &summary)
      switch stop {
      case .needs(let from, let bytes):
        leftover = from
        needed = bytes
        if isLast { noteEnd(at: from) }
        return
      case .skip(let from, let bytes):
        position = min(from + bytes, block.count)
        toSkip = from + bytes - position
      case .finished:
        isAtEnd = true
        position = block.count
        noteStreamDamage()
        leftover = position
        return
      }
    }
    leftover = position
    if isLast { noteEnd(at: position) }
  }

  private func noteEnd(at position: Int) {
    noteStreamDamage()
    guard position < block.count || toSkip > 0 else { return }
    summary.truncated = true
    summary.note("the capture ends in the middle of a record, at byte \(blockOffset + block.count)")
  }

  private func noteStreamDamage() {
    guard let stream, let damage = stream.damage else { return }
    if stream.isCut { summary.truncated = true }
    summary.note("\(damage), behind frame \(summary.frames)")
  }
}
