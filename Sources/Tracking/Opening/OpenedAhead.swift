import Bytes
import Crypto
import Keys
package import Layers
import Synchronization

/// A packet that probably continues a run, to be opened before its turn comes.
package struct OpeningRequest: Sendable {
  /// Index of its frame in the batch.
  package let frame: Int
  /// Where it stands in the batch's bytes, from the SPI to the integrity value.
  let start: Int
  let length: Int
  /// The place of its flow, and the number of the opener that its run has.
  let place: Int
  let number: Int
  /// The likely high half of its sequence number.
  let high: UInt32?
}

/// What was found in a packet of a run, ahead of its turn.
package struct OpenedAhead: Sendable {
  /// The opener that opened it, or whose clone did.
  let number: Int
  /// The high half that verified.
  let high: UInt32?
  let content: UsualContent
}

/// Some packets of a batch, to be opened by whoever has time.
///
/// `@unchecked Sendable`: it is in one thread's hands at a time, passed on under a lock.
package final class OpeningJob: @unchecked Sendable {
  private let bytes: [UInt8]
  package let requests: ArraySlice<OpeningRequest>
  /// What was found, by request; nil where a packet is not as most are.
  package private(set) var results: [OpenedAhead?] = []
  fileprivate let keys: OpenerKeys

  fileprivate init(_ bytes: [UInt8], _ requests: ArraySlice<OpeningRequest>, _ keys: OpenerKeys) {
    self.bytes = bytes
    self.requests = requests
    self.keys = keys
  }

  /// Opens its packets with what `engine` gives for each.
  fileprivate func run(
    _ buffer: inout [UInt8], _ engine: (OpeningRequest) -> PacketEngine?
  ) {
    results.reserveCapacity(requests.count)
    let bytes = bytes
    for request in requests {
      results.append(Self.open(bytes, request, engine(request), &buffer))
    }
  }

  private static func open(
    _ bytes: [UInt8], _ request: OpeningRequest, _ engine: PacketEngine?,
    _ buffer: inout [UInt8]
  ) -> OpenedAhead? {
    guard let engine,
      let usual = UsualPlaintext(
        bytes.rawSpan.extracting(request.start..<(request.start + request.length)), engine,
        high: request.high, into: &buffer),
      let content = UsualContent(
        buffer.rawSpan.extracting(usual.start..<usual.end), nextHeader: usual.nextHeader)
    else { return nil }
    return OpenedAhead(number: request.number, high: request.high, content: content)
  }
}

/// The keys of the openers that had a run, by their numbers, for any thread to make a clone; those of
/// an opener that is gone are gone as well.
final class OpenerKeys: Sendable {
  private struct Rows {
    var byNumber: [Int: ChildSAKeys] = [:]
    var added = 0
  }

  private let rows = Mutex(Rows())

  /// Adds keys; their number comes back.
  func add(_ keys: ChildSAKeys) -> Int {
    rows.withLock {
      $0.byNumber[$0.added] = keys
      $0.added += 1
      return $0.added - 1
    }
  }

  func remove(_ number: Int) {
    rows.withLock { $0.byNumber[number] = nil }
  }

  func row(_ number: Int) -> ChildSAKeys? {
    rows.withLock { $0.byNumber[number] }
  }

  /// How many are held, and how many are gone.
  var counts: (held: Int, gone: Int) {
    rows.withLock { ($0.byNumber.count, $0.added - $0.byNumber.count) }
  }
}

/// What one thread opens packets with: its own clones of the openers it met.
package struct OpenerClones {
  /// By the openers' numbers, and the numbers they are of.
  private var engines: [(number: Int, engine: PacketEngine)?] = []
  private var buffer = [UInt8](repeating: 0, count: 2048)
  /// Openers that were gone when clones without one were last looked for.
  private var gone = 0
  /// Clones kept at most; a later one takes the place of an earlier one.
  private static let limit = 16_384

  package init() {}

  package mutating func run(_ job: OpeningJob) {
    letGo(job.keys)
    var (engines, buffer) = (engines, buffer)
    self.engines = []
    job.run(&buffer) { request in
      let index = request.number % Self.limit
      if index < engines.count, let known = engines[index], known.number == request.number {
        return known.engine
      }
      while engines.count <= index { engines.append(nil) }
      guard let engine = job.keys.row(request.number).flatMap({ ESPOpener.engine(for: $0) }) else {
        return nil
      }
      engines[index] = (request.number, engine)
      return engine
    }
    (self.engines, self.buffer) = (engines, buffer)
  }

  /// Lets go of clones whose opener is gone, a good many at a time.
  private mutating func letGo(_ keys: OpenerKeys) {
    let gone = keys.counts.gone
    guard gone - self.gone >= max(64, engines.count / 8) else { return }
    self.gone = gone
    for index in engines.indices {
      if let known = engines[index], keys.row(known.number) == nil { engines[index] = nil }
    }
  }
}

extension Tracker {
  /// Packets of a job; more than a few, so that handing it over does not count, and few, so that
  /// nobody waits long for the last one.
  private static let packetsOfJob = 64

  /// The jobs that a batch's packets of present runs make; empty where that is not worth it.
  package mutating func openingJobs(
    _ bytes: [UInt8], _ requests: [OpeningRequest]
  ) -> [OpeningJob] {
    guard requests.count >= Self.packetsOfJob / 2 else { return [] }
    return stride(from: 0, to: requests.count, by: Self.packetsOfJob).map { start in
      OpeningJob(
        bytes, requests[start..<min(start + Self.packetsOfJob, requests.count)], openerKeys)
    }
  }

  /// The request for a packet in a common frame, where its flow has a run.
  ///
  /// - Parameters:
  ///   - packet: The packet.
  ///   - frame: Index of its frame in the batch.
  ///   - offset: Where the frame starts in the batch's bytes.
  /// - Returns: The request; nil where the packet is better opened at its turn.
  package func openingRequest(
    _ packet: CommonESP, frame: Int, offset: Int
  ) -> OpeningRequest? {
    let place = securityPlaces[PlaceCache.hash(packet.hosts & 0xffff_ffff, packet.header >> 32)]
    guard place >= 0, place < openedRuns.count, openedRuns[place].run.isOf(packet),
      let opener = openedRuns[place].opener
    else { return nil }
    return OpeningRequest(
      frame: frame, start: offset + packet.start, length: packet.length, place: place,
      number: openedRuns[place].number,
      high: opener.likelyHigh(UInt32(truncatingIfNeeded: packet.header)))
  }

  /// True while flows have runs of opened packets, and nobody wants to see these.
  package var mayOpenAhead: Bool { !openedRuns.isEmpty && packetOpened == nil }

  /// Does a job with the openers that the runs have.
  package mutating func run(_ job: OpeningJob) {
    let runs = openedRuns
    job.run(&usualPlaintext) { request in
      guard request.place < runs.count, runs[request.place].number == request.number else {
        return nil
      }
      return runs[request.place].opener?.engine
    }
  }
}
