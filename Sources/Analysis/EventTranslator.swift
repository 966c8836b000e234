import Bytes
import ISAKMP
import Registries
import Timeline
import Tracking

/// Turns what the tracker tells into events of the timeline.
final class EventTranslator: TrackerObserver {
  private let sink: any TimelineSink
  private let verbose: Bool
  private let detail: EventDetail
  private var endpoints = EndpointTexts()
  /// Digits of a second by capture.
  var digits: [Int] = []

  init(sink: any TimelineSink, verbose: Bool) {
    self.sink = sink
    self.verbose = verbose
    detail = sink.eventDetail
  }

  func trackerSaw(_ event: TrackingEvent) {
    if case .forgotten(let ordinal) = event.kind { return sink.tunnelForgotten("t\(ordinal + 1)") }
    guard detail > .nothing else { return }
    var record = EventRecord()
    record.time = moment(event.sighting, digits)
    record.frame = event.sighting.frame
    record.capture = event.sighting.capture
    switch event.kind {
    case .message(let message, let exchange, let sa, let payloads, let opened):
      fill(&record, message, exchange, sa, payloads, opened)
    case .fragment(let sa, let label, let from, let to):
      record.kind = "ike.fragment"
      record.tunnel = sa.id
      record.from = from.description
      record.to = to.description
      record.summary = label
    case .stateChanged(let sa):
      record.kind = "ike.state"
      record.tunnel = sa.id
      record.summary = sa.state.name
    case .forgotten: return
    case .childChanged(let child):
      record.kind = "child.state"
      record.tunnel = child.ikeSA?.id
      record.childSA = child.id
      record.summary = child.state.name
    case .securityFlowStarted(let flow):
      fill(&record, flow)
      record.kind = "esp.first"
      record.summary = "first \(flow.protocolWord) packet, SPI \(hexadecimal(flow.key.spi))"
    case .gap(let flow, let skipped):
      fill(&record, flow)
      record.kind = "esp.gap"
      record.summary =
        "\(skipped) sequence number\(skipped == 1 ? "" : "s") passed over, "
        + "SPI \(hexadecimal(flow.key.spi))"
    case .keepalive(let sa, let from, let to):
      record.kind = "keepalive"
      record.tunnel = sa?.id
      record.from = from.description
      record.to = to.description
      record.summary = "first NAT keepalive from this end"
    case .innerFlowStarted(let flow):
      // Clear flows are many and say little one by one; their records come at the end.
      guard flow.visibility != .clear else { return }
      record.kind = "flow.first"
      record.tunnel = flow.carrier?.child?.ikeSA?.id
      record.childSA = flow.carrier?.child?.id
      record.summary = flow.key.text
    case .icmpError(let error, let sa):
      record.kind = "icmp"
      record.tunnel = sa.id
      record.from = error.reporter.description
      record.summary = error.text
    }
    sink.event(record)
  }

  private func fill(
    _ record: inout EventRecord, _ message: SeenMessage, _ exchange: Exchange, _ sa: IKESA,
    _ payloads: [Payload], _ opened: [Payload]
  ) {
    record.kind = "ike.message"
    record.tunnel = sa.id
    record.exchange = exchange.type.id
    record.messageID = Int(message.header.messageID)
    record.from = endpoints.text(of: message.source)
    record.to = endpoints.text(of: message.destination)
    record.summary = message.line
    if detail == .payloads { record.payloads = payloadRecords(payloads, opened) }
    record.retransmitOf = frame(message.copyOf, exchange)
    record.responseTo = frame(message.responseTo, exchange)
    record.malformed = (message.malformed ?? message.innerMalformed)?.description
  }

  private func frame(_ index: Int?, _ exchange: Exchange) -> Int? {
    guard let index, index < exchange.messages.count else { return nil }
    return exchange.messages[index].sighting.frame
  }

  private func fill(_ record: inout EventRecord, _ flow: SecurityFlow) {
    record.tunnel = flow.child?.ikeSA?.id
    record.childSA = flow.child?.id
    record.from = flow.source.description
    record.to = flow.key.destination.description
  }

  private func payloadRecords(_ payloads: [Payload], _ opened: [Payload]) -> [PayloadRecord] {
    var records: [PayloadRecord] = []
    records.reserveCapacity(payloads.count + opened.count)
    for payload in payloads { records.append(self.record(payload)) }
    for payload in opened { records.append(self.record(payload)) }
    return records
  }

  private func record(_ payload: Payload) -> PayloadRecord {
    var record = PayloadRecord()
    record.type = payload.notation()
    if verbose { record.fields = payload.fields.map { "\($0.name): \($0.value)" } }
    return record
  }
}

/// Texts of the endpoints that events named last: a tunnel's two are in every message of it.
private struct EndpointTexts {
  private var known: [(endpoint: Endpoint, text: String)?] = Array(repeating: nil, count: 256)

  mutating func text(of endpoint: Endpoint) -> String {
    let mixed =
      (endpoint.address.low ^ endpoint.address.high ^ UInt64(endpoint.port) << 32)
      &* 0x9e37_79b9_7f4a_7c15
    let place = Int(mixed >> 56)
    if let known = known[place], known.endpoint == endpoint { return known.text }
    let text = endpoint.description
    known[place] = (endpoint, text)
    return text
  }
}

/// A moment with the precision of its capture.
func moment(_ sighting: Sighting, _ digits: [Int]) -> Moment {
  Moment(
    sighting.time, digits: sighting.capture < digits.count ? digits[sighting.capture] : 6)
}
