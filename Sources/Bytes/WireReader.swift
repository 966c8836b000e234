/// A cursor over borrowed packet bytes that cannot read past what bounds it.
///
/// A wire format reads as its RFC figure: one call a field, in order, each throwing a `WireError`
/// that names the layer, the byte and what bounded it. Structures with a length of their own are
/// read from `sub`, so a lying inner length cannot reach beyond the outer one.
package struct WireReader: ~Escapable {
  /// The bytes this reader may see.
  package let bytes: RawSpan
  /// Bytes already consumed.
  package private(set) var position: Int
  /// Where `bytes` starts within the frame or message that errors refer to.
  package let base: Int
  /// The element being decoded, for errors.
  package var layer: String
  /// What limits `bytes`, for errors.
  package let boundedBy: String

  /// A reader over all of `bytes`.
  ///
  /// - Parameters:
  ///   - bytes: What may be read.
  ///   - layer: The element being decoded, for errors.
  ///   - base: Where `bytes` starts within the frame or message that errors refer to.
  ///   - boundedBy: What limits `bytes`.
  @_lifetime(copy bytes)
  package init(
    _ bytes: RawSpan, layer: String, base: Int = 0, boundedBy: String = "the captured length"
  ) {
    self.bytes = bytes
    self.position = 0
    self.base = base
    self.layer = layer
    self.boundedBy = boundedBy
  }

  /// Bytes not yet consumed.
  package var remaining: Int { bytes.byteCount - position }
  /// True when every byte was consumed.
  package var isAtEnd: Bool { remaining == 0 }
  /// The position within the frame or message, in bytes.
  package var offset: Int { base + position }

  /// Fails unless `count` more bytes are there.
  package func require(_ count: Int) throws(WireError) {
    guard count >= 0, count <= remaining else { throw truncated(count) }
  }

  /// An error at the current position: a value that cannot be.
  package func invalid(_ what: String) -> WireError {
    WireError(
      .invalid(what), layer: layer, offset: offset, needed: 0, available: remaining,
      boundedBy: boundedBy)
  }

  private func truncated(_ count: Int) -> WireError {
    WireError(
      .truncated, layer: layer, offset: offset, needed: count, available: remaining,
      boundedBy: boundedBy)
  }

  /// One byte.
  @_lifetime(self: copy self)
  package mutating func uint8() throws(WireError) -> UInt8 {
    try require(1)
    defer { position += 1 }
    return bytes.byte(at: position)
  }

  /// Two bytes, network byte order.
  @_lifetime(self: copy self)
  package mutating func uint16() throws(WireError) -> UInt16 {
    try require(2)
    defer { position += 2 }
    return bytes.uint16(at: position)
  }

  /// Four bytes, network byte order.
  @_lifetime(self: copy self)
  package mutating func uint32() throws(WireError) -> UInt32 {
    try require(4)
    defer { position += 4 }
    return bytes.uint32(at: position)
  }

  /// Eight bytes, network byte order.
  @_lifetime(self: copy self)
  package mutating func uint64() throws(WireError) -> UInt64 {
    try require(8)
    defer { position += 8 }
    return bytes.uint64(at: position)
  }

  /// A copy of the next `count` bytes.
  @_lifetime(self: copy self)
  package mutating func take(_ count: Int) throws(WireError) -> [UInt8] {
    try require(count)
    defer { position += count }
    return bytes.copy(position..<(position + count))
  }

  /// A copy of all bytes that are left.
  @_lifetime(self: copy self)
  package mutating func takeRest() -> [UInt8] {
    defer { position = bytes.byteCount }
    return bytes.copy(position..<bytes.byteCount)
  }

  /// Passes over `count` bytes.
  @_lifetime(self: copy self)
  package mutating func skip(_ count: Int) throws(WireError) {
    try require(count)
    position += count
  }

  /// A reader over the next `count` bytes, which this reader thereby consumes.
  ///
  /// - Parameters:
  ///   - count: Length of the structure.
  ///   - layer: The structure, for errors.
  ///   - boundedBy: The field that gave `count`, for errors.
  /// - Returns: A reader that ends with the structure.
  /// - Throws: When fewer bytes are left.
  @_lifetime(copy self)
  @_lifetime(self: copy self)
  package mutating func sub(
    _ count: Int, layer: String, boundedBy: String
  ) throws(WireError) -> WireReader {
    try require(count)
    let start = position
    position += count
    return WireReader(
      bytes.extracting(start..<(start + count)), layer: layer, base: base + start,
      boundedBy: boundedBy)
  }

  /// Fails when bytes are left: the leftover check, made once by whoever bounded the structure.
  package func requireEnd() throws(WireError) {
    guard isAtEnd else {
      throw WireError(
        .trailing, layer: layer, offset: base, needed: position, available: bytes.byteCount,
        boundedBy: boundedBy)
    }
  }
}
