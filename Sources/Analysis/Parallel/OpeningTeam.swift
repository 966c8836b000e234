import Bytes
import Crypto
import Dispatch
import Synchronization
import Tracking

/// Threads that open packets ahead of their turn; the analysis helps where it would have to wait.
///
/// Jobs are taken in the order they came, by whoever is free.
final class OpeningTeam: Sendable {
  private let state = Mutex(State())
  private let work = DispatchSemaphore(value: 0)
  private let finished = DispatchSemaphore(value: 0)
  private let threads: Int

  private struct State {
    /// A few: no more than a line is long.
    var waiting: [OpeningJob] = []
    var isDismissed = false
  }

  /// Starts `count` threads that open with clones of a tracker's openers.
  init(count: Int, of tracker: Tracker) {
    threads = count
    keepFreedBlocks()
    let (log, keepsPlaintexts) = (tracker.openerLog, tracker.packetOpened != nil)
    for index in 0..<count {
      DispatchQueue(label: "opening \(index)").async { [self] in
        var clones = OpenerClones(of: log, keepsPlaintexts: keepsPlaintexts)
        while let job = nextJob() {
          job.run { clones.open(&$0, in: $1.rawSpan) }
          finished.signal()
        }
      }
    }
  }

  /// Lets the threads go.
  func dismiss() {
    state.withLock { $0.isDismissed = true }
    for _ in 0..<threads { work.signal() }
  }

  /// Hands a job to the team.
  func add(_ job: OpeningJob) {
    state.withLock { $0.waiting.append(job) }
    work.signal()
  }

  /// Returns when a job is done; does others, or that one, meanwhile.
  func await(_ job: OpeningJob, helping: (OpeningJob) -> Void) {
    while !job.isDone {
      if let other = takeJob() { helping(other) } else { finished.wait() }
    }
  }

  private func nextJob() -> OpeningJob? {
    while true {
      work.wait()
      if state.withLock({ $0.isDismissed }) { return nil }
      if let job = takeJob() { return job }
    }
  }

  private func takeJob() -> OpeningJob? {
    state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
  }
}
