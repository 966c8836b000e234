import Bytes
import Testing

@Suite("Moments of a capture")
struct TimestampTests {
  @Test(
    "are written as RFC 3339 says, in either precision, from one end of the range to the other",
    arguments: [
      (0, "1970-01-01T00:00:00.000000000Z"),
      (-1, "1969-12-31T23:59:59.999999999Z"),
      (951_782_400_000_000_001, "2000-02-29T00:00:00.000000001Z"),
      (4_294_967_295_999_999_999, "2106-02-07T06:28:15.999999999Z"),
      (Int64.max, "2262-04-11T23:47:16.854775807Z"),
      (Int64.min, "1677-09-21T00:12:43.145224192Z"),
    ])
  func text(nanoseconds: Int64, expected: String) {
    let moment = Timestamp(nanoseconds: nanoseconds)
    #expect(moment.rfc3339(digits: 9) == expected)
    #expect(moment.rfc3339(digits: 6) == expected.dropLast(4) + "Z")
  }
}
