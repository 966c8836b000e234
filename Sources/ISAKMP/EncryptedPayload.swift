import Bytes

/// An SK payload (RFC 7296 §3.14): where its IV, ciphertext and check value stand. How long each
/// of them is, the negotiated algorithms tell.
package struct EncryptedPayload: Hashable, Sendable {
  /// IV, ciphertext and integrity check value within the bytes given to the parser.
  package let range: Range<Int>

  init(offset: Int, count: Int) { range = offset..<(offset + count) }
}

/// An SKF payload: one fragment of an encrypted message (RFC 7383 §2.5).
package struct EncryptedFragment: Hashable, Sendable {
  /// Fragment number, from 1.
  package let number: UInt16
  /// Fragments in all; may grow when a sender starts over with smaller ones.
  package let total: UInt16
  /// IV, ciphertext and integrity check value within the bytes given to the parser.
  package let range: Range<Int>

  init(parsing reader: inout WireReader, _ offset: Int) throws(WireError) {
    number = try reader.uint16()
    total = try reader.uint16()
    range = (offset + 4)..<(offset + 4 + reader.remaining)
    guard number > 0, number <= total else {
      throw reader.invalid("fragment \(number) of \(total)")
    }
  }
}
