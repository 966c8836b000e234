/// Why decoding stopped: enough to say "UDP at byte 34 needs 8 bytes, has 1, bounded by the IPv4
/// total length" and to point a hex viewer at the place.
///
/// A malformed packet is a result, not an abort: whoever catches this keeps what was decoded so far.
package struct WireError: Error, Hashable, Sendable {
  /// What was wrong with the bytes.
  package enum Problem: Hashable, Sendable {
    /// Fewer bytes were left than the field or structure needs.
    case truncated
    /// The bytes are there and their value is impossible; the text says which value and why.
    case invalid(String)
    /// A length-bounded structure was decoded in full and bytes were left over.
    case trailing
  }

  package var problem: Problem
  /// The protocol element being decoded: "IPv4", "UDP", "ISAKMP header", "Proposal".
  package var layer: String
  /// Where the element that failed starts, in bytes from the start of the frame or message.
  package var offset: Int
  /// Bytes needed from `offset`; for `.trailing` the bytes the structure uses.
  package var needed: Int
  /// Bytes available from `offset`.
  package var available: Int
  /// What limited the available bytes: "the captured length", "the IPv4 total length",
  /// "the payload length".
  package var boundedBy: String

  package init(
    _ problem: Problem, layer: String, offset: Int, needed: Int, available: Int, boundedBy: String
  ) {
    self.problem = problem
    self.layer = layer
    self.offset = offset
    self.needed = needed
    self.available = available
    self.boundedBy = boundedBy
  }
}

extension WireError: CustomStringConvertible {
  /// One sentence for the user, such as `Proposal at byte 44 needs 8 bytes and has 3 (bounded by
  /// the SA payload length)`.
  package var description: String {
    switch problem {
    case .truncated:
      "\(layer) at byte \(offset) needs \(needed) bytes and has \(available) "
        + "(bounded by \(boundedBy))"
    case .invalid(let what):
      "\(layer) at byte \(offset): \(what)"
    case .trailing:
      "\(layer) at byte \(offset) ends after \(needed) bytes of \(available) "
        + "(bounded by \(boundedBy))"
    }
  }
}
