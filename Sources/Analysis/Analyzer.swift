import Bytes
package import Capture
import Diagnosis
package import Keys
import Layers
package import Timeline
import Tracking

/// One pass over the frames of a source: layers, tracking, and the records of the timeline, which
/// leave for the sink as they become final.
///
/// It owns the clock (the packets'), the order and the memory budget. A file and a live interface
/// are the same to it.
package final class Analyzer {
  private let options: AnalysisOptions
  private let sink: any TimelineSink
  private let translator: EventTranslator

  package init(options: AnalysisOptions, sink: any TimelineSink) {
    self.options = options
    self.sink = sink
    keys = options.keys
    translator = EventTranslator(sink: sink, verbose: options.verbose)
  }

  /// The key material that was given, and all that was derived from it.
  package private(set) var keys: KeyMaterial
  /// What was opened and what was not.
  package private(set) var decryption = DecryptionCounts()

  /// Reads all frames, and delivers the final records.
  ///
  /// - Throws: Only what keeps the very first frames from being read; what fails later ends the
  ///   analysis with what was seen, and is said in the capture's warnings.
  package func run(_ source: any FrameSource) throws(CaptureError) {
    var pass = Pass(options: options, observer: translator)
    var meanwhile = options.diagnosesMeanwhile ? LiveDiagnosis(options) : nil
    // What is seen live is told at once.
    var line = BatchLine(
      jobs: meanwhile == nil ? options.jobs : 1, worthwhile: options.framesHandedOver)
    defer { line.end() }
    var captures = 0
    while !options.shouldStop(), let batch = try source.nextBatch() {
      var digits: [Int]?
      if captures < source.captures.count {
        digits = source.captures.map(\.timestampDigits)
        captures = source.captures.count
      }
      line.add(batch, digits: digits, pass)
      while line.isFull { take(&line, &pass) }
      if meanwhile?.isDue == true { pass.tracker.settle() }
      meanwhile?.look(
        at: pass, source.captures, translator.digits, hasNewFrames: !batch.frames.isEmpty,
        sink: sink)
    }
    while !line.isEmpty { take(&line, &pass) }
    pass.finish()
    keys = pass.tracker.keys
    decryption = DecryptionCounts(pass.tracker)
    let pairs = pass.tracker.linkByAddresses()
    let maker = RecordMaker(tracker: pass.tracker, digits: translator.digits, pairs: pairs)
    var timeline = maker.records()
    timeline.captures = captureRecords(source.captures, pass.counts)
    timeline.evictions = evictionSentences(pass.tracker.evictions, pass.decoder.statistics)
    let judgement = Judgement(
      tracker: pass.tracker, timeline: timeline, incomplete: pass.incomplete, options: options)
    sink.finished(judgement.judged())
  }

  /// Takes the next batch of a line.
  private func take(_ line: inout BatchLine, _ pass: inout Pass) {
    let job = line.next(&pass)
    if let digits = job.digits { translator.digits = digits }
    pass.take(job.batch, job.isHandedOver ? job.ahead : nil)
  }

  private func captureRecords(
    _ summaries: [CaptureSummary], _ counts: [CaptureCounts]
  ) -> [CaptureRecord] {
    summaries.enumerated().map { index, summary in
      var record = CaptureRecord(summary)
      if index < counts.count { record.counts = counts[index] }
      return record
    }
  }
}

/// The state of one pass: what the layers and the tracker hold, and the counts of each capture.
struct Pass {
  var decoder: LayerDecoder
  var tracker: Tracker
  var counts: [CaptureCounts] = []
  /// IP datagrams that were never whole, the first few thousand.
  var incomplete: [IncompleteDatagram] = []
  /// The frames of a batch that nobody looked at ahead, where many runs take turns.
  private var coming = ComingPackets()

  init(options: AnalysisOptions, observer: any TrackerObserver) {
    decoder = LayerDecoder(limits: options.layerLimits)
    tracker = Tracker(limits: options.limits, keys: options.keys)
    tracker.observer = observer
    if let opened = options.opened {
      tracker.packetOpened = { packet, plaintext in
        if let clear = ClearPacket(packet, plaintext) { opened(clear) }
      }
      let showsSecrets = options.showsSecrets
      tracker.messageOpened = { opened(ClearPacket($0, showsSecrets: showsSecrets)) }
    }
  }

  /// Takes the frames of a batch, in order, with what a team found ahead in some of them.
  mutating func take(_ batch: FrameBatch, _ found: Ahead? = nil) {
    var ahead = found ?? Ahead()
    let isCrowded = tracker.hasManyRuns
    let places = isCrowded ? tracker.likelyPlaces(of: ahead.packets) : []
    let approaches = isCrowded && found == nil
    if approaches { coming.begin() }
    let bytes = batch.bytes.rawSpan
    let frames = batch.frames.span
    var index = 0
    // True while packets are opened: those of known flows without keys are few then.
    var opens = false
    while index < frames.count {
      let capture = frames[index].capture
      while capture >= counts.count { counts.append(CaptureCounts()) }
      if !opens { index = takeKnown(frames, bytes, from: index, of: capture) }
      if index < frames.count, frames[index].capture == capture {
        if let place = ahead.place(of: index) {
          if isCrowded { tracker.prepare(ahead.packets.span, places, for: place) }
          opens = takeFound(
            frames[index], bytes, ahead, place, likely: isCrowded ? Int(places[place]) : -1)
        } else {
          opens =
            approaches
            ? takeComing(frames, bytes, index)
            : take(commonESP(frames[index], bytes), of: frames[index], bytes)
        }
        index += 1
      }
    }
    if incomplete.count < 4096 { incomplete += decoder.takeIncompleteDatagrams() }
  }

  /// Takes a frame where many runs take turns, having looked at those behind it.
  ///
  /// - Returns: True for a packet that continued the run of a flow with keys.
  @inline(__always)
  private mutating func takeComing(
    _ frames: Span<Frame>, _ bytes: RawSpan, _ index: Int
  ) -> Bool {
    if coming.wants(at: index) { look(frames, bytes, from: index) }
    tracker.approach(&coming, from: index)
    return take(
      commonESP(frames[index], bytes), of: frames[index], bytes, likely: coming.place(of: index))
  }

  /// Glances at the next frames.
  @inline(never)
  private mutating func look(_ frames: Span<Frame>, _ bytes: RawSpan, from index: Int) {
    let end = min(coming.end(at: index), frames.count)
    while coming.next < end {
      let frame = frames[coming.next]
      coming.add(
        ESPGlance(
          ethernet: frame.linkType.rawValue == 1 ? bytes.extracting(frame.range) : RawSpan()))
    }
    tracker.seek(&coming, at: index)
  }

  /// The packet of a frame that may continue a run; nil for any other frame.
  @inline(__always)
  private func commonESP(_ frame: Frame, _ bytes: RawSpan) -> CommonESP? {
    guard frame.linkType.rawValue == 1 else { return nil }
    let bytes = bytes.extracting(frame.range)
    return CommonIPv4(ethernet: bytes).flatMap { CommonESP($0, in: bytes) }
  }

  /// Takes frames of one capture as long as each belongs to a known flow and needs nothing but
  /// counting: nearly all of them.
  ///
  /// - Returns: The index of the first frame that was not taken.
  private mutating func takeKnown(
    _ frames: Span<Frame>, _ bytes: RawSpan, from start: Int, of capture: Int
  ) -> Int {
    let decoder = decoder
    var (esp, other) = (0, 0)
    var index = start
    var known = tracker.knownFlows
    while index < frames.count, frames[index].capture == capture,
      frames[index].linkType.rawValue == 1
    {
      let bytes = bytes.extracting(frames[index].range)
      guard let packet = CommonIPv4(ethernet: bytes) else { break }
      let sighting = Sighting(
        capture: capture, frame: frames[index].number, time: frames[index].time)
      if let packet = CommonESP(packet, in: bytes) {
        guard known.took(packet, at: sighting) else { break }
        esp &+= 1
      } else {
        guard packet.transport == 17 || decoder.isPlainTCP(packet, in: bytes),
          known.took(packet, bytes, at: sighting)
        else { break }
        other &+= 1
      }
      index &+= 1
    }
    counts[capture].esp += esp
    counts[capture].other += other
    return index
  }

  /// Takes a frame whose packet was found ahead.
  ///
  /// - Returns: True for a packet that continued the run of a flow with keys.
  @inline(__always)
  private mutating func takeFound(
    _ frame: Frame, _ bytes: RawSpan, _ ahead: Ahead, _ place: Int, likely: Int
  ) -> Bool {
    let sighting = Sighting(capture: frame.capture, frame: frame.number, time: frame.time)
    let bytes = bytes.extracting(frame.range)
    if tracker.opensRun(
      ahead.packets[place].packet, bytes, ahead.packets[place].found, ahead.plaintexts.rawSpan,
      likely: likely, at: sighting)
    {
      counts[frame.capture].esp += 1
      return true
    }
    takeOther(frame, bytes, at: sighting)
    return false
  }

  /// Takes a frame of any kind.
  ///
  /// - Parameters:
  ///   - packet: The packet that may continue a run of opened ones; nil where there is none.
  ///   - frame: The frame.
  ///   - bytes: The batch's bytes.
  ///   - likely: Where the run probably stands; -1 when nobody has looked.
  /// - Returns: True for a packet that continued the run of a flow with keys.
  @inline(__always)
  private mutating func take(
    _ packet: CommonESP?, of frame: Frame, _ bytes: RawSpan, likely: Int = -1
  ) -> Bool {
    let sighting = Sighting(capture: frame.capture, frame: frame.number, time: frame.time)
    let bytes = bytes.extracting(frame.range)
    if let packet, tracker.opensRun(packet, bytes, likely: likely, at: sighting) {
      counts[frame.capture].esp += 1
      return true
    }
    takeOther(frame, bytes, at: sighting)
    return false
  }

  /// Takes a frame that continues no run of opened packets.
  private mutating func takeOther(_ frame: Frame, _ bytes: RawSpan, at sighting: Sighting) {
    var kind = DatagramKind.other
    let isCommon = decoder.deliverCommon(frame.linkType, bytes) { datagram, bytes in
      kind = tracker.datagramArrived(datagram, bytes, at: sighting)
    }
    if isCommon {
      counts[frame.capture].count(kind)
    } else {
      takeUncommon(frame, bytes, at: sighting)
    }
  }

  /// Takes a frame that may deliver several datagrams, or none.
  private mutating func takeUncommon(_ frame: Frame, _ bytes: RawSpan, at sighting: Sighting) {
    var kinds = FrameKinds()
    let outcome = decoder.decode(frame, bytes) { datagram, bytes in
      kinds.insert(tracker.datagramArrived(datagram, bytes, at: sighting))
      if datagram.isAssembled { kinds.isAssembled = true }
    }
    counts[frame.capture].count(outcome, kinds)
  }

  /// The frames have ended.
  mutating func finish() {
    decoder.flush()
    incomplete += decoder.takeIncompleteDatagrams()
    tracker.finish()
  }
}

/// What one frame held; each kind counts once a frame.
struct FrameKinds {
  var ike = false
  var esp = false
  var ah = false
  var keepalive = false
  var malformed = false
  var isAssembled = false

  mutating func insert(_ kind: DatagramKind) {
    switch kind {
    case .ike: ike = true
    case .malformedIKE:
      ike = true
      malformed = true
    case .esp: esp = true
    case .ah: ah = true
    case .ahWithESP:
      ah = true
      esp = true
    case .keepalive: keepalive = true
    case .other: break
    }
  }
}

extension CaptureCounts {
  /// Counts a frame of one whole datagram.
  @inline(__always)
  mutating func count(_ kind: DatagramKind) {
    switch kind {
    case .esp: esp += 1
    case .other: other += 1
    case .ike: ike += 1
    case .malformedIKE:
      ike += 1
      malformed += 1
    case .ah: ah += 1
    case .ahWithESP:
      ah += 1
      esp += 1
    case .keepalive: natKeepalive += 1
    }
  }

  /// Counts a frame by what became of it and what it held.
  mutating func count(_ outcome: FrameOutcome, _ kinds: FrameKinds) {
    if kinds.ike { ike += 1 }
    if kinds.esp { esp += 1 }
    if kinds.ah { ah += 1 }
    if kinds.keepalive { natKeepalive += 1 }
    var isMalformed = kinds.malformed
    switch outcome {
    case .fragmentKept: ipFragments += 1
    case .malformed: isMalformed = true
    case .delivered where kinds.isAssembled: ipFragments += 1
    default: break
    }
    if isMalformed { malformed += 1 }
    if !kinds.ike, !kinds.esp, !kinds.ah, !kinds.keepalive, !isMalformed, outcome != .fragmentKept {
      other += 1
    }
  }
}
