import Bytes

extension SecurityFlow {
  /// What the tracker is told of one ESP or AH packet.
  struct Packet {
    var sequence: UInt32
    /// Bytes from the SPI to the end of the packet.
    var length: Int
    var source: IPAddress
    var ports: (source: UInt16, destination: UInt16)
    /// A short mark of the packet's bytes.
    var mark: UInt32
    var isFragmented: Bool
    var sighting: Sighting
  }

  /// How many sightings of one kind are kept as evidence.
  static let evidenceKept = 8
}

extension FlowCounters {

  /// Counts one more packet and says what its sequence number means.
  mutating func packetArrived(_ packet: SecurityFlow.Packet, replayWindow: Int)
    -> (
      arrival: SequenceWindow.Arrival, inspects: Bool
    )
  {
    noteTime(packet.sighting)
    packets += 1
    bytes += packet.length
    note(length: Int32(clamping: packet.length))
    if packet.source != lastSource || packet.ports != lastPorts { notePath(packet) }
    if packet.isFragmented {
      self.fragmented += 1
      self.firstFragmented = self.firstFragmented ?? packet.sighting
    }
    if hasOddities, let ended = self.ended, packet.sighting.time.since(ended.time) > 2_000_000_000 {
      self.packetsAfterEnd += 1
      self.firstAfterEnd = self.firstAfterEnd ?? packet.sighting
    }
    if packet.sequence == 0, self.zeroSequence == nil { self.zeroSequence = packet.sighting }
    let arrival = window.packetArrived(packet.sequence)
    switch arrival {
    case .new:
      remember(packet)
    case .late:
      self.reordered += 1
      remember(packet)
      noteLateness(packet, replayWindow)
    case .repeated:
      self.duplicates += 1
      noteRepetition(packet)
    case .ancient:
      self.reordered += 1
      noteLateness(packet, replayWindow)
    }
    return (arrival, inspects)
  }

  /// Notes the high half above 0 that verified of the packet that arrived last.
  ///
  /// The low half alone goes back where the high half goes up (RFC 4303 §2.2.1): what was taken for
  /// a repetition or for a late packet lies ahead of everything seen.
  mutating func highHalfVerified(_ high: UInt32, low: UInt32, at sighting: Sighting) {
    if self.highHalfSeen == nil { self.highHalfSeen = (high, sighting) }
    guard high > self.highestHalf else { return }
    self.highestHalf = high
    guard packets > 1, window.highest != low else { return }
    window.restart(at: low)
    // Nothing is known any more of the packets that a later one may repeat.
    marks = Array(repeating: PacketMark(), count: marks.count)
    if self.lateSightings.last == sighting {
      self.lateSightings.removeLast()
      self.outsideReplayWindow -= 1
    }
    guard self.repeats.last?.sighting == sighting else {
      self.reordered -= 1
      return
    }
    self.repeats.removeLast()
    self.duplicates -= 1
  }

  /// Takes over a run of packets, each the next of the one before it.
  mutating func take(_ run: FlowRun) {
    guard run.packets > 0 else { return }
    packets += run.packets
    bytes += run.bytes
    note(length: run.longest)
    last = run.last
    if let gap = run.newLongestGap { noteLongest(gap: gap.nanoseconds, endedAt: gap.endedAt) }
    window.advance(byRunOf: run.packets)
  }

  private mutating func noteTime(_ sighting: Sighting) {
    let gap = sighting.time.since(last.time)
    if packets > 0, gap > longestGap?.nanoseconds ?? 0 {
      noteLongest(gap: gap, endedAt: sighting)
    }
    last = sighting
  }

  private mutating func notePath(_ packet: SecurityFlow.Packet) {
    lastSource = packet.source
    lastPorts = packet.ports
    if self.moves.count < SecurityFlow.evidenceKept { self.moves.append(packet.sighting) }
  }

  private mutating func noteLateness(_ packet: SecurityFlow.Packet, _ replayWindow: Int) {
    guard window.distanceBehind(packet.sequence) >= replayWindow else { return }
    self.outsideReplayWindow += 1
    if self.lateSightings.count < SecurityFlow.evidenceKept {
      self.lateSightings.append(packet.sighting)
    }
  }

  private mutating func noteRepetition(_ packet: SecurityFlow.Packet) {
    var repeated = RepeatedPacket(sequence: packet.sequence, sighting: packet.sighting)
    let mark = mark(of: packet.sequence)
    if window.distanceBehind(packet.sequence) < reach, mark.isKept {
      let now = UInt32(truncatingIfNeeded: packet.sighting.time.nanoseconds / 1000)
      repeated.after = Int64(now &- mark.microseconds) * 1000
      repeated.sameBytes = mark.content == packet.mark
    }
    if repeated.sameBytes == true, let after = repeated.after, after < 1_000_000 {
      self.duplicatesWithinMillisecond += 1
    }
    if self.repeats.count < SecurityFlow.evidenceKept { self.repeats.append(repeated) }
  }

  /// How many of the last packets that marks are kept of, 64 as a rule, came after a moment, at most
  /// half an hour back.
  package func packets(after moment: Sighting) -> Int {
    let threshold = UInt32(truncatingIfNeeded: moment.time.nanoseconds / 1000)
    var count = 0
    for index in 0..<min(reach, packets) {
      let mark = mark(of: window.highest &- UInt32(index))
      let since = mark.microseconds &- threshold
      if since != 0, since < 1 << 31, mark.content != 0 || mark.microseconds != 0 { count += 1 }
    }
    return count
  }

  private mutating func remember(_ packet: SecurityFlow.Packet) {
    let mark = PacketMark(content: packet.mark, at: packet.sighting.time)
    guard packets > 1 else {
      firstMark = mark
      return
    }
    if marks.isEmpty {
      let count = isOneOfMany ? Self.marksOfMany : Self.fewMarks
      marks = Array(repeating: PacketMark(), count: count)
      if let place = placeOfMark(window.first) { marks[place] = firstMark }
    }
    if placeOfMark(packet.sequence) == nil { widenMarks() }
    if let place = placeOfMark(packet.sequence) { marks[place] = mark }
  }

  /// How far behind the highest number a mark may be of another one.
  private var reach: Int { hasMarks ? marks.count : Self.allMarks }

  private func mark(of sequence: UInt32) -> PacketMark {
    if let place = placeOfMark(sequence) { return marks[place] }
    return sequence == window.first ? firstMark : PacketMark()
  }

  /// Few marks are those of the first numbers; all are those of the last, by number modulo their
  /// count.
  private func placeOfMark(_ sequence: UInt32) -> Int? {
    if hasMarks { return Int(sequence) & (marks.count - 1) }
    let offset = Int(sequence &- window.first)
    return offset < marks.count ? offset : nil
  }

  /// Makes room for the marks of a run; false where there is none yet.
  mutating func makeAllMarks() -> Bool {
    if !marks.isEmpty, !hasMarks { widenMarks() }
    return hasMarks
  }

  private mutating func widenMarks() {
    var wide = Array(repeating: PacketMark(), count: Self.allMarks)
    for offset in marks.indices {
      wide[Int(window.first &+ UInt32(offset)) & (Self.allMarks - 1)] = marks[offset]
    }
    marks = wide
  }
}
