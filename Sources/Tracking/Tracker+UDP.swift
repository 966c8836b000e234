import Bytes
import ESP
import ISAKMP
import Layers
import Registries

extension Tracker {
  /// A UDP datagram: IKE, ESP in UDP, a keepalive, or another protocol.
  mutating func udpArrived(
    _ datagram: borrowing Datagram, _ bytes: RawSpan, at sighting: Sighting
  ) -> DatagramKind {
    let payload = bytes.extracting(datagram.payload)
    let (source, destination) = (datagram.sourcePort, datagram.destinationPort)
    if source == UDPEncapsulation.natTraversalPort
      || destination == UDPEncapsulation.natTraversalPort
    {
      let kind = encapsulatedArrived(payload, datagram, .udpMarked, .udp, at: sighting)
      return kind == .other ? unmarkedArrived(payload, datagram, at: sighting) : kind
    }
    if isIKEPort(source) || isIKEPort(destination) {
      return unmarkedArrived(payload, datagram, at: sighting)
    }
    if source == UDPEncapsulation.ciscoPort || destination == UDPEncapsulation.ciscoPort,
      case .esp = UDPEncapsulation.classifyCisco(payload, missing: datagram.missing),
      knowsPeers(datagram) || countsLikeESP(payload, datagram)
    {
      return espArrived(payload, datagram, encapsulation: .udpCisco, at: sighting)
    }
    return adoptedArrived(payload, datagram, at: sighting)
  }

  /// IKE's own ports: IKE, and GDOI, which speaks ISAKMP as well (RFC 2409 §5, RFC 6407 §2).
  private mutating func isIKEPort(_ port: UInt16) -> Bool { port == 500 || port == 848 }

  /// What comes behind RFC 3948's rules, in UDP or in a record of TCP: a marker and IKE, or ESP.
  mutating func encapsulatedArrived(
    _ payload: RawSpan, _ datagram: borrowing Datagram, _ transport: MessageTransport,
    _ encapsulation: Encapsulation, at sighting: Sighting
  ) -> DatagramKind {
    switch UDPEncapsulation.classify(payload, missing: datagram.missing) {
    case .keepalive:
      keepaliveArrived(datagram, at: sighting)
      return .keepalive
    case .ike(let range):
      let message = payload.extracting(range)
      guard isMessage(message, datagram, at: .expected) else {
        noteZeroSPI(payload, datagram, at: sighting)
        return .other
      }
      return messageArrived(message, datagram, transport, at: sighting)
    case .esp:
      // An IKE message without its marker starts with a cookie, which looks like an SPI.
      if isMessage(payload, datagram, at: .anywhere) { return .other }
      return espArrived(payload, datagram, encapsulation: encapsulation, at: sighting)
    case .empty, .tooShort, .other:
      return .other
    }
  }

  /// Remembers ESP with SPI 0 between hosts that have negotiated: its numbers are small ones, and
  /// its length is a multiple of four as all ESP's.
  private mutating func noteZeroSPI(
    _ payload: RawSpan, _ datagram: borrowing Datagram, at sighting: Sighting
  ) {
    guard strayZeroSPIs.count < 16, datagram.missing == 0, payload.byteCount >= 24,
      payload.byteCount % 4 == 0, payload.byte(at: 4) == 0, knowsPeers(datagram)
    else { return }
    strayZeroSPIs.append(
      StrayZeroSPI(
        source: Endpoint(datagram.source, port: datagram.sourcePort),
        destination: Endpoint(datagram.destination, port: datagram.destinationPort),
        sighting: sighting))
  }

  /// IKE without a marker: on its own ports, or astray on 4500.
  private mutating func unmarkedArrived(
    _ payload: RawSpan, _ datagram: borrowing Datagram, at sighting: Sighting
  ) -> DatagramKind {
    if payload.byteCount == 1, payload.byte(at: 0) == 0xff {
      keepaliveArrived(datagram, at: sighting)
      return .keepalive
    }
    let onOwnPort = isIKEPort(datagram.sourcePort) || isIKEPort(datagram.destinationPort)
    guard isMessage(payload, datagram, at: onOwnPort ? .expected : .anywhere) else {
      return clearArrived(datagram, at: sighting)
    }
    return messageArrived(payload, datagram, .udp, at: sighting)
  }

  /// Any other port: IKE where a flow carries it, by content alone; with or without the marker.
  private mutating func adoptedArrived(
    _ payload: RawSpan, _ datagram: borrowing Datagram, at sighting: Sighting
  ) -> DatagramKind {
    guard payload.byteCount >= ISAKMPHeader.byteCount else {
      return clearArrived(datagram, at: sighting)
    }
    if isMessage(payload, datagram, at: .anywhere) {
      return messageArrived(payload, datagram, .udp, at: sighting)
    }
    guard payload.uint32(at: 0) == 0, payload.byteCount > 32 else {
      return clearArrived(datagram, at: sighting)
    }
    let marked = payload.extracting(4..<payload.byteCount)
    guard isMessage(marked, datagram, at: .anywhere) else {
      return clearArrived(datagram, at: sighting)
    }
    return messageArrived(marked, datagram, .udpMarked, at: sighting)
  }

  /// True for an IKE message; where nothing but a fitting header speaks for it, only when the SPI
  /// is one that a certain message has brought.
  private mutating func isMessage(
    _ bytes: RawSpan, _ datagram: borrowing Datagram, at place: IKERecognizer.Place
  ) -> Bool {
    switch IKERecognizer.recognize(bytes, missing: datagram.missing, at: place) {
    case .no: false
    case .certain: true
    case .possible: ikeSAs.knows(initiatorSPI: bytes.uint64(at: 0))
    }
  }

  private mutating func keepaliveArrived(_ datagram: borrowing Datagram, at sighting: Sighting) {
    let source = Endpoint(datagram.source, port: datagram.sourcePort)
    let destination = Endpoint(datagram.destination, port: datagram.destinationPort)
    let sa = peers.latest(datagram.source, datagram.destination)
    if let sa {
      let known = sa.keepalives
      sa.keepalives = (
        count: (known?.count ?? 0) + 1, first: known?.first ?? sighting, last: sighting
      )
    }
    guard keepaliveEnds.count < 4096, keepaliveEnds.insert(source).inserted else { return }
    tell(.keepalive(sa, from: source, to: destination), at: sighting)
  }

  /// True when a flow on Cisco's port behaves as ESP does, though the capture holds no negotiation:
  /// other protocols use the port as well.
  private mutating func countsLikeESP(
    _ payload: RawSpan, _ datagram: borrowing Datagram
  ) -> Bool {
    let key = SecurityFlowKey(
      destination: datagram.destination, spi: UInt32(datagram.sourcePort), ipProtocol: 17)
    guard let header = try? ESPHeader(parsing: payload) else { return false }
    if ciscoEvidence[key] == nil, ciscoEvidence.count >= 1024 { return false }
    ciscoEvidence[key, default: ESPFlowEvidence()].packetSeen(header)
    return ciscoEvidence[key]?.verdict == .esp
  }

  /// True when the two hosts have negotiated by IKE.
  private mutating func knowsPeers(_ datagram: borrowing Datagram) -> Bool {
    peers.latest(datagram.source, datagram.destination) != nil
  }
}
