package import Bytes

/// A record of the timeline: it knows how it is written as JSON.
package protocol JSONRecord {
  /// Writes this record as one JSON value.
  func write(to json: inout JSONWriter)
}

/// A moment and how many digits of a second its capture has (6 or 9).
package struct Moment: Hashable, Sendable {
  package var time: Timestamp
  package var digits: Int

  package init(_ time: Timestamp, digits: Int = 6) {
    self.time = time
    self.digits = digits
  }
}

extension Moment: JSONRecord, CustomStringConvertible {
  package var description: String { time.rfc3339(digits: digits) }

  package func write(to json: inout JSONWriter) {
    json.value(description)
  }
}

extension JSONWriter {
  /// Writes a member whose value is a record.
  package mutating func member(_ name: StaticString, _ record: some JSONRecord) {
    key(name)
    record.write(to: &self)
  }

  /// Writes a member whose value is a record or `null`.
  package mutating func member(_ name: StaticString, _ record: (some JSONRecord)?) {
    key(name)
    if let record { record.write(to: &self) } else { null() }
  }

  /// Writes a member whose value is an array of records.
  package mutating func member(_ name: StaticString, _ records: [some JSONRecord]) {
    key(name)
    beginArray()
    for record in records { record.write(to: &self) }
    endArray()
  }

  /// Writes a string member.
  package mutating func member(_ name: StaticString, _ text: String) {
    key(name)
    value(text)
  }

  /// Writes a member whose value is a string or `null`.
  package mutating func member(_ name: StaticString, _ text: String?) {
    key(name)
    if let text { value(text) } else { null() }
  }

  /// Writes an array of strings.
  package mutating func member(_ name: StaticString, _ texts: [String]) {
    key(name)
    beginArray()
    for text in texts { value(text) }
    endArray()
  }

  /// Writes a number member.
  package mutating func member(_ name: StaticString, _ number: some BinaryInteger) {
    key(name)
    value(number)
  }

  /// Writes a member whose value is a number or `null`.
  package mutating func member(_ name: StaticString, _ number: (some BinaryInteger)?) {
    key(name)
    if let number { value(number) } else { null() }
  }

  /// Writes an array of numbers.
  package mutating func member(_ name: StaticString, _ numbers: [Int]) {
    key(name)
    beginArray()
    for number in numbers { value(number) }
    endArray()
  }

  /// Writes a boolean member.
  package mutating func member(_ name: StaticString, _ flag: Bool) {
    key(name)
    value(flag)
  }
}
