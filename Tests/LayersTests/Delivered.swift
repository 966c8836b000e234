import Bytes

@testable import Capture
@testable import Layers

/// A datagram with a copy of its bytes, so that tests may keep it.
struct Delivered: Equatable {
  var source: String
  var destination: String
  var ipProtocol: UInt8
  var ports: [UInt16]
  var transport: Datagram.Transport
  var payload: [UInt8]
  var ipPacket: [UInt8]
  var missing: Int
  /// Numbers of the frames it was put together from.
  var assembledFrom: [Int]
  var icmp: ICMPError?
  /// The part of the payload that an ICMP error quotes.
  var quoted: [UInt8]

  init(_ datagram: borrowing Datagram, _ bytes: RawSpan) {
    source = datagram.source.description
    destination = datagram.destination.description
    ipProtocol = datagram.ipProtocol
    ports = [datagram.sourcePort, datagram.destinationPort]
    transport = datagram.transport
    payload = bytes.copy(datagram.payload)
    ipPacket = bytes.copy(datagram.ipPacket)
    missing = datagram.missing
    assembledFrom = datagram.assembledFrom.map(\.number)
    icmp = datagram.icmp
    quoted = datagram.icmp.map { bytes.copy($0.quotedPayload) } ?? []
  }
}

/// Feeds frames to a decoder one by one, numbering them and letting time pass.
struct FrameFeeder {
  let decoder: LayerDecoder
  var linkType: UInt16 = 1
  /// Spares the short way of ordinary frames.
  var isThorough = false
  var number = 0
  var time = Timestamp(seconds: 1_700_000_000, nanoseconds: 0)
  var delivered: [Delivered] = []
  var outcomes: [FrameOutcome] = []

  init(linkType: UInt16 = 1, limits: LayerLimits = LayerLimits()) {
    decoder = LayerDecoder(limits: limits)
    self.linkType = linkType
  }

  /// Decodes one frame.
  ///
  /// - Parameters:
  ///   - bytes: The frame as captured.
  ///   - originalLength: Its length on the wire, where a snap length cut it.
  ///   - later: Nanoseconds since the frame before.
  /// - Returns: What became of it.
  @discardableResult
  mutating func feed(
    _ bytes: [UInt8], originalLength: Int? = nil, later: Int64 = 1_000_000
  ) -> FrameOutcome {
    number += 1
    time.nanoseconds &+= later
    let frame = Frame(
      number: number, capture: 0, time: time, linkType: LinkType(rawValue: linkType), offset: 0,
      capturedLength: bytes.count, originalLength: originalLength ?? bytes.count)
    var datagrams: [Delivered] = []
    let outcome =
      isThorough
      ? decoder.decodeThoroughly(frame, bytes.rawSpan) { datagram, bytes in
        datagrams.append(Delivered(datagram, bytes))
      }
      : decoder.decode(frame, bytes.rawSpan) { datagram, bytes in
        datagrams.append(Delivered(datagram, bytes))
      }
    delivered += datagrams
    outcomes.append(outcome)
    return outcome
  }
}

/// What one frame delivers.
func decode(
  _ bytes: [UInt8], linkType: UInt16 = 1, originalLength: Int? = nil
) -> (outcome: FrameOutcome, datagrams: [Delivered]) {
  var feeder = FrameFeeder(linkType: linkType)
  let outcome = feeder.feed(bytes, originalLength: originalLength)
  return (outcome, feeder.delivered)
}
