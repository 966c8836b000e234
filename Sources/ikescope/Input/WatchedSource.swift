import Capture
import Reporting

/// Frames on their way to the analysis: counted for the progress, and ended early when the user
/// interrupts or when nobody reads the output any more.
final class WatchedSource: FrameSource {
  private let source: any FrameSource
  private let target: OutputTarget
  private let interruption: Interruption
  private var progress: Progress?

  /// - Parameters:
  ///   - source: Where the frames come from.
  ///   - target: Where the report goes.
  ///   - interruption: The user's wish to end early.
  ///   - progress: Where progress is shown; nil for nowhere.
  init(
    _ source: any FrameSource, target: OutputTarget, interruption: Interruption,
    progress: Progress? = nil
  ) {
    self.source = source
    self.target = target
    self.interruption = interruption
    self.progress = progress
  }

  var captures: [CaptureSummary] { source.captures }

  func nextBatch() throws(CaptureError) -> FrameBatch? {
    guard !interruption.isRaised, target.failure == nil, let batch = try source.nextBatch() else {
      progress?.end()
      return nil
    }
    progress?.read(frames: batch.frames.count, bytes: batch.bytes.count)
    return batch
  }
}
