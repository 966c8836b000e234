internal import Bytes

/// A TCP segment as far as streams need it.
struct TCPSegment {
  var sourcePort: UInt16
  var destinationPort: UInt16
  var sequence: UInt32
  var acknowledgment: UInt32
  /// FIN 1, SYN 2, RST 4, ACK 16.
  var flags: UInt8
  /// The data's place in the bytes being read.
  var payload: Range<Int>
  /// Data bytes that the capture does not hold.
  var missing: Int

  var isSynchronisation: Bool { flags & 2 != 0 }
  var isReset: Bool { flags & 4 != 0 }
}

extension LayerDecoder {
  /// Reads a TCP header (RFC 9293 §3.1) and delivers the segment, or the records of IKE and ESP
  /// that it completes.
  func tcp(
    _ header: IPHeader, _ bytes: RawSpan, _ start: Int, _ extent: Extent,
    _ context: borrowing Context, _ deliver: Delivery
  ) -> FrameOutcome {
    guard extent.end - start >= 20 else {
      return stopped(.tcp, at: start, needed: 20, extent, context)
    }
    let headerLength = Int(bytes.byte(at: start + 12) >> 4) * 4
    guard headerLength >= 20 else {
      return invalid(.tcp, at: start, "header length is \(headerLength) bytes", extent)
    }
    guard extent.end - start >= headerLength else {
      return stopped(.tcp, at: start, needed: headerLength, extent, context)
    }
    var datagram = datagram(
      IPProtocol.tcp, .tcp, header, start + headerLength, extent, context)
    datagram.sourcePort = bytes.uint16(at: start)
    datagram.destinationPort = bytes.uint16(at: start + 2)
    let payload = datagram.payload
    if streamPorts.mayFollow(datagram.sourcePort, datagram.destinationPort)
      || TCPStream.startsWithPrefix(bytes, payload)
    {
      let segment = TCPSegment(
        sourcePort: datagram.sourcePort, destinationPort: datagram.destinationPort,
        sequence: bytes.uint32(at: start + 4), acknowledgment: bytes.uint32(at: start + 8),
        flags: bytes.byte(at: start + 13), payload: payload, missing: datagram.missing)
      if let outcome = follow(segment, datagram, bytes, context, deliver) { return outcome }
    }
    if CiscoTrailer.mayEnd(bytes, payload), datagram.missing == 0,
      let packet = ciscoPacket(in: datagram, bytes)
    {
      datagram.transport = .tcpCisco
      datagram.ipProtocol = packet.ipProtocol
      datagram.payload = packet.payload
    }
    deliver(datagram, bytes)
    return .delivered
  }

  /// Hands a segment to its stream; nil when it is no stream of IKE and ESP, so that the segment is
  /// to be delivered as it is.
  ///
  /// The stream is taken out of the store while it works: whoever receives its records may decode
  /// inner packets with this same decoder.
  private func follow(
    _ segment: TCPSegment, _ datagram: borrowing Datagram, _ bytes: RawSpan,
    _ context: borrowing Context, _ deliver: Delivery
  ) -> FrameOutcome? {
    let key = TCPStreamKey(
      source: datagram.source, destination: datagram.destination,
      sourcePort: segment.sourcePort, destinationPort: segment.destinationPort)
    if segment.isReset {
      streams.remove(key)
      return nil
    }
    guard var stream = streams.take(key, for: segment, bytes, &statistics) else { return nil }
    let wasFollowed = stream.isConfirmed
    let packet = datagram.ipPacket
    let assembled = datagram.assembledFrom
    let count = stream.receive(segment, bytes, frame: context.place) {
      bytes, payload, missing, frames in
      deliver(
        Datagram(
          source: key.source, destination: key.destination, ipProtocol: IPProtocol.tcp,
          sourcePort: key.sourcePort, destinationPort: key.destinationPort,
          transport: .tcpEncapsulated, payload: payload,
          ipPacket: frames.isEmpty ? packet : 0..<0, missing: missing,
          assembledFrom: frames.isEmpty ? assembled : frames), bytes)
    }
    statistics.streamBytesMissed += stream.takeMissed()
    let isFollowed = stream.isConfirmed
    if isFollowed, !wasFollowed { statistics.encapsulatedStreams += 1 }
    streams.put(stream, key, &statistics)
    guard isFollowed, !segment.payload.isEmpty else { return nil }
    return count > 0 ? .delivered : .segmentKept
  }
}
