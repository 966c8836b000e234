import Bytes
import ESP
import ISAKMP
import Layers

extension Tracker {
  /// An ICMP error: it belongs to the tunnel whose IKE message or packet it quotes.
  mutating func icmpArrived(
    _ error: ICMPError, _ datagram: borrowing Datagram, _ bytes: RawSpan, at sighting: Sighting
  ) {
    let quoted = bytes.extracting(error.quotedPayload)
    guard isIPsec(error), let sa = ikeSA(quotedBy: error, quoted) else { return }
    guard sa.icmpErrors.count < 64 else { return }
    let seen = SeenICMPError(
      sighting: sighting, reporter: datagram.source, type: error.type, code: error.code,
      isICMPv6: error.isICMPv6, mtu: error.mtu,
      quotedFrom: error.quotedSource == sa.initiator.address ? .initiator : .responder,
      quotedProtocol: error.quotedProtocol, quotedDestinationPort: error.quotedDestinationPort)
    sa.icmpErrors.append(seen)
    tell(.icmpError(seen, in: sa), at: sighting)
  }

  private mutating func isIPsec(_ error: ICMPError) -> Bool {
    switch error.quotedProtocol {
    case 50, 51: true
    case 17:
      [500, 848, UDPEncapsulation.natTraversalPort].contains {
        $0 == error.quotedSourcePort || $0 == error.quotedDestinationPort
      }
    default: false
    }
  }

  private mutating func ikeSA(quotedBy error: ICMPError, _ quoted: RawSpan) -> IKESA? {
    let marker =
      error.quotedDestinationPort == UDPEncapsulation.natTraversalPort && quoted.byteCount >= 4
        && quoted.uint32(at: 0) == 0 ? 4 : 0
    if error.quotedProtocol == 17, quoted.byteCount >= marker + 16,
      let sa = ikeSAs.find(
        initiatorSPI: quoted.uint64(at: marker), responderSPI: quoted.uint64(at: marker + 8))
    {
      return sa
    }
    return peers.latest(error.quotedSource, error.quotedDestination)
  }
}
