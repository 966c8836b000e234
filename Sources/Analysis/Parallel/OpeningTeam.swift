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
    var waiting: [OpeningJob] = []
    /// Those of `waiting` before this were taken.
    var next = 0
    var done: Set<ObjectIdentifier> = []
    var isDismissed = false
  }

  /// Starts `count` threads.
  init(count: Int) {
    threads = count
    for index in 0..<count {
      DispatchQueue(label: "opening \(index)").async { [self] in
        var clones = OpenerClones()
        while let job = nextJob() {
          clones.run(job)
          end(job)
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

  /// Hands jobs to the team.
  func add(_ jobs: [OpeningJob]) {
    guard !jobs.isEmpty else { return }
    state.withLock { $0.waiting += jobs }
    for _ in jobs { work.signal() }
  }

  /// Returns when a job is done; does others, or that one, meanwhile.
  func await(_ job: OpeningJob, helping: (OpeningJob) -> Void) {
    while !state.withLock({ $0.done.remove(ObjectIdentifier(job)) != nil }) {
      if let other = takeJob() {
        helping(other)
        end(other)
      } else {
        finished.wait()
      }
    }
  }

  private func end(_ job: OpeningJob) {
    state.withLock { _ = $0.done.insert(ObjectIdentifier(job)) }
  }

  private func nextJob() -> OpeningJob? {
    while true {
      work.wait()
      if state.withLock({ $0.isDismissed }) { return nil }
      if let job = takeJob() { return job }
    }
  }

  private func takeJob() -> OpeningJob? {
    state.withLock { state in
      guard state.next < state.waiting.count else { return nil }
      let job = state.waiting[state.next]
      state.next += 1
      if state.next >= 256 {
        state.waiting.removeFirst(state.next)
        state.next = 0
      }
      return job
    }
  }
}
