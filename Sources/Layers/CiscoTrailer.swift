internal import Bytes

/// The sixteen bytes behind each packet of Cisco's IPsec over TCP, which is not a stream: every
/// segment is one packet, and lost ones are not sent again.
///
/// Known of them: four bytes of zero, a sequence number of two bytes, two bytes of which the low
/// twelve bits are zero, five bytes of unknown meaning, the IP protocol (17 or 50), two more bytes.
/// IKE stands there with its UDP header of ports 500.
enum CiscoTrailer {
  static let length = 16

  /// True when the bytes that end at `payload`'s end may be such a trailer.
  @inline(__always)
  static func mayEnd(_ bytes: RawSpan, _ payload: Range<Int>) -> Bool {
    guard payload.count >= length + 12 else { return false }
    let start = payload.upperBound - length
    guard bytes.uint32(at: start) == 0, bytes.uint16(at: start + 6) & 0xfff == 0 else {
      return false
    }
    let ipProtocol = bytes.byte(at: start + 13)
    return ipProtocol == IPProtocol.udp || ipProtocol == IPProtocol.esp
  }

  /// True when `range` holds a UDP header of ports 500 and an ISAKMP message that fills the rest.
  static func isIKE(_ bytes: RawSpan, _ range: Range<Int>) -> Bool {
    guard range.count >= 36, bytes.uint32(at: range.lowerBound) == 0x01f4_01f4 else { return false }
    let message = range.lowerBound + 8
    let version = bytes.byte(at: message + 17)
    return (version == 0x10 || version == 0x20)
      && Int(bytes.uint32(at: message + 24)) == range.count - 8
  }
}

/// What is known of a connection whose segments end like Cisco's trailer.
struct CiscoEvidence {
  var isProven = false
  var spi: UInt32 = 0
  var sequence: UInt32 = 0
  var matches = 0
}

extension LayerDecoder {
  /// Connections remembered at once.
  private static let maximumConnections = 256

  /// The packet of Cisco's IPsec over TCP that a segment is, or nil when that is not proven.
  ///
  /// Zeros are common in any data: an IKE message proves its connection, ESP does so by the same
  /// SPI with a sequence number that grows, three times in a row.
  func ciscoPacket(
    in segment: borrowing Datagram, _ bytes: RawSpan
  ) -> (ipProtocol: UInt8, payload: Range<Int>)? {
    let end = segment.payload.upperBound - CiscoTrailer.length
    let range = segment.payload.lowerBound..<end
    let ipProtocol = bytes.byte(at: end + 13)
    let direction = TCPStreamKey(
      source: segment.source, destination: segment.destination, sourcePort: segment.sourcePort,
      destinationPort: segment.destinationPort)
    if ipProtocol == IPProtocol.udp {
      guard CiscoTrailer.isIKE(bytes, range) else { return nil }
      remember(CiscoEvidence(isProven: true), direction)
      if ciscoConnections[direction.reversed]?.isProven != true {
        remember(CiscoEvidence(isProven: true), direction.reversed)
      }
      return (ipProtocol, (range.lowerBound + 8)..<end)
    }
    let spi = bytes.uint32(at: range.lowerBound)
    guard spi > 255, range.count % 4 == 0 else { return nil }
    let sequence = bytes.uint32(at: range.lowerBound + 4)
    var evidence = ciscoConnections[direction] ?? CiscoEvidence()
    if !evidence.isProven {
      let grows = evidence.spi == spi && (1...64).contains(sequence &- evidence.sequence)
      evidence.matches = grows ? evidence.matches + 1 : 0
      evidence.spi = spi
      evidence.sequence = sequence
      evidence.isProven = evidence.matches >= 2
      remember(evidence, direction)
    }
    return evidence.isProven ? (ipProtocol, range) : nil
  }

  private func remember(_ evidence: CiscoEvidence, _ direction: TCPStreamKey) {
    if ciscoConnections.count >= Self.maximumConnections, ciscoConnections[direction] == nil {
      ciscoConnections = ciscoConnections.filter { $0.value.isProven }
      if ciscoConnections.count >= Self.maximumConnections { ciscoConnections = [:] }
    }
    ciscoConnections[direction] = evidence
  }
}
