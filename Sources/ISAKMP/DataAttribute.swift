import Bytes

/// A data attribute (RFC 2408 §3.3, RFC 7296 §3.3.5): a type and a short or a variable value.
package struct DataAttribute: Hashable, Sendable {
  /// A short value of 16 bits (TV, most significant bit of the type set), or bytes (TLV).
  package enum Value: Hashable, Sendable {
    case short(UInt16)
    case bytes([UInt8])
  }

  /// The type without the short-form bit.
  package let type: UInt16
  /// The value.
  package let value: Value

  /// From its parts.
  package init(type: UInt16, value: Value) {
    self.type = type
    self.value = value
  }

  /// The value as a number, most significant byte first; nil for more than eight bytes.
  package var number: UInt64? {
    switch value {
    case .short(let value): UInt64(value)
    case .bytes(let bytes):
      bytes.count <= 8 ? bytes.reduce(0) { $0 << 8 | UInt64($1) } : nil
    }
  }

  /// The value as bytes, network order.
  package var bytes: [UInt8] {
    switch value {
    case .short(let value): [UInt8(value >> 8), UInt8(truncatingIfNeeded: value)]
    case .bytes(let bytes): bytes
    }
  }

  init(parsing reader: inout WireReader) throws(WireError) {
    let type = try reader.uint16()
    self.type = type & 0x7fff
    if type & 0x8000 != 0 {
      value = .short(try reader.uint16())
    } else {
      let length = try reader.uint16()
      value = .bytes(try reader.take(Int(length)))
    }
  }

  /// Attributes until the reader ends; those before an unreadable one stay, with the reason noted.
  static func list(
    parsing reader: inout WireReader, _ notes: inout DecodingNotes
  ) -> [DataAttribute] {
    var attributes: [DataAttribute] = []
    do throws(WireError) {
      while !reader.isAtEnd { attributes.append(try DataAttribute(parsing: &reader)) }
    } catch {
      notes.fail(error)
    }
    return attributes
  }
}
