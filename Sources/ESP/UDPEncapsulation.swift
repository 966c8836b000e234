internal import Bytes

/// What a UDP payload on port 4500 is (RFC 3948 §2), or on the port of Cisco's IPsec over UDP.
@usableFromInline
package enum UDPEncapsulation: Hashable, Sendable {
  /// A NAT keepalive: the one byte 0xff.
  case keepalive
  /// What stands behind the four zero bytes of the non-ESP marker: IKE, when `IKERecognizer` says
  /// so too.
  case ike(Range<Int>)
  /// ESP, from the first byte.
  case esp
  /// No payload at all.
  case empty
  /// Too short to be ESP or IKE.
  case tooShort
  /// Not IPsec: an SPI that cannot be, a length that ESP never has, or another protocol's bytes.
  case other

  /// The port that Cisco's IPsec over UDP uses unless told otherwise.
  @inlinable
  package static var ciscoPort: UInt16 { 10000 }
  /// The port of NAT traversal.
  @inlinable
  package static var natTraversalPort: UInt16 { 4500 }
  /// The shortest ESP packet: header, and the two trailer bytes with padding to four.
  private static let shortestESP = 12

  /// What a payload on port 4500 is.
  ///
  /// ESP is told from other protocols by what RFC 4303 demands of every packet, whatever its
  /// algorithms: an SPI outside 0 to 255, a length that is a multiple of four, and by not being a
  /// whole message of a protocol that is easily recognised. A sequence number of 0 is kept: a
  /// sender may start wrong, and the number of an extended sequence passes through it.
  ///
  /// - Parameters:
  ///   - payload: The UDP payload as captured.
  ///   - missing: Bytes of it that the capture does not hold.
  /// - Returns: What it is.
  package static func classify(_ payload: RawSpan, missing: Int = 0) -> UDPEncapsulation {
    let count = payload.byteCount
    guard count >= 4 else {
      if count == 0 { return missing == 0 ? .empty : .tooShort }
      return count == 1 && missing == 0 && payload.byte(at: 0) == 0xff ? .keepalive : .tooShort
    }
    if payload.uint32(at: 0) == 0 { return .ike(4..<count) }
    return classifyESP(payload, length: count + missing)
  }

  /// What a payload on the port of Cisco's IPsec over UDP is: ESP, a keepalive, or something else.
  /// IKE stays on its own port there.
  ///
  /// One packet proves little on a port that others use: see `ESPFlowEvidence`.
  package static func classifyCisco(_ payload: RawSpan, missing: Int = 0) -> UDPEncapsulation {
    switch classify(payload, missing: missing) {
    case .ike: .other
    case let answer: answer
    }
  }

  private static func classifyESP(_ payload: RawSpan, length: Int) -> UDPEncapsulation {
    guard length >= shortestESP, payload.byteCount >= ESPHeader.length else { return .tooShort }
    guard payload.uint32(at: 0) > 255, length % 4 == 0 else { return .other }
    return isAnotherProtocol(payload, length: length) ? .other : .esp
  }
}
