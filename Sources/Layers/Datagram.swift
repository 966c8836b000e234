package import Bytes

/// One datagram of a frame: the innermost addresses, what they carry, and where its bytes stand.
///
/// Offsets refer to the bytes delivered beside it: the frame's own, or the buffer in which
/// fragments or a TCP stream were put together. Nothing is copied for a datagram that stands whole
/// in its frame, the value itself included: it is lent to whoever receives it.
package struct Datagram: ~Copyable, Sendable {
  /// How the datagram was carried; decides how IKE and ESP are looked for in `payload`.
  package enum Transport: Hashable, Sendable {
    /// The IP protocol's own payload: ESP, AH, or any protocol without ports.
    case ip
    /// UDP; `payload` is what follows the UDP header.
    case udp
    /// One record of IKE and ESP over TCP (RFC 9329): `payload` is what follows the 16-bit length.
    case tcpEncapsulated
    /// One segment of Cisco's IPsec over TCP: `payload` is the segment without its trailer, and
    /// without the UDP header that stands before IKE there; `ipProtocol` is what the trailer says:
    /// 17 for IKE, 50 for ESP.
    case tcpCisco
    /// A TCP segment of anything else; `payload` is what follows the TCP header.
    case tcp
    /// ICMP or ICMPv6; `quoted` tells which datagram an error speaks of.
    case icmp
  }

  /// The innermost source address.
  package var source: IPAddress
  /// The innermost destination address.
  package var destination: IPAddress
  /// The IP protocol number: 17 UDP, 50 ESP, 51 AH, 6 TCP, 1 ICMP, 58 ICMPv6. For a datagram of
  /// Cisco's IPsec over TCP the protocol it stands for.
  package var ipProtocol: UInt8
  /// Source port of UDP or TCP; 0 otherwise.
  package var sourcePort: UInt16
  /// Destination port of UDP or TCP; 0 otherwise.
  package var destinationPort: UInt16
  /// How `payload` was carried.
  package var transport: Transport
  /// The payload's place in the bytes delivered beside this value; ends where the protocol's own
  /// lengths or the captured bytes end, whichever comes first.
  package var payload: Range<Int>
  /// The whole innermost IP packet's place in the bytes delivered beside this value, where it
  /// stands there whole (fragments put together have no header of their own: empty).
  package var ipPacket: Range<Int>
  /// Payload bytes that the protocol's lengths promise and the capture does not hold (snap length
  /// or a cut frame).
  package var missing: Int
  /// What few datagrams have; nil for the ordinary one, which costs no reference counting thereby.
  private var rare: Rare?

  private final class Rare: Sendable {
    let assembledFrom: [FramePlace]
    let icmp: ICMPError?

    init(assembledFrom: [FramePlace], icmp: ICMPError?) {
      self.assembledFrom = assembledFrom
      self.icmp = icmp
    }
  }

  /// True when it was put together from fragments or segments: `assembledFrom` is not empty.
  package private(set) var isAssembled = false

  /// Frames whose fragments or segments this datagram was put together from, in order of
  /// arrival; empty for the ordinary datagram that stands in one frame.
  package var assembledFrom: [FramePlace] {
    get { rare?.assembledFrom ?? [] }
    set {
      rare = Rare(assembledFrom: newValue, icmp: icmp)
      isAssembled = !newValue.isEmpty
    }
  }

  /// What an ICMP error quotes; nil for everything else.
  package var icmp: ICMPError? {
    get { rare?.icmp }
    set { rare = Rare(assembledFrom: assembledFrom, icmp: newValue) }
  }

  package init(
    source: IPAddress, destination: IPAddress, ipProtocol: UInt8, sourcePort: UInt16 = 0,
    destinationPort: UInt16 = 0, transport: Transport, payload: Range<Int>,
    ipPacket: Range<Int> = 0..<0, missing: Int = 0, assembledFrom: [FramePlace] = [],
    icmp: ICMPError? = nil
  ) {
    self.source = source
    self.destination = destination
    self.ipProtocol = ipProtocol
    self.sourcePort = sourcePort
    self.destinationPort = destinationPort
    self.transport = transport
    self.payload = payload
    self.ipPacket = ipPacket
    self.missing = missing
    rare = nil
    if !assembledFrom.isEmpty || icmp != nil {
      rare = Rare(assembledFrom: assembledFrom, icmp: icmp)
      isAssembled = !assembledFrom.isEmpty
    }
  }

  /// A datagram that stands whole in its frame: nothing rare about it, and nothing to be looked at.
  @inline(__always)
  init(
    whole source: IPAddress, _ destination: IPAddress, _ ipProtocol: UInt8, _ sourcePort: UInt16,
    _ destinationPort: UInt16, _ transport: Transport, payload: Range<Int>, ipPacket: Range<Int>
  ) {
    self.source = source
    self.destination = destination
    self.ipProtocol = ipProtocol
    self.sourcePort = sourcePort
    self.destinationPort = destinationPort
    self.transport = transport
    self.payload = payload
    self.ipPacket = ipPacket
    missing = 0
    rare = nil
  }
}

/// An ICMP or ICMPv6 error and the datagram it quotes.
package struct ICMPError: Hashable, Sendable {
  /// ICMP type (RFC 792) or ICMPv6 type (RFC 4443).
  package var type: UInt8
  /// Code within the type.
  package var code: UInt8
  /// True for ICMPv6.
  package var isICMPv6: Bool
  /// Next-hop MTU of "fragmentation needed" and "packet too big", in bytes; nil where not given.
  package var mtu: Int?
  /// Source of the quoted datagram.
  package var quotedSource: IPAddress
  /// Destination of the quoted datagram.
  package var quotedDestination: IPAddress
  /// IP protocol of the quoted datagram.
  package var quotedProtocol: UInt8
  /// Source port of a quoted UDP or TCP datagram; 0 otherwise.
  package var quotedSourcePort: UInt16
  /// Destination port of a quoted UDP or TCP datagram; 0 otherwise.
  package var quotedDestinationPort: UInt16
  /// The quoted payload (behind the quoted UDP header where there is one), as far as it was quoted.
  package var quotedPayload: Range<Int>
}
