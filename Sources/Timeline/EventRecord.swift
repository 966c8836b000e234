/// Something that happened, in the order of the wire.
package struct EventRecord: Hashable, Sendable {
  /// When.
  package var time: Moment? = nil
  /// Frame number within its capture.
  package var frame = 0
  /// Index of the capture.
  package var capture = 0
  /// What it tells of.
  package var kind = EventKind.note
  /// The tunnel.
  package var tunnel: String? = nil
  /// The child SA.
  package var childSA: String? = nil
  /// The exchange, such as `main`, `quick`, `IKE_AUTH`.
  package var exchange: String? = nil
  /// Message ID.
  package var messageID: Int? = nil
  /// Sender's address and port.
  package var from: String? = nil
  /// Receiver's address and port.
  package var to: String? = nil
  /// One line in the field's notation, in its parts.
  package var line = EventSummary.text("")
  /// Payloads of an IKE message.
  package var payloads: [PayloadRecord]? = nil
  /// Frame of the message that this one repeats.
  package var retransmitOf: Int? = nil
  /// Frame of the request that this one answers.
  package var responseTo: Int? = nil
  /// Where the message breaks its format.
  package var malformed: String? = nil
  /// The cause of a finding that is told, or withdrawn, while packets come; with the tunnel and the
  /// child SA it names the finding.
  package var cause: String? = nil
  /// How certain that finding is at the moment.
  package var certainty: String? = nil

  package init() {}

  /// One line in the field's notation.
  package var summary: String {
    get { line.text }
    set { line = .text(newValue) }
  }
}

extension EventRecord: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    if let time { json.member("time", time) }
    json.member("frame", frame)
    json.member("capture", capture)
    json.member("kind", kind.rawValue)
    if let tunnel { json.member("tunnel", tunnel) }
    if let childSA { json.member("childSA", childSA) }
    if let exchange { json.member("exchange", exchange) }
    if let messageID { json.member("messageID", messageID) }
    if let from { json.member("from", from) }
    if let to { json.member("to", to) }
    json.member("summary", summary)
    if let payloads { json.member("payloads", payloads) }
    if let retransmitOf { json.member("retransmitOf", retransmitOf) }
    if let responseTo { json.member("responseTo", responseTo) }
    if let malformed { json.member("malformed", malformed) }
    if let cause { json.member("cause", cause) }
    if let certainty { json.member("certainty", certainty) }
    json.endObject()
  }
}

/// A payload of an IKE message.
package struct PayloadRecord: Hashable, Sendable {
  /// Short name, such as `SA`, `KE`, `N(NO_PROPOSAL_CHOSEN)`.
  package var type: String = ""
  /// Its fields as `name: value`, for those who want everything.
  package var fields: [String] = []

  package init() {}
}

extension PayloadRecord: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("type", type)
    json.member("fields", fields)
    json.endObject()
  }
}
