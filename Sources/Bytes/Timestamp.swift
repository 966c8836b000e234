/// A moment of a capture: nanoseconds since 1970-01-01T00:00:00Z.
///
/// Times before 1970 and up to the year 2262 are kept; a capture's clock may say anything.
@usableFromInline
package struct Timestamp: Hashable, Comparable, Sendable {
  /// Nanoseconds since the Unix epoch, UTC, without leap seconds.
  @usableFromInline
  package var nanoseconds: Int64

  @inlinable @inline(__always)
  package init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  /// Seconds and a fraction in nanoseconds, saturating at the ends of the range.
  package init(seconds: Int64, nanoseconds: Int64) {
    let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, overflowed) = scaled.addingReportingOverflow(nanoseconds)
    self.nanoseconds = overflow || overflowed ? (seconds < 0 ? .min : .max) : sum
  }

  @inlinable @inline(__always)
  package static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  /// Nanoseconds from `earlier` to this moment, saturating; negative when the clock stepped back.
  @inlinable @inline(__always)
  package func since(_ earlier: Timestamp) -> Int64 {
    let (difference, overflow) = nanoseconds.subtractingReportingOverflow(earlier.nanoseconds)
    guard overflow else { return difference }
    return nanoseconds < earlier.nanoseconds ? .min : .max
  }

  /// RFC 3339 text in UTC, such as `2026-11-22T01:22:33.123456Z`.
  ///
  /// - Parameter digits: Digits of the fraction: 6 for a capture in microseconds, 9 for one in
  ///   nanoseconds.
  /// - Returns: The text, always with that many digits and `Z`.
  package func rfc3339(digits: Int = 6) -> String {
    let (seconds, fraction) = nanoseconds.flooredDivision(by: 1_000_000_000)
    let (day, secondOfDay) = seconds.flooredDivision(by: 86_400)
    let date = CivilDate(daysSinceEpoch: day)
    let text = [UInt8](capacity: 32) { text in
      append(date.year, 4, to: &text)
      text.append(UInt8(ascii: "-"))
      append(Int64(date.month), 2, to: &text)
      text.append(UInt8(ascii: "-"))
      append(Int64(date.day), 2, to: &text)
      text.append(UInt8(ascii: "T"))
      append(secondOfDay / 3600, 2, to: &text)
      text.append(UInt8(ascii: ":"))
      append(secondOfDay / 60 % 60, 2, to: &text)
      text.append(UInt8(ascii: ":"))
      append(secondOfDay % 60, 2, to: &text)
      text.append(UInt8(ascii: "."))
      append(digits == 9 ? fraction : fraction / 1000, digits == 9 ? 9 : 6, to: &text)
      text.append(UInt8(ascii: "Z"))
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends exactly `width` decimal digits; no year of the range has more than four.
  private func append(_ value: Int64, _ width: Int, to text: inout OutputSpan<UInt8>) {
    var unit: Int64 = 1
    for _ in 1..<width { unit *= 10 }
    while unit > 0 {
      text.append(UInt8(ascii: "0") + UInt8(value / unit % 10))
      unit /= 10
    }
  }
}

/// A day of the proleptic Gregorian calendar.
private struct CivilDate {
  var year: Int64
  var month: Int
  var day: Int

  /// The day `days` after 1970-01-01, by counting eras of 400 years that begin on 1 March.
  init(daysSinceEpoch days: Int64) {
    let (era, dayOfEra) = (days + 719_468).flooredDivision(by: 146_097)
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    day = Int(dayOfYear - (153 * shifted + 2) / 5 + 1)
    month = Int(shifted < 10 ? shifted + 3 : shifted - 9)
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }
}

extension Int64 {
  /// Quotient and remainder with the remainder never negative; `divisor` must be positive.
  fileprivate func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
