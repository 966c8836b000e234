import Bytes
import Diagnosis
import Registries
import TestSupport
import Timeline

@testable import ISAKMP
@testable import Tracking

/// Builds the tracked state of one tunnel message by message, as an observer would have it.
final class TunnelBuilder {
  let ike: IKESA
  var id = "t1"
  var policies: [TunnelPolicy] = []
  var certificates: [CertificateRecord] = []
  private var frame: Int
  private(set) var clock: Double

  init(
    _ version: IKEVersion = .v1, _ mode: IKESA.Mode = .main, initiator: String = "192.0.2.1",
    responder: String = "198.51.100.2", port: UInt16 = 500, ordinal: Int = 0, at time: Double = 0,
    frame: Int = 1
  ) {
    self.frame = frame
    clock = time
    ike = IKESA(
      ordinal: ordinal, version: version, mode: version == .v2 ? .ikev2 : mode,
      initiatorSPI: UInt64(ordinal) + 1, responderSPI: 0,
      initiator: Endpoint(IPAddress(initiator) ?? .init(ipv4: 1), port: port),
      responder: Endpoint(IPAddress(responder) ?? .init(ipv4: 2), port: port),
      sawFirstMessage: true,
      at: Sighting(capture: 0, frame: frame, time: Self.time(time)))
    id = "t\(ordinal + 1)"
  }

  static func time(_ seconds: Double) -> Timestamp {
    Timestamp(nanoseconds: Int64(seconds * 1_000_000_000))
  }

  /// The place of the next frame.
  func next(after seconds: Double = 0.1) -> Sighting {
    clock += seconds
    defer { frame += 1 }
    let sighting = Sighting(capture: 0, frame: frame, time: Self.time(clock))
    ike.last = sighting
    return sighting
  }

  /// An exchange, made where there is none of that type and number.
  func exchange(
    _ type: ExchangeType, _ messageID: UInt32 = 0, by role: Role = .initiator
  ) -> Exchange {
    if let known = ike.exchanges.first(where: { $0.type == type && $0.messageID == messageID }) {
      return known
    }
    let exchange = Exchange(
      index: ike.exchanges.count, version: ike.version, type: type, messageID: messageID,
      startedBy: role)
    ike.exchanges.append(exchange)
    return exchange
  }

  /// One message; `copies` more of it follow.
  @discardableResult
  func say(
    _ type: ExchangeType, _ step: Int, _ from: Role, id messageID: UInt32 = 0, bytes: Int = 200,
    _ opening: Opening = .clear, copies: Int = 0, every gap: Double = 2, ports: UInt16? = nil,
    pieces: Int = 0, by starter: Role? = nil, after seconds: Double = 0.1
  ) -> Sighting {
    let exchange = exchange(
      type, messageID,
      by: starter ?? (ike.version == .v2 && step == 2 ? from.peer : from))
    let isResponse = ike.version == .v2 && step == 2
    var message = SeenMessage(
      sighting: next(after: seconds), from: from,
      path: MessagePath(
        source: end(from, ports), destination: end(from.peer, ports),
        transport: ports == 4500 ? .udpMarked : .udp),
      header: ISAKMPHeader(
        initiatorSPI: ike.initiatorSPI, responderSPI: ike.responderSPI,
        nextPayload: ike.version == .v2 && opening != .clear ? 46 : 1,
        majorVersion: ike.version.rawValue, exchangeType: type,
        flags: HeaderFlags(rawValue: isResponse ? 0x20 : 0), messageID: messageID,
        length: UInt32(bytes)), byteCount: bytes)
    message.step = step
    message.opening = opening
    message.fingerprint = UInt64(exchange.messages.count + 1) << 8 | UInt64(step)
    message.pieces = (0..<pieces).map {
      Sighting(
        capture: message.sighting.capture, frame: message.sighting.frame + 1000 + $0,
        time: message.sighting.time)
    }
    message.responseTo = exchange.messages.lastIndex {
      $0.copyOf == nil && $0.from != from && $0.step == step - 1
    }
    exchange.messages.append(message)
    let index = exchange.messages.count - 1
    for _ in 0..<copies {
      message.sighting = next(after: gap)
      message.copyOf = index
      exchange.messages.append(message)
      ike.retransmissions += 1
    }
    return exchange.messages[index].sighting
  }

  /// The same message once more.
  func again(_ type: ExchangeType, _ step: Int, id messageID: UInt32 = 0, after seconds: Double = 2)
  {
    let exchange = exchange(type, messageID)
    guard let index = exchange.messages.firstIndex(where: { $0.step == step && $0.copyOf == nil })
    else { return }
    var message = exchange.messages[index]
    message.sighting = next(after: seconds)
    message.copyOf = index
    exchange.messages.append(message)
  }

  func end(_ role: Role, _ port: UInt16?) -> Endpoint {
    let end = ike.endpoint(role)
    return Endpoint(end.address, port: port ?? end.port)
  }

  /// A notify in an informational message of its own (IKEv1), or in an answer (IKEv2).
  @discardableResult
  func notify(
    _ type: UInt16, from role: Role, isProtected: Bool = false, data: [UInt8] = [],
    spi: [UInt8] = [], in exchange: Exchange? = nil, at sighting: Sighting? = nil
  ) -> Sighting {
    let number = UInt32(1000 + ike.exchanges.count)
    let place =
      sighting
      ?? say(
        ike.version == .v1 ? .informational : .informationalV2, 1, role, id: number, bytes: 80,
        isProtected ? .opened : .clear)
    let exchange =
      exchange ?? self.exchange(ike.version == .v1 ? .informational : .informationalV2, number)
    guard let notify = Self.notify(ike.version, type, data, spi) else { return place }
    let seen = SeenNotify(
      sighting: place, from: role, notify: notify, isProtected: isProtected, answers: nil)
    exchange.notifies.append(seen)
    ike.notifies.append(seen)
    return place
  }

  /// The IKE SA is up from here.
  func establish() { establish(next()) }

  func establish(_ sighting: Sighting) {
    ike.state = .established
    ike.establishedAt = sighting
    for exchange in ike.exchanges where exchange.state == .waiting { exchange.state = .complete }
  }

  /// A child SA with its SPIs known and traffic both ways.
  @discardableResult
  func child(
    _ exchange: Exchange? = nil, packets: (Int, Int)? = (4, 4), encapsulation: Encapsulation = .none
  ) -> ChildSA {
    let child = ChildSA(ordinal: ike.children.count, ikeSA: ike, at: next())
    child.exchange = exchange
    exchange?.children.append(child)
    child.state = .established
    child.link = .exchange
    child.spiToInitiator = 0x1111 + UInt32(child.ordinal)
    child.spiToResponder = 0x2222 + UInt32(child.ordinal)
    child.selectorsOfInitiator = [Self.selector("10.1.0.0", "10.1.0.255")]
    child.selectorsOfResponder = [Self.selector("10.2.0.0", "10.2.0.255")]
    ike.children.append(child)
    guard let packets else { return child }
    let toResponder = flow(.responder, child, encapsulation)
    let toInitiator = flow(.initiator, child, encapsulation)
    for index in 0..<max(packets.0, packets.1) {
      if index < packets.0 { packet(toResponder, UInt32(index + 1)) }
      if index < packets.1 { packet(toInitiator, UInt32(index + 1)) }
    }
    child.flowToResponder = packets.0 > 0 ? toResponder : nil
    child.flowToInitiator = packets.1 > 0 ? toInitiator : nil
    flows += [toResponder, toInitiator].filter { $0.packets > 0 }
    return child
  }

  private(set) var flows: [SecurityFlow] = []
  private var marks = PacketMarks()

  func flow(
    _ receiver: Role, _ child: ChildSA?, _ encapsulation: Encapsulation = .none, spi: UInt32? = nil
  ) -> SecurityFlow {
    let known = receiver == .initiator ? child?.spiToInitiator : child?.spiToResponder
    let flow = SecurityFlow(
      ordinal: flows.count,
      key: SecurityFlowKey(
        destination: ike.endpoint(receiver).address, spi: spi ?? known ?? 0x9999, ipProtocol: 50),
      source: ike.endpoint(receiver.peer).address, ports: (0, 0), encapsulation: encapsulation,
      at: Sighting(capture: 0, frame: frame, time: Self.time(clock)))
    flow.child = child
    return flow
  }

  func add(_ flow: SecurityFlow) { flows.append(flow) }

  @discardableResult
  func packet(
    _ flow: SecurityFlow, _ sequence: UInt32, mark: UInt32? = nil, after seconds: Double = 0.1,
    fragmented: Bool = false, length: Int = 120
  ) -> Sighting {
    let sighting = next(after: seconds)
    let mark = mark ?? sequence &* 7919
    if flow.place < 0 {
      flow.place = flow.ordinal
      marks.begin(at: flow.place)
    }
    let noted = flow.counters.packetArrived(
      SecurityFlow.Packet(
        sequence: sequence, length: length, source: flow.source, ports: (0, 0), mark: mark,
        former: marks.mark(of: flow.place, sequence), isFragmented: fragmented,
        sighting: sighting),
      replayWindow: 64)
    if noted.arrival.isNew {
      marks.keep(sequence, of: flow.place, content: mark, at: sighting.time)
    }
    return sighting
  }

  /// The input that holds this tunnel alone.
  func input(until seconds: Double? = nil) -> DiagnosisInput {
    Self.input([self], until: seconds)
  }

  static func input(_ builders: [TunnelBuilder], until seconds: Double? = nil) -> DiagnosisInput {
    var input = DiagnosisInput()
    input.tunnels = builders.map {
      TunnelInput(ike: $0.ike, id: $0.id, policies: $0.policies, certificates: $0.certificates)
    }
    input.securityFlows = builders.flatMap(\.flows)
    // Of several tunnels the first one's: no rule looks at the marks of more.
    input.marks = builders.first?.marks ?? PacketMarks()
    let end = seconds ?? builders.map(\.clock).max() ?? 0
    input.captures = [CaptureFacts(path: "a.pcap", first: time(0), last: time(end), frames: 100)]
    return input
  }
}

extension TunnelBuilder {
  static func selector(_ first: String, _ last: String) -> SelectorRange {
    let low = IPAddress(first) ?? IPAddress(ipv4: 0)
    let high = IPAddress(last) ?? low
    return SelectorRange(addresses: low...max(low, high))
  }

  /// A notify as the parser of messages makes it.
  static func notify(
    _ version: IKEVersion, _ type: UInt16, _ data: [UInt8], _ spi: [UInt8]
  ) -> Notify? {
    let payload =
      version == .v1
      ? IKEBuilder.notifyV1(type, spi: spi, data) : IKEBuilder.notifyV2(type, spi: spi, data)
    guard case .notify(let notify)? = parsed(version, payload) else { return nil }
    return notify
  }

  /// A payload's body as the parser makes it.
  static func parsed(_ version: IKEVersion, _ payload: IKEBuilder.Payload) -> PayloadBody? {
    let bytes = IKEBuilder.message(
      version: version.rawValue, exchange: version == .v1 ? 5 : 37, [payload])
    return parse(bytes)?.payloads.first?.body
  }

  private static func parse(_ bytes: [UInt8]) -> Message? {
    try? Message(parsing: bytes.rawSpan)
  }

  /// One IKEv1 phase 1 offer, or an IKEv2 proposal.
  static func suite(
    _ version: IKEVersion = .v1, encryption: String = "aes-cbc", bits: Int? = 128,
    hash: String = "sha1", group: UInt16 = 14, method: UInt16 = 1, seconds: UInt64? = 86400
  ) -> Suite {
    var suite = Suite(
      proposalNumber: 1, transformNumber: version == .v1 ? 1 : nil, protocolID: .isakmp, spi: [],
      algorithms: [])
    suite.algorithms = [
      SuiteAlgorithm(role: .encryption, name: encryption, id: 12, keyBits: bits)
    ]
    if version == .v1 {
      suite.algorithms.append(SuiteAlgorithm(role: .hash, name: hash, id: hash == "sha1" ? 2 : 4))
      suite.algorithms.append(SuiteAlgorithm(role: .auth, name: "auth", id: method))
      suite.lifetimeSeconds = seconds
    } else {
      suite.algorithms.append(
        SuiteAlgorithm(role: .integrity, name: "hmac-\(hash)-96", id: hash == "sha1" ? 2 : 12))
      suite.algorithms.append(SuiteAlgorithm(role: .prf, name: "hmac-\(hash)", id: 2))
    }
    suite.algorithms.append(
      SuiteAlgorithm(
        role: .group, name: DiffieHellmanGroup(rawValue: group).id, id: group))
    return suite
  }

  /// One ESP offer.
  static func esp(
    encryption: String = "aes-cbc", bits: Int? = 128, integrity: String = "hmac-sha1-96"
  ) -> Suite {
    Suite(
      proposalNumber: 1, transformNumber: 1, protocolID: .esp, spi: [0, 0, 17, 17],
      algorithms: [
        SuiteAlgorithm(role: .encryption, name: encryption, id: 12, keyBits: bits),
        SuiteAlgorithm(role: .integrity, name: integrity, id: 2),
      ])
  }
}

/// Causes of errors and warnings, most important first.
func loud(_ input: DiagnosisInput) -> [String] {
  Diagnosis.findings(input).filter { $0.severity != "info" }.map(\.cause)
}

/// Causes of all findings.
func causes(_ input: DiagnosisInput) -> [String] { Diagnosis.findings(input).map(\.cause) }

/// The finding of a cause.
func finding(_ cause: String, _ input: DiagnosisInput) -> FindingRecord? {
  Diagnosis.findings(input).first { $0.cause == cause }
}
