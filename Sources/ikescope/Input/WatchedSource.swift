import Capture
import Reporting

/// Frames on their way to the analysis: counted for the progress, copied to a file where that was
/// asked for, and ended early when the user interrupts, when nobody reads the output any more, or
/// when reading or writing fails: then what was seen so far is still reported.
final class WatchedSource: FrameSource {
  /// What ended the frames, where that was a failure.
  private(set) var failure: CaptureError?

  private let source: any FrameSource
  private let target: OutputTarget
  private let interruption: Interruption
  private let writer: (any FrameWriter)?
  private var progress: Progress?
  private let tell: ((CaptureNotice) -> Void)?
  private var hasBegun = false

  /// - Parameters:
  ///   - source: Where the frames come from.
  ///   - target: Where the report goes.
  ///   - interruption: The user's wish to end early.
  ///   - writer: Where the frames are copied to; nil for nowhere.
  ///   - progress: Where progress is shown; nil for nowhere.
  ///   - tell: Is told at once what happens to an interface that is captured from.
  init(
    _ source: any FrameSource, target: OutputTarget, interruption: Interruption,
    writer: (any FrameWriter)? = nil, progress: Progress? = nil,
    tell: ((CaptureNotice) -> Void)? = nil
  ) {
    self.source = source
    self.target = target
    self.interruption = interruption
    self.writer = writer
    self.progress = progress
    self.tell = tell
  }

  var captures: [CaptureSummary] { source.captures }

  func nextBatch() throws(CaptureError) -> FrameBatch? {
    defer {
      if let tell, let live = source as? LiveSource { live.takeNotices().forEach(tell) }
    }
    do throws(CaptureError) {
      if let batch = try read() { return batch }
    } catch {
      progress?.end()
      guard hasBegun else { throw error }
      failure = error
    }
    progress?.end()
    return nil
  }

  private func read() throws(CaptureError) -> FrameBatch? {
    guard failure == nil, target.failure == nil else { return nil }
    // A live source ends by itself once interrupted, with what the kernel still holds.
    guard !interruption.isRaised || source is LiveSource, let batch = try source.nextBatch() else {
      return nil
    }
    hasBegun = true
    progress?.read(frames: batch.frames.count, bytes: batch.bytes.count)
    if let writer, !batch.frames.isEmpty {
      do throws(CaptureError) {
        for frame in batch.frames { try writer.write(frame, of: batch.bytes) }
        try writer.flush()
      } catch {
        // The frames that could not be kept are still explained; none are read after them.
        failure = error
      }
    }
    return batch
  }
}
