import Bytes

/// One capture of several: closed and waiting, or open with a batch at hand.
final class MergeInput {
  private let path: String
  private let options: OpenOptions
  private var source: FileSource?
  private var batch: FrameBatch?
  /// The next frame of the batch at hand.
  private(set) var position = 0
  private var time: Timestamp
  /// Time of the first frame, filtered out or not; nil for a capture without frames.
  let firstTime: Timestamp?
  private var waitingSummary: CaptureSummary

  /// Opens the capture to learn its first frame's time, and closes it again where that can be
  /// undone; a pipe stays open, and its first block is kept.
  init(_ path: String, options: OpenOptions) throws(CaptureError) {
    self.path = path
    self.options = options
    let (source, canBeReopened) = try openCapture(path, options)
    if canBeReopened {
      source.takesEverything = true
      source.blockLength = 16 << 10
    }
    batch = try source.nextBatch()
    firstTime = source.summary.firstFrame
    time = batch?.frames.first?.time ?? firstTime ?? Timestamp(nanoseconds: 0)
    waitingSummary = source.summary
    guard canBeReopened, firstTime != nil else {
      self.source = source
      return
    }
    batch = nil
    waitingSummary.forgetFrames()
  }

  /// What is known of the capture so far; before its turn only what its beginning tells.
  var summary: CaptureSummary { source?.summary ?? waitingSummary }

  /// True when this input's next frame comes before the other's; equal times go by the order in
  /// which the user gave the captures.
  func isBefore(_ other: MergeInput) -> Bool {
    time != other.time ? time < other.time : options.index < other.options.index
  }

  /// Opens the capture for good.
  ///
  /// - Returns: False when there is nothing to read, a file that went away included.
  func open() throws(CaptureError) -> Bool {
    guard source == nil else { return batch != nil }
    do throws(CaptureError) {
      source = try openCapture(path, options).source
    } catch {
      waitingSummary.note("the capture was there and cannot be opened any more: \(error)")
      return false
    }
    return try load()
  }

  /// Goes on to `position` of the batch at hand, or to the next batch.
  ///
  /// - Returns: False when there are no more frames.
  func advance(to position: Int) throws(CaptureError) -> Bool {
    self.position = position
    guard let batch, position == batch.frames.count else {
      time = self.batch?.frames[position].time ?? time
      return self.batch != nil
    }
    return try load()
  }

  private func load() throws(CaptureError) -> Bool {
    // Dropped first, so that the source can use its memory again.
    batch = nil
    position = 0
    batch = try source?.nextBatch()
    guard let batch else {
      source?.close()
      return false
    }
    time = batch.frames[0].time
    return true
  }

  /// The end of the frames that come before `limit`'s next one.
  func endOfRun(before limit: MergeInput?) -> Int {
    guard let batch else { return position }
    guard let limit else { return batch.frames.count }
    let winsTies = options.index < limit.options.index
    var end = position + 1
    while end < batch.frames.count {
      let time = batch.frames[end].time
      guard time < limit.time || winsTies && time == limit.time else { break }
      end += 1
    }
    return end
  }

  /// The frames up to `end` over their own block; the batch itself when they are all of it.
  func run(to end: Int) -> FrameBatch {
    guard let batch else { return FrameBatch(bytes: [], frames: []) }
    if position == 0, end == batch.frames.count { return batch }
    return FrameBatch(bytes: batch.bytes, frames: Array(batch.frames[position..<end]))
  }

  /// Appends the frames up to `end` with their bytes.
  func copyRun(to end: Int, into mixed: inout FrameBatch) {
    guard let batch else { return }
    for frame in batch.frames[position..<end] {
      var copy = frame
      copy.offset = mixed.bytes.count
      mixed.bytes.append(contentsOf: batch.bytes[frame.range])
      mixed.frames.append(copy)
    }
  }
}
