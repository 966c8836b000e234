internal import Bytes
package import Capture

/// Takes frames apart down to the datagrams that may carry IKE, ESP or AH.
///
/// One decoder sees the frames of an analysis in order: it keeps IP fragments and streams of IKE
/// over TCP until they are whole, in bounded memory. Everything else is delivered at once, from
/// the frame's own bytes, without allocation.
package final class LayerDecoder {
  /// Receives a datagram and the bytes that its ranges refer to.
  package typealias Delivery = (borrowing Datagram, RawSpan) -> Void

  /// Counts so far.
  package internal(set) var statistics = LayerStatistics()

  var fragments: FragmentStore
  var streams: TCPStreamStore {
    didSet { streamPorts = streams.ports }
  }
  /// A copy of `streams.ports`: one word, which every TCP segment asks for, without the check for
  /// overlapping accesses that a look into `streams` takes.
  var streamPorts = TCPStreamStore.Ports()
  var ciscoConnections: [TCPStreamKey: CiscoEvidence] = [:]

  package init(limits: LayerLimits = LayerLimits()) {
    fragments = FragmentStore(limits: limits)
    streams = TCPStreamStore(limits: limits)
  }

  /// Delivers what the frame carries: in most cases one datagram, none for a fragment that does
  /// not complete its datagram, several for a TCP segment with several records.
  ///
  /// - Parameters:
  ///   - frame: What the capture says of the frame.
  ///   - bytes: The frame's own bytes.
  ///   - deliver: Called for each datagram before this call returns.
  /// - Returns: What became of the frame.
  package func decode(
    _ frame: Frame, _ bytes: RawSpan, deliver: Delivery
  ) -> FrameOutcome {
    if frame.linkType.rawValue == 1, deliverOrdinary(bytes, deliver) { return .delivered }
    return decodeThoroughly(frame, bytes, deliver)
  }

  /// Delivers the datagram of a frame of the commonest shape, given its bytes; false for any other frame, which is
  /// then `decode`'s. Spares the outcome.
  package func deliverCommon(
    _ linkType: LinkType, _ bytes: RawSpan, deliver: Delivery
  ) -> Bool {
    linkType.rawValue == 1 && deliverOrdinary(bytes, deliver)
  }

  /// Decodes a frame of any shape.
  @inline(never)
  func decodeThoroughly(
    _ frame: Frame, _ bytes: RawSpan, _ deliver: Delivery
  ) -> FrameOutcome {
    let extent = Extent(
      end: bytes.byteCount, promised: max(bytes.byteCount, frame.originalLength), bound: .captured)
    let context = Context(
      number: frame.number, capture: frame.capture, time: frame.time,
      isCut: frame.originalLength > bytes.byteCount)
    switch networkStart(of: frame.linkType, in: bytes) {
    case .ip(let offset):
      return ip(bytes, offset, extent, context, deliver)
    case .nothing:
      return .notIP
    case .unsupported:
      return .unsupportedLinkType
    case .short(let layer, let offset, let needed):
      return stopped(layer, at: offset, needed: needed, extent, context)
    }
  }

  /// As `decode(_:_:deliver:)`, for bytes that start with an IP header: a packet that was decrypted
  /// or stood behind an AH header.
  ///
  /// - Parameters:
  ///   - bytes: The packet.
  ///   - frame: The frame that it came in, for its number and time.
  ///   - deliver: Called for each datagram before this call returns.
  /// - Returns: What became of the frame.
  package func decodeIP(
    _ bytes: RawSpan, in frame: Frame, deliver: Delivery
  ) -> FrameOutcome {
    let extent = Extent(end: bytes.byteCount, promised: bytes.byteCount, bound: .captured)
    let context = Context(
      number: frame.number, capture: frame.capture, time: frame.time, isCut: false)
    return ip(bytes, 0, extent, context, deliver)
  }

  /// Gives up whatever is still incomplete at the end of the capture, and reports it; records of
  /// TCP streams that arrived behind a gap are delivered now.
  package func flush(deliver: Delivery = { _, _ in }) {
    fragments.giveUpAll(&statistics)
    for (key, stream) in streams.takeAll() {
      var stream = stream
      _ = stream.finish { bytes, payload, missing, frames in
        deliver(
          Datagram(
            source: key.source, destination: key.destination, ipProtocol: IPProtocol.tcp,
            sourcePort: key.sourcePort, destinationPort: key.destinationPort,
            transport: .tcpEncapsulated, payload: payload, missing: missing, assembledFrom: frames),
          bytes)
      }
      statistics.streamBytesMissed += stream.takeMissed()
    }
  }

  /// Incomplete datagrams reported since the last call, oldest first; at most a few thousand are
  /// kept between calls, `statistics.incompleteDatagrams` counts them all.
  package func takeIncompleteDatagrams() -> [IncompleteDatagram] {
    fragments.takeIncomplete()
  }
}

extension LayerDecoder {
  /// Reads the IP packet at `start`.
  func ip(
    _ bytes: RawSpan, _ start: Int, _ extent: Extent, _ context: borrowing Context,
    _ deliver: Delivery
  ) -> FrameOutcome {
    guard start < extent.end else {
      return stopped(.ip, at: start, needed: 1, extent, context)
    }
    switch bytes.byte(at: start) >> 4 {
    case 4: return ipv4(bytes, start, extent, context, deliver)
    case 6: return ipv6(bytes, start, extent, context, deliver)
    case let version:
      return invalid(.ip, at: start, "version is \(version)", extent)
    }
  }

  /// The outcome for a header that does not fit.
  @inline(never)
  func stopped(
    _ layer: Layer, at offset: Int, needed: Int, _ extent: Extent, _ context: borrowing Context
  ) -> FrameOutcome {
    let error = WireError(
      .truncated, layer: layer.rawValue, offset: offset, needed: needed,
      available: max(0, extent.end - offset), boundedBy: extent.bound.rawValue)
    if extent.bound == .captured, context.isCut {
      statistics.truncated += 1
      return .truncated(error)
    }
    statistics.malformed[layer, default: 0] += 1
    return .malformed(error)
  }

  /// The outcome for a header whose values are impossible.
  @inline(never)
  func invalid(
    _ layer: Layer, at offset: Int, _ what: @autoclosure () -> String, _ extent: Extent
  ) -> FrameOutcome {
    statistics.malformed[layer, default: 0] += 1
    return .malformed(
      WireError(
        .invalid(what()), layer: layer.rawValue, offset: offset, needed: 0,
        available: max(0, extent.end - offset), boundedBy: extent.bound.rawValue))
  }
}
