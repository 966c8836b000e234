// The one file of this room with unsafe spellings. `RawSpan.unsafeLoadUnaligned` is bounds-checked
// in the standard library (it traps past the end); "unsafe" there speaks of the loaded type, and
// every type loaded here is a fixed-width integer for which all bit patterns are valid. Callers
// check lengths first, so the trap is a second fence.

extension RawSpan {
  /// The byte at `offset`.
  @inlinable @inline(__always)
  package func byte(at offset: Int) -> UInt8 {
    unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }

  /// The 16-bit value at `offset`, network byte order.
  @inlinable @inline(__always)
  package func uint16(at offset: Int) -> UInt16 {
    unsafe UInt16(bigEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt16.self))
  }

  /// The 32-bit value at `offset`, network byte order.
  @inlinable @inline(__always)
  package func uint32(at offset: Int) -> UInt32 {
    unsafe UInt32(bigEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  /// The 64-bit value at `offset`, network byte order.
  @inlinable @inline(__always)
  package func uint64(at offset: Int) -> UInt64 {
    unsafe UInt64(bigEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// The 16-bit value at `offset`, little-endian.
  @inlinable @inline(__always)
  package func littleEndianUInt16(at offset: Int) -> UInt16 {
    unsafe UInt16(littleEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt16.self))
  }

  /// The 32-bit value at `offset`, little-endian.
  @inlinable @inline(__always)
  package func littleEndianUInt32(at offset: Int) -> UInt32 {
    unsafe UInt32(littleEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  /// The 64-bit value at `offset`, little-endian.
  @inlinable @inline(__always)
  package func littleEndianUInt64(at offset: Int) -> UInt64 {
    unsafe UInt64(littleEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// A copy of the bytes in `range`.
  package func copy(_ range: Range<Int>) -> [UInt8] {
    let part = extracting(range)
    return unsafe part.withUnsafeBytes { unsafe [UInt8]($0) }
  }

  /// A copy of all bytes.
  package func copy() -> [UInt8] {
    unsafe withUnsafeBytes { unsafe [UInt8]($0) }
  }
}

extension Array where Element == UInt8 {
  /// The array's bytes, borrowed.
  @inlinable
  package var rawSpan: RawSpan {
    @_lifetime(borrow self) get {
      unsafe span.bytes
    }
  }
}
