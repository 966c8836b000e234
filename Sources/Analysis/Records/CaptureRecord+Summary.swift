import Capture
import Timeline

extension CaptureRecord {
  /// What the reader knows of a capture.
  init(_ summary: CaptureSummary) {
    self.init()
    path = summary.path
    format = summary.format.rawValue
    compression = summary.compression.rawValue
    linkTypes = summary.linkTypes.map(\.description)
    frames = summary.frames
    bytes = summary.bytes
    firstFrame = summary.firstFrame.map { Moment($0, digits: summary.timestampDigits) }
    lastFrame = summary.lastFrame.map { Moment($0, digits: summary.timestampDigits) }
    truncated = summary.truncated
    dropped = summary.dropped
    shortFrames = summary.snapped.count
    warnings = summary.warnings
  }
}
