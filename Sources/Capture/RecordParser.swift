import Bytes

/// A container format: finds the frames in the bytes of a capture, block by block.
///
/// A parser holds what the format says between records (byte order, interfaces, clock) and no bytes.
/// It never fails: damage is noted in the summary and passed over where a next record can be found.
protocol RecordParser: Sendable {
  /// Appends the frames that stand whole in `bytes`.
  ///
  /// - Parameters:
  ///   - bytes: A block of the capture, beginning with what the call before left over.
  ///   - start: Where in `bytes` to go on.
  ///   - place: Where in the capture `bytes` begins, and whether it ends there.
  ///   - frames: Takes the frames.
  ///   - summary: Takes the counts and what is wrong.
  /// - Returns: Where it stopped, and what it needs to go on.
  mutating func parse(
    _ bytes: RawSpan, from start: Int, at place: BlockPlace, into frames: inout [Frame],
    summary: inout CaptureSummary
  ) -> ParseStop
}

/// Where a block stands in its capture.
struct BlockPlace {
  /// Offset of the block's first byte from the start of the (decompressed) capture.
  var offset: Int
  /// True when nothing follows the block.
  var isLast: Bool
}

/// Where a parser stopped and why.
enum ParseStop: Hashable {
  /// At `from` a record begins of which `bytes` bytes are needed at once.
  case needs(from: Int, bytes: Int)
  /// The next `bytes` bytes from `from` on are of no interest, and may reach beyond the block.
  case skip(from: Int, bytes: Int)
  /// Nothing after `from` can be understood.
  case finished(from: Int)
}

/// Order of the bytes of a number in a capture's own headers.
enum ByteOrder {
  case little, big
}

extension RawSpan {
  /// The 16-bit value at `offset` in `order`.
  func uint16(at offset: Int, _ order: ByteOrder) -> UInt16 {
    let value = littleEndianUInt16(at: offset)
    return order == .little ? value : value.byteSwapped
  }

  /// The 32-bit value at `offset` in `order`.
  func uint32(at offset: Int, _ order: ByteOrder) -> UInt32 {
    let value = littleEndianUInt32(at: offset)
    return order == .little ? value : value.byteSwapped
  }
}

extension RawSpan {
  /// The two 32-bit values at `offset` in `order`, with one check of the bounds.
  func uint32Pair(at offset: Int, _ order: ByteOrder) -> (UInt32, UInt32) {
    let both = littleEndianUInt64(at: offset)
    let first = UInt32(truncatingIfNeeded: both)
    let second = UInt32(truncatingIfNeeded: both >> 32)
    return order == .little ? (first, second) : (first.byteSwapped, second.byteSwapped)
  }
}

/// Sizes that bound memory, whatever a capture claims.
enum CaptureLimits {
  /// The largest frame that is believed where the capture does not announce larger ones: libpcap's
  /// and Wireshark's own limit.
  static let frameLength = 262_144
  /// The largest frame or block that is ever held at once.
  static let blockLength = 16 << 20
  /// How far a next record is looked for behind damage.
  static let searchLength = 64 << 20
  /// Interfaces of one pcapng section; more are not kept.
  static let interfaces = 65_536
}
