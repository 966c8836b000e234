import Bytes
import Testing
import Timeline

@Suite("The JSON writer")
struct JSONWriterTests {
  @Test(
    "escapes what could mislead a reader",
    arguments: [
      ("plain", #""plain""#), ("a\"b\\c", #""a\"b\\c""#), ("\u{1b}[31m", #""\\u{1b}[31m""#),
      ("\u{202e}abc", #""\\u{202e}abc""#), ("é–漢", #""é–漢""#), ("tab\t", #""tab\\u{9}""#),
    ])
  func strings(text: String, json: String) {
    var writer = JSONWriter()
    writer.value(text)
    #expect(String(decoding: writer.bytes, as: UTF8.self) == json)
  }

  @Test("separates members and elements by commas and nothing else")
  func separators() {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("a", 1)
    writer.member("b", [-20, 0, Int.max])
    writer.member("c", [String]())
    writer.member("d", String?.none)
    writer.endObject()
    let text = String(decoding: writer.bytes, as: UTF8.self)
    #expect(text == #"{"a":1,"b":[-20,0,9223372036854775807],"c":[],"d":null}"#)
  }
}

@Suite("Times")
struct TimestampTests {
  @Test(
    "print as RFC 3339 in UTC with the capture's own precision",
    arguments: [
      (0, 6, "1970-01-01T00:00:00.000000Z"),
      (1_795_307_377_263_532_000, 6, "2026-11-22T00:29:37.263532Z"),
      (951_782_400_000_000_001, 9, "2000-02-29T00:00:00.000000001Z"),
      (-1, 9, "1969-12-31T23:59:59.999999999Z"),
    ])
  func rfc3339(nanoseconds: Int64, digits: Int, text: String) {
    #expect(Timestamp(nanoseconds: nanoseconds).rfc3339(digits: digits) == text)
  }
}
