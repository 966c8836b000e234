import Bytes

/// Something whose bytes go into a hash or a PRF: plain bytes or a secret.
package protocol ByteSource {
  /// Calls `body` with the bytes, borrowed.
  func withBytes(_ body: (RawSpan) -> Void)
}

extension [UInt8]: ByteSource {
  package func withBytes(_ body: (RawSpan) -> Void) { body(rawSpan) }
}

extension Secret: ByteSource {
  package func withBytes(_ body: (RawSpan) -> Void) { body(rawSpan) }
}

extension UInt8: ByteSource {
  /// The single byte.
  package func withBytes(_ body: (RawSpan) -> Void) { [self].withBytes(body) }
}

/// The value's bytes, most significant first.
package func networkOrder(_ value: some FixedWidthInteger & UnsignedInteger) -> [UInt8] {
  let width = value.bitWidth
  return stride(from: width - 8, through: 0, by: -8).map {
    UInt8(truncatingIfNeeded: value >> $0)
  }
}
