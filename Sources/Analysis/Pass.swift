import Bytes
import Capture
import Layers
import Timeline
import Tracking

/// The state of one pass: what the layers and the tracker hold, and the counts of each capture.
struct Pass {
  var decoder: LayerDecoder
  var tracker: Tracker
  var counts: [CaptureCounts] = []
  /// IP datagrams that were never whole, the first few thousand.
  var incomplete: [IncompleteDatagram] = []
  /// The frames of a batch that nobody looked at ahead, where many runs take turns.
  private var coming = ComingPackets()
  /// True while packets are opened: those of known flows without keys are few then.
  private var opens = false

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
