import Testing

@testable import Timeline

@Suite("What an event says")
struct EventSummaryTests {
  @Test("A message kept in its parts reads as one line, in every report")
  func parts() {
    var event = EventRecord()
    event.line = .message(
      name: "IKE_AUTH request ", number: 4_294_967_295, payloads: "[ SK { … } ]")
    #expect(event.summary == "IKE_AUTH request 4294967295 [ SK { … } ]")
    var other = EventRecord()
    other.summary = event.summary
    #expect(json(event) == json(other))
    #expect(json(event).contains(#""summary":"IKE_AUTH request 4294967295 [ SK { … } ]""#))
  }

  private func json(_ event: EventRecord) -> String {
    var writer = JSONWriter()
    event.write(to: &writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
