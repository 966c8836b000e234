import Bytes

/// A piece of an ISAKMP message in Cisco's IKEv1 fragmentation: id, number, flags, then the piece.
package struct CiscoFragment: Hashable, Sendable {
  /// The same for all pieces of a message.
  package let id: UInt16
  /// Number of the piece, from 1.
  package let number: UInt8
  /// True for the last piece.
  package let isLast: Bool
  /// The piece within the bytes given to the parser; put together, the pieces are a whole message
  /// with its own header.
  package let range: Range<Int>

  init(parsing reader: inout WireReader, _ offset: Int) throws(WireError) {
    id = try reader.uint16()
    number = try reader.uint8()
    isLast = try reader.uint8() & 1 != 0
    range = (offset + 4)..<(offset + 4 + reader.remaining)
  }
}
