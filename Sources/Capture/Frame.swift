package import Bytes

/// One captured frame of a batch: what the capture says of it, and where its bytes stand.
@usableFromInline
package struct Frame: Sendable {
  /// Number within its capture, from 1, as every other tool counts it.
  package var number: Int
  /// Index of the capture it came from, from 0, in the order given by the user.
  package var capture: Int
  /// When it was captured.
  package var time: Timestamp
  /// What its first byte is (LINKTYPE_ value).
  package var linkType: LinkType
  /// Where its bytes start in the batch.
  @usableFromInline
  package var offset: Int
  /// Bytes captured.
  @usableFromInline
  package var capturedLength: Int
  /// Bytes on the wire; more than `capturedLength` where a snap length cut it.
  package var originalLength: Int

  /// Its bytes' place in the batch.
  @inlinable @inline(__always)
  package var range: Range<Int> { offset..<(offset + capturedLength) }
}

extension Frame {
  /// A frame that was not read but made: all of its bytes are there.
  ///
  /// - Parameters:
  ///   - bytes: Its place in the block it will be written from.
  ///   - time: When it was captured.
  ///   - linkType: What its first byte is.
  package init(made bytes: Range<Int>, time: Timestamp, linkType: LinkType) {
    self.init(
      number: 0, capture: 0, time: time, linkType: linkType, offset: bytes.lowerBound,
      capturedLength: bytes.count, originalLength: bytes.count)
  }
}

/// Frames read together, in time order, over one block of bytes.
///
/// A batch can be handed to another thread whole; the source never writes into a block that
/// somebody still holds.
package struct FrameBatch: Sendable {
  /// The block that the frames' ranges refer to.
  package var bytes: [UInt8]
  /// The frames, in the order they are to be looked at.
  package var frames: [Frame]

  /// Frames that stand in a block.
  package init(bytes: [UInt8], frames: [Frame]) {
    self.bytes = bytes
    self.frames = frames
  }
}
