import Bytes
import Capture
import Layers
import Tracking

/// Batches in the order they were read, the packets of the later ones being opened by a team while
/// the earlier ones are looked at.
///
/// What a team finds is only ever used where opening the packet at its turn would find the same, so
/// that the result does not depend on how many threads there are.
struct BatchLine {
  private var batches: [Waiting] = []
  private let workers: Int
  /// Blocks that were looked at, to be filled again: new ones would cost more than the copy.
  private var blocks: [[UInt8]] = []
  private var team: OpeningTeam?
  /// Batches that are read ahead.
  private static let length = 6

  private struct Waiting {
    var batch: FrameBatch
    var digits: [Int]?
    var jobs: [OpeningJob]
  }

  /// - Parameter jobs: Threads in all, the caller's own one among them.
  init(jobs: Int) {
    workers = max(0, jobs - 1)
  }

  var isEmpty: Bool { batches.isEmpty }
  /// True when the first batch is to be looked at before another one is read.
  var isFull: Bool {
    guard let first = batches.first else { return false }
    // Nothing is gained by letting a batch wait in which nobody has anything to do.
    return first.jobs.isEmpty || batches.count >= Self.length
  }

  /// Takes a batch in.
  ///
  /// - Parameters:
  ///   - batch: The batch.
  ///   - digits: What is to be known of the captures from this batch on; nil for nothing new.
  ///   - pass: What knows which of its packets are worth opening.
  mutating func add(_ batch: FrameBatch, digits: [Int]?, _ pass: inout Pass) {
    var jobs: [OpeningJob] = []
    var batch = batch
    if workers > 0, pass.tracker.mayOpenAhead {
      batch.bytes = copy(batch.bytes)
      jobs = pass.tracker.openingJobs(batch.bytes, pass.openingRequests(batch))
      if !jobs.isEmpty, team == nil { team = OpeningTeam(count: workers) }
      team?.add(jobs)
    }
    batches.append(Waiting(batch: batch, digits: digits, jobs: jobs))
  }

  /// The first batch, with what was found in it.
  mutating func next(_ pass: inout Pass) -> (batch: FrameBatch, digits: [Int]?, ahead: Ahead) {
    let first = batches.removeFirst()
    for job in first.jobs {
      team?.await(job) { pass.tracker.run($0) }
    }
    return (first.batch, first.digits, Ahead(first.jobs))
  }

  /// Takes back a batch that was looked at.
  mutating func reuse(_ batch: consuming FrameBatch) {
    if workers > 0, blocks.count < Self.length { blocks.append(batch.bytes) }
  }

  /// A copy of a block that its source can go on using.
  private mutating func copy(_ block: [UInt8]) -> [UInt8] {
    var copy = blocks.popLast() ?? []
    copy.removeAll(keepingCapacity: true)
    copy.append(contentsOf: block)
    return copy
  }

  /// Lets the team go.
  func end() { team?.dismiss() }
}

/// What a team found in a batch, read frame by frame.
struct Ahead {
  private let jobs: [OpeningJob]
  private var job = 0
  private var request = 0
  /// The next frame that something may be known of; none has the highest number.
  private(set) var frame = Int.max

  /// Nothing.
  init() { jobs = [] }

  init(_ jobs: [OpeningJob]) {
    self.jobs = jobs
    frame = jobs.first?.requests.first?.frame ?? .max
  }

  /// What is known of a frame; nil where that has to be looked at. Frames are asked for in order.
  mutating func take(for index: Int) -> OpenedAhead? {
    while frame < index { _ = take() }
    return frame == index ? take() : nil
  }

  /// Only asked for while `frame` is a request's: a job that was awaited has a result for each of its
  /// requests, and no job is without any, so that both indices are in range.
  private mutating func take() -> OpenedAhead? {
    let found = jobs[job].results[request]
    request += 1
    if request == jobs[job].results.count { (job, request) = (job + 1, 0) }
    if job < jobs.count {
      let requests = jobs[job].requests
      frame = requests[requests.startIndex + request].frame
    } else {
      frame = .max
    }
    return found
  }
}

extension Pass {
  /// The packets of a batch that probably continue runs of opened packets.
  func openingRequests(_ batch: FrameBatch) -> [OpeningRequest] {
    var requests: [OpeningRequest] = []
    requests.reserveCapacity(batch.frames.count)
    let bytes = batch.bytes.rawSpan
    let frames = batch.frames.span
    for index in frames.indices where frames[index].linkType.rawValue == 1 {
      let range = frames[index].range
      let frame = bytes.extracting(range)
      if let packet = CommonIPv4(ethernet: frame), let esp = CommonESP(packet, in: frame),
        let request = tracker.openingRequest(esp, frame: index, offset: range.lowerBound)
      {
        requests.append(request)
      }
    }
    return requests
  }
}
