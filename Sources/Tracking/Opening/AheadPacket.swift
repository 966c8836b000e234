import Bytes
import Crypto
import Keys
// `public`: what an inlinable function is given must come by such an import.
public import Layers

/// A packet in a common frame, found before its turn comes, and what it holds where somebody opened it.
///
/// It is only ever a guess what opens a packet: at its turn the run says what would have, and what was
/// found counts where it was found with that.
@usableFromInline
package struct AheadPacket {
  @usableFromInline
  package let packet: CommonESP
  /// Index of its frame in the batch.
  @usableFromInline
  package let frame: Int
  /// Where the frame starts in the batch's bytes.
  @usableFromInline
  let offset: Int
  /// Nil where it was not opened, or is not as most are.
  @usableFromInline
  package internal(set) var found: Found?

  @inlinable @inline(__always)
  package init(_ packet: CommonESP, frame: Int, offset: Int) {
    self.packet = packet
    self.frame = frame
    self.offset = offset
    found = nil
  }

  /// What was found in a packet.
  @usableFromInline
  package struct Found {
    let content: UsualContent
    /// The number of the opener that opened it, or whose clone did.
    let number: Int32
    /// The high half that verified.
    let high: UInt32?
    /// Where the inner packet stands in what was kept of plaintexts; empty where none is.
    let start: UInt32
    let count: UInt32

    /// The inner packet, if it was kept in `plaintexts`.
    @_lifetime(copy plaintexts)
    func plaintext(in plaintexts: RawSpan) -> RawSpan {
      let start = min(Int(start), plaintexts.byteCount)
      return plaintexts.extracting(start..<min(start + Int(count), plaintexts.byteCount))
    }
  }
}

/// Opens packets for one thread: a buffer, and the plaintexts that somebody wants to see.
struct AheadOpening {
  var buffer = [UInt8](repeating: 0, count: 2048)
  let keepsPlaintexts: Bool
  var plaintexts: [UInt8] = []

  /// Opens a packet of `bytes`, if it is as most are.
  @inline(__always)
  mutating func open(
    _ ahead: AheadPacket, in bytes: RawSpan, _ engine: LentEngine, number: Int32,
    high: UInt32?
  ) -> AheadPacket.Found? {
    let start = ahead.offset + ahead.packet.start
    guard
      let usual = UsualPlaintext(
        bytes.extracting(start..<(start + ahead.packet.length)), engine, high: high, into: &buffer),
      let content = UsualContent(
        buffer.rawSpan.extracting(usual.start..<usual.end), nextHeader: usual.nextHeader)
    else { return nil }
    let kept = plaintexts.count
    if keepsPlaintexts {
      plaintexts += buffer[usual.innerPacket(content)]
    }
    return AheadPacket.Found(
      content: content, number: number, high: high, start: UInt32(truncatingIfNeeded: kept),
      count: UInt32(truncatingIfNeeded: plaintexts.count - kept))
  }
}

extension UsualPlaintext {
  /// Where the inner packet stands, without what pads it to hide its length (RFC 4303 §2.7).
  func innerPacket(_ content: UsualContent) -> Range<Int> {
    start..<min(end, start + Int(content.totalLength))
  }
}
