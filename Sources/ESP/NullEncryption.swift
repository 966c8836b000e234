internal import Bytes

/// How the packets of an ESP flow without encryption are laid out.
package struct NullLayout: Hashable, Sendable {
  /// Bytes of the integrity value at the packet's end.
  package var integrityLength: Int
  /// Bytes between the header and the payload: 8 for ENCR_NULL_AUTH_AES_GMAC (RFC 4543), else 0.
  package var ivLength: Int

  package init(integrityLength: Int, ivLength: Int) {
    self.integrityLength = integrityLength
    self.ivLength = ivLength
  }

  /// What one packet of the flow holds.
  package struct Inner: Hashable, Sendable {
    /// The protocol of what the packet holds: 4 or 41 for a tunnel.
    package var nextHeader: UInt8
    /// Its place in the ESP packet.
    package var payload: Range<Int>
  }

  /// What the ESP packet that fills `bytes` holds, or nil when it is not laid out like this.
  package func inner(of bytes: RawSpan) -> Inner? {
    let start = ESPHeader.length + ivLength
    let end = bytes.byteCount - integrityLength
    guard end - start >= 2 else { return nil }
    let padding = Int(bytes.byte(at: end - 2))
    let payloadEnd = end - 2 - padding
    guard payloadEnd >= start else { return nil }
    // RFC 4303 §2.4: padding counts 1, 2, 3, and brings the trailer's end to four bytes.
    guard (end - start) % 4 == 0 else { return nil }
    for index in 0..<padding
    where bytes.byte(at: payloadEnd + index) != UInt8(truncatingIfNeeded: index + 1) {
      return nil
    }
    return Inner(nextHeader: bytes.byte(at: end - 1), payload: start..<payloadEnd)
  }
}

/// Finds out whether an ESP flow is not encrypted, from its packets alone (RFC 5879).
///
/// For every layout that exists, each packet either contradicts it or speaks for it with some
/// strength; a layout is believed when it fits the whole flow and has proved itself beyond chance.
/// Encrypted packets fit a layout by accident about once in ten thousand, and not twice.
package struct NullEncryptionDetector: Hashable, Sendable {
  /// What is known of the flow.
  package enum Verdict: Hashable, Sendable {
    /// Too few packets yet.
    case undecided
    /// No layout fits the flow: it is encrypted.
    case encrypted
    /// Not encrypted, and laid out so.
    case null(NullLayout)
  }

  private struct Candidate: Hashable {
    var layout: NullLayout
    var evidence = 0
  }

  /// HMAC-MD5 and HMAC-SHA-1 with 96 bits, SHA-2 with 128, 192 and 256, GMAC with 128, none; HMAC
  /// with 160 bits as draft SHA-1 had it.
  private static let layouts =
    [12, 16, 24, 32, 0, 20].map { NullLayout(integrityLength: $0, ivLength: 0) }
    + [NullLayout(integrityLength: 16, ivLength: 8)]
  /// Points that prove a layout.
  private static let proof = 8
  /// Packets after which nothing new is learned from a flow that proved nothing.
  private static let patience = 64

  /// What is known so far; does not change any more once decided.
  package private(set) var verdict = Verdict.undecided

  private var candidates = Self.layouts.map { Candidate(layout: $0) }
  private var packets = 0

  package init() {}

  /// Takes in a packet of the flow; only whole packets teach anything.
  ///
  /// - Parameter bytes: The ESP packet from its SPI to its end.
  package mutating func packetSeen(_ bytes: RawSpan) {
    guard verdict == .undecided else { return }
    packets += 1
    var remaining: [Candidate] = []
    for var candidate in candidates {
      guard let inner = candidate.layout.inner(of: bytes),
        let strength = plausibility(of: inner, bytes)
      else { continue }
      candidate.evidence += strength
      remaining.append(candidate)
    }
    candidates = remaining
    decide()
  }

  private mutating func decide() {
    guard let best = candidates.max(by: { $0.evidence < $1.evidence }) else {
      verdict = .encrypted
      return
    }
    if best.evidence >= Self.proof {
      verdict = .null(best.layout)
      candidates = []
    } else if packets >= Self.patience {
      verdict = .encrypted
      candidates = []
    }
  }
}

/// How strongly a packet's content speaks for its layout; nil when it contradicts it.
///
/// An inner IP header whose version and length fit is worth a proof together with one other
/// packet; upper layers of transport mode are worth less, since less of them can be checked.
private func plausibility(of inner: NullLayout.Inner, _ bytes: RawSpan) -> Int? {
  let range = inner.payload
  switch inner.nextHeader {
  case 4: return ipv4Fits(bytes, range) ? 6 : nil
  case 41: return ipv6Fits(bytes, range) ? 6 : nil
  case 6: return tcpFits(bytes, range) ? 3 : nil
  case 17: return udpFits(bytes, range) ? 4 : nil
  case 1, 58: return icmpFits(bytes, range, isICMPv6: inner.nextHeader == 58) ? 3 : nil
  // A dummy packet (RFC 4303 §2.6): nothing in it can be checked.
  case 59: return 0
  // GRE, EIGRP, OSPF, PIM, L2TP, SCTP: real, and nothing cheap to check but the padding.
  case 47, 88, 89, 103, 112, 115, 132: return range.count >= 4 ? 1 : nil
  default: return nil
  }
}

private func ipv4Fits(_ bytes: RawSpan, _ range: Range<Int>) -> Bool {
  guard range.count >= 20 else { return false }
  let first = bytes.byte(at: range.lowerBound)
  let total = Int(bytes.uint16(at: range.lowerBound + 2))
  // Less than the payload where traffic flow confidentiality pads behind the packet.
  return first >> 4 == 4 && first & 15 >= 5 && total >= 20 && total <= range.count
    && range.count - total < 1500
}

private func ipv6Fits(_ bytes: RawSpan, _ range: Range<Int>) -> Bool {
  guard range.count >= 40 else { return false }
  let total = Int(bytes.uint16(at: range.lowerBound + 4)) + 40
  return bytes.byte(at: range.lowerBound) >> 4 == 6 && total <= range.count
    && range.count - total < 1500
}

private func tcpFits(_ bytes: RawSpan, _ range: Range<Int>) -> Bool {
  guard range.count >= 20 else { return false }
  let header = Int(bytes.byte(at: range.lowerBound + 12) >> 4) * 4
  // Reserved bits are 0, and SYN never comes with FIN or RST.
  let flags = bytes.byte(at: range.lowerBound + 13)
  return header >= 20 && header <= range.count && bytes.byte(at: range.lowerBound + 12) & 0x0e == 0
    && !(flags & 2 != 0 && flags & 5 != 0)
}

private func udpFits(_ bytes: RawSpan, _ range: Range<Int>) -> Bool {
  range.count >= 8 && Int(bytes.uint16(at: range.lowerBound + 4)) == range.count
}

private func icmpFits(_ bytes: RawSpan, _ range: Range<Int>, isICMPv6: Bool) -> Bool {
  guard range.count >= 8 else { return false }
  let type = bytes.byte(at: range.lowerBound)
  let known = isICMPv6 ? (1...4).contains(type) || (128...160).contains(type) : type <= 18
  return known && bytes.byte(at: range.lowerBound + 1) <= 15
}
