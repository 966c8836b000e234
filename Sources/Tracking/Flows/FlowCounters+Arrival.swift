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
    /// The mark of the packet that came with this number before it, where that is still remembered.
    var former: PacketMark?
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
      break
    case .late:
      self.reordered += 1
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
  ///
  /// - Returns: True when numbers begin anew: nothing is known of the packets that one may repeat.
  mutating func highHalfVerified(_ high: UInt32, low: UInt32, at sighting: Sighting) -> Bool {
    if self.highHalfSeen == nil { self.highHalfSeen = (high, sighting) }
    guard high > self.highestHalf else { return false }
    self.highestHalf = high
    guard packets > 1, window.highest != low else { return false }
    window.restart(at: low)
    if self.lateSightings.last == sighting {
      self.lateSightings.removeLast()
      self.outsideReplayWindow -= 1
    }
    guard self.repeats.last?.sighting == sighting else {
      self.reordered -= 1
      return true
    }
    self.repeats.removeLast()
    self.duplicates -= 1
    return true
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
    if packet.source != lastSource { self.movedTo = packet.source }
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
    if let mark = packet.former, window.distanceBehind(packet.sequence) < PacketMarks.reach {
      let now = UInt32(truncatingIfNeeded: packet.sighting.time.nanoseconds / 1000)
      repeated.after = Int64(now &- mark.microseconds) * 1000
      repeated.sameBytes = mark.content == packet.mark
    }
    if repeated.sameBytes == true, let after = repeated.after, after < 1_000_000 {
      self.duplicatesWithinMillisecond += 1
    }
    if self.repeats.count < SecurityFlow.evidenceKept { self.repeats.append(repeated) }
  }
}
