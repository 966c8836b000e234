import Reporting

/// How far reading has come, in one line on standard error that is redrawn a few times a second and
/// taken away at the end.
struct Progress {
  private var frames = 0
  private var bytes = 0
  private var shownAt = ContinuousClock.now
  private var isShown = false

  /// More was read.
  mutating func read(frames: Int, bytes: Int) {
    self.frames += frames
    self.bytes += bytes
    let now = ContinuousClock.now
    guard now - shownAt > .milliseconds(250) else { return }
    shownAt = now
    isShown = true
    Terminal.writeError("\r\(self.bytes >> 20) MB read, \(self.frames) frames\u{1b}[K")
  }

  /// Nothing more will be read: the line goes.
  mutating func end() {
    if isShown { Terminal.writeError("\r\u{1b}[K") }
    isShown = false
  }
}
