import Bytes
import Capture
import Tracking

/// Batches in the order they were read, the packets of the later ones being opened by a team while
/// the earlier ones are looked at.
///
/// What a team finds is only ever used where opening the packet at its turn would find the same, so
/// that the result does not depend on how many threads there are.
struct BatchLine {
  private var jobs: [OpeningJob] = []
  private let workers: Int
  private var team: OpeningTeam?
  /// Batches that are read ahead: one for each thread, one to be looked at, one more that nobody has
  /// to wait. More of them would leave the near cache before anybody comes to them.
  private var length: Int { workers + 3 }
  /// Frames of a batch that is worth handing over.
  private let worthwhile: Int

  /// - Parameters:
  ///   - jobs: Threads in all, the caller's own one among them.
  ///   - worthwhile: Frames of a batch that is worth handing over.
  init(jobs: Int, worthwhile: Int = 32) {
    workers = max(0, jobs - 1)
    self.worthwhile = worthwhile
  }

  var isEmpty: Bool { jobs.isEmpty }
  /// True when the first batch is to be looked at before another one is read.
  var isFull: Bool {
    guard let first = jobs.first else { return false }
    // Nothing is gained by letting a batch wait in which nobody has anything to do.
    return !first.isHandedOver || jobs.count >= length
  }

  /// Takes a batch in.
  ///
  /// - Parameters:
  ///   - batch: The batch.
  ///   - digits: What is to be known of the captures from this batch on; nil for nothing new.
  ///   - pass: What knows whether its packets are worth opening.
  mutating func add(_ batch: FrameBatch, digits: [Int]?, _ pass: Pass) {
    let isWorthwhile =
      workers > 0 && batch.frames.count >= worthwhile && pass.tracker.mayOpenAhead
    let job = OpeningJob(batch, digits: digits, isHandedOver: isWorthwhile)
    if isWorthwhile {
      let team = self.team ?? OpeningTeam(count: workers, of: pass.tracker)
      self.team = team
      team.add(job)
    }
    jobs.append(job)
  }

  /// The first batch, with what was found in it.
  mutating func next(_ pass: inout Pass) -> OpeningJob {
    let first = jobs.removeFirst()
    team?.await(first) { job in job.run { pass.tracker.open(&$0, in: $1.rawSpan) } }
    return first
  }

  /// Lets the team go.
  func end() { team?.dismiss() }
}
