/// One inner (or clear) flow.
package struct FlowRecord: Hashable, Sendable {
  /// `f1`, …
  package var id: String = ""
  /// IANA keyword in lower case, or the number.
  package var `protocol`: String = ""
  /// Source address.
  package var source: String = ""
  /// Destination address.
  package var destination: String = ""
  /// Source port.
  package var sourcePort: Int? = nil
  /// Destination port.
  package var destinationPort: Int? = nil
  /// Packets.
  package var packets: Int = 0
  /// Bytes of the inner IP packets.
  package var bytes: Int = 0
  /// `decrypted`, `authenticated` (inside AH or ESP-NULL) or `clear`.
  package var seen: String = "clear"
  /// The child SA that carried it.
  package var childSA: String? = nil
  /// `outbound`, `inbound` or `unknown`, as the configured end sees it.
  package var direction: String = "unknown"
  /// What the configuration says of it.
  package var policy: PolicyVerdictRecord? = nil
  /// First frame.
  package var firstFrame: Int = 0
  /// Last frame.
  package var lastFrame: Int = 0
  /// Time of the first packet.
  package var start: Moment? = nil
  /// Time of the last packet.
  package var end: Moment? = nil

  package init() {}
}

extension FlowRecord: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("id", id)
    json.member("protocol", `protocol`)
    json.member("source", source)
    json.member("destination", destination)
    json.member("sourcePort", sourcePort)
    json.member("destinationPort", destinationPort)
    json.member("packets", packets)
    json.member("bytes", bytes)
    json.member("seen", seen)
    json.member("childSA", childSA)
    json.member("direction", direction)
    json.member("policy", policy)
    json.member("firstFrame", firstFrame)
    json.member("lastFrame", lastFrame)
    json.member("start", start)
    json.member("end", end)
    json.endObject()
  }
}
