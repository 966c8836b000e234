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
  private var ends = EndTexts()
  private var names = TunnelNames()
  /// Digits of a second by capture.
  var digits: [Int] = []

  init(sink: any TimelineSink, verbose: Bool) {
    self.sink = sink
    self.verbose = verbose
    detail = sink.eventDetail
  }

  func trackerSaw(
    _ message: borrowing SeenMessage, of exchange: Exchange, in sa: IKESA, payloads: [Payload],
    opened: [Payload]
  ) {
    guard detail > .nothing else { return }
    var record = record(.message, at: message.sighting)
    record.tunnel = names.name(of: sa)
    (record.from, record.to) = ends.texts(of: message.path)
    record.line = message.summary
    record.retransmitOf = frame(message.copyOf, exchange)
    if !message.isOrdinary {
      record.malformed = (message.malformed ?? message.innerMalformed)?.description
    }
    if detail == .everything {
      record.exchange = exchange.type.id
      record.messageID = Int(message.header.messageID)
      record.responseTo = frame(message.responseTo, exchange)
      record.payloads = payloadRecords(payloads, opened)
    }
    sink.event(record)
  }

  @inline(__always)
  private func record(_ kind: EventKind, at sighting: Sighting) -> EventRecord {
    var record = EventRecord()
    record.time = moment(sighting, digits)
    record.frame = sighting.frame
    record.capture = sighting.capture
    record.kind = kind
    return record
  }

  func trackerSaw(_ event: TrackingEvent) {
    if case .forgotten(let ordinal) = event.kind { return sink.tunnelForgotten("t\(ordinal + 1)") }
    guard detail > .nothing, let kind = kind(of: event) else { return }
    var record = record(kind, at: event.sighting)
    switch event.kind {
    case .fragment(let sa, let label, let from, let to):
      record.tunnel = sa.id
      record.from = from.description
      record.to = to.description
      record.summary = label
    case .stateChanged(let sa):
      record.tunnel = sa.id
      record.summary = sa.state.name
    case .forgotten: return
    case .childChanged(let child):
      record.tunnel = child.ikeSA?.id
      record.childSA = child.id
      record.summary = child.state.name
    case .securityFlowStarted(let flow):
      fill(&record, flow)
      record.summary = "first \(flow.protocolWord) packet, SPI \(hexadecimal(flow.key.spi))"
    case .gap(let flow, let skipped):
      fill(&record, flow)
      record.summary =
        "\(skipped) sequence number\(skipped == 1 ? "" : "s") passed over, "
        + "SPI \(hexadecimal(flow.key.spi))"
    case .keepalive(let sa, let from, let to):
      record.tunnel = sa?.id
      record.from = from.description
      record.to = to.description
      record.summary = "first NAT keepalive from this end"
    case .innerFlowStarted(let flow):
      record.tunnel = flow.carrier?.child?.ikeSA?.id
      record.childSA = flow.carrier?.child?.id
      record.summary = flow.key.text
    case .icmpError(let error, let sa):
      record.tunnel = sa.id
      record.from = error.reporter.description
      record.summary = error.text
    }
    sink.event(record)
  }

  /// What an event is told as; nil where it is not told.
  private func kind(of event: TrackingEvent) -> EventKind? {
    switch event.kind {
    case .fragment: .fragment
    case .stateChanged: .ikeState
    case .childChanged: .childState
    case .securityFlowStarted: .firstPacket
    case .gap: .gap
    case .keepalive: .keepalive
    // Clear flows are many and say little one by one; their records come at the end.
    case .innerFlowStarted(let flow): flow.visibility == .clear ? nil : .firstOfFlow
    case .icmpError: .icmp
    case .forgotten: nil
    }
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

/// Texts of the ways that messages came last: a tunnel's two are in every message of it.
///
/// A way is told by its identity, which nobody else has as long as it is kept here.
private struct EndTexts {
  private typealias Known = (path: MessagePath, from: String, to: String)
  private var known: [Known?] = Array(repeating: nil, count: 1024)

  mutating func texts(of path: MessagePath) -> (from: String, to: String) {
    let mixed = UInt(bitPattern: ObjectIdentifier(path)) &* 0x9e37_79b9_7f4a_7c15
    let place = Int(mixed >> 54)
    if let known = known[place], known.path === path { return (known.from, known.to) }
    let texts = (path: path, from: path.source.description, to: path.destination.description)
    known[place] = texts
    return (texts.from, texts.to)
  }
}

/// Names of the tunnels that events spoke of last.
private struct TunnelNames {
  private var known: [(ordinal: Int, name: String)] = Array(repeating: (-1, ""), count: 256)

  mutating func name(of sa: IKESA) -> String {
    let place = sa.ordinal & 255
    if known[place].ordinal != sa.ordinal { known[place] = (sa.ordinal, sa.id) }
    return known[place].name
  }
}

/// A moment with the precision of its capture.
func moment(_ sighting: Sighting, _ digits: [Int]) -> Moment {
  Moment(
    sighting.time, digits: sighting.capture < digits.count ? digits[sighting.capture] : 6)
}

extension SeenMessage {
  /// The name and the payloads: `MM1 [ SA VID ]`, `IKE_AUTH request 1 [ SK { … } ]`.
  fileprivate var summary: EventSummary {
    header.version == .v2
      ? .message(name: unnumberedLabel, number: header.messageID, payloads: notation)
      : .text("\(label) \(notation)")
  }
}
