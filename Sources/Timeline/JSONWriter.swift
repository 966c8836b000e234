// Unsafe spellings: the UTF-8 of a string is read through the buffer that the standard library lends
// for the duration of a closure, and copied into `storage` within the room that `reserve` made just
// before; nothing keeps a pointer, and slices are taken between indices that were found in the text.

import Bytes

/// Writes JSON text (RFC 8259), members in the order they are given, so that the same records give
/// the same bytes.
///
/// The standard encoder costs 9 to 15 µs an event, orders members by a dictionary and brings
/// Foundation's start-up with it; the timeline needs the opposite on each count, and needs to write
/// only, so this writer of a hundred lines stands here. Reading JSON is left to the library.
package struct JSONWriter {
  /// Bytes of which the first `end` are the text: written in place, since an append of each comma,
  /// quote and name costs more than all the rest.
  private var storage = [UInt8](repeating: 0, count: 1024)
  private var end = 0
  /// True when the next value or key needs a comma before it.
  private var needsComma = false

  package init() {}

  /// The text so far, UTF-8.
  package var bytes: ArraySlice<UInt8> { storage[..<end] }

  /// Makes room for that many bytes more.
  @inline(__always)
  private mutating func reserve(_ count: Int) {
    if storage.count - end < count { grow(count) }
  }

  @inline(never)
  private mutating func grow(_ count: Int) {
    storage.append(contentsOf: repeatElement(0, count: max(count, storage.count)))
  }

  @inline(__always)
  private mutating func append(_ byte: UInt8) {
    reserve(1)
    storage[end] = byte
    end += 1
  }

  private mutating func append(plain text: UnsafeBufferPointer<UInt8>) {
    guard let start = text.baseAddress else { return }
    let count = text.count
    reserve(count)
    let end = end
    unsafe storage.withUnsafeMutableBytes { storage in
      unsafe storage.baseAddress?.advanced(by: end).copyMemory(from: start, byteCount: count)
    }
    self.end = end + count
  }

  /// Empties the text and keeps its memory.
  package mutating func removeAll() {
    end = 0
    needsComma = false
  }

  /// Opens an object.
  package mutating func beginObject() {
    open(UInt8(ascii: "{"))
  }

  /// Closes an object.
  package mutating func endObject() {
    close(UInt8(ascii: "}"))
  }

  /// Opens an array.
  package mutating func beginArray() {
    open(UInt8(ascii: "["))
  }

  /// Closes an array.
  package mutating func endArray() {
    close(UInt8(ascii: "]"))
  }

  /// Writes a member's name; its value follows. Names are the contract's own, plain ASCII.
  package mutating func key(_ name: StaticString) {
    reserve(name.utf8CodeUnitCount + 4)
    separate()
    append(UInt8(ascii: "\""))
    name.withUTF8Buffer { unsafe append(plain: $0) }
    append(UInt8(ascii: "\""))
    append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Writes a member's name that is not known before the program runs.
  package mutating func key(text name: String) {
    value(name)
    append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Writes `null`.
  package mutating func null() {
    literal("null")
  }

  /// Writes `true` or `false`.
  package mutating func value(_ value: Bool) {
    literal(value ? "true" : "false")
  }

  /// Writes a whole number.
  package mutating func value(_ value: some BinaryInteger) {
    separate()
    if value < 0 { append(UInt8(ascii: "-")) }
    appendDigits(UInt64(value.magnitude))
    needsComma = true
  }

  /// Writes a string. The quote and the backslash are escaped (RFC 8259 §7). What is not harmless is
  /// spelled out, as records spell it where they are made: a JSON escape would be undone by the next
  /// program, and reach a terminal after all.
  package mutating func value(_ text: String) {
    separate()
    append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { unsafe append(escaping: $0) }
    append(UInt8(ascii: "\""))
    needsComma = true
  }

  /// Appends a line feed between documents of NDJSON.
  package mutating func endLine() {
    append(UInt8(ascii: "\n"))
    needsComma = false
  }

  /// Begins a new line within a document, before the next member or element.
  package mutating func breakLine() {
    separate()
    append(UInt8(ascii: "\n"))
    needsComma = false
  }

  private mutating func open(_ bracket: UInt8) {
    separate()
    append(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    append(bracket)
    needsComma = true
  }

  private mutating func literal(_ text: StaticString) {
    separate()
    text.withUTF8Buffer { unsafe append(plain: $0) }
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { append(UInt8(ascii: ",")) }
  }

  private mutating func appendDigits(_ value: UInt64) {
    guard value >= 10 else {
      append(UInt8(ascii: "0") + UInt8(value))
      return
    }
    // From the last digit to the first, eight bits each; what is left above goes first.
    var digits: UInt64 = 0
    var count = 0
    var rest = value
    while rest > 0, count < 8 {
      digits = digits << 8 | UInt64(UInt8(ascii: "0")) + rest % 10
      rest /= 10
      count += 1
    }
    if rest > 0 { appendDigits(rest) }
    for _ in 0..<count {
      append(UInt8(truncatingIfNeeded: digits))
      digits >>= 8
    }
  }

  /// Appends what is plain as it is, and spells out the rest.
  private mutating func append(escaping utf8: UnsafeBufferPointer<UInt8>) {
    var start = 0
    while true {
      let end = unsafe plainEnd(utf8, from: start)
      if end > start {
        unsafe append(plain: UnsafeBufferPointer(rebasing: utf8[start..<end]))
      }
      guard end < utf8.count else { return }
      start = unsafe otherEnd(utf8, from: end)
      for scalar in unsafe String(decoding: utf8[end..<start], as: UTF8.self).unicodeScalars {
        appendEscaped(scalar)
      }
    }
  }

  /// Where the plain text that begins at `start` ends.
  private func plainEnd(_ utf8: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var end = start
    while end < utf8.count, unsafe Self.isPlain(utf8[end]) { end += 1 }
    return end
  }

  /// Where the next plain text begins: between two characters, since none of several bytes has a
  /// plain one in it.
  private func otherEnd(_ utf8: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var end = start
    while end < utf8.count, unsafe !Self.isPlain(utf8[end]) { end += 1 }
    return end
  }

  @inline(__always)
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte &- 0x20 < 0x5f && byte != 0x22 && byte != 0x5c
  }

  private mutating func appendEscaped(_ scalar: Unicode.Scalar) {
    if scalar == "\"" || scalar == "\\" {
      append(UInt8(ascii: "\\"))
      append(UInt8(scalar.value))
    } else if scalar == "…" || scalar == "×" || scalar.isHarmless {
      // The notation's own two need no looking up.
      for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { append(byte) }
    } else {
      append(UInt8(ascii: "\\"))
      for byte in scalar.spelledOut.utf8 { append(byte) }
    }
  }
}
