import Bytes

// Behind damage: a block is taken for real when its type is known and its length stands at both
// its ends.
extension PcapngParser {
  /// What a search came to.
  enum SearchStop {
    case found(Int)
    case stop(ParseStop)
  }

  /// Looks for the next block from `start` on.
  mutating func search(
    _ bytes: RawSpan, from start: Int, since damage: Int, at place: BlockPlace,
    summary: inout CaptureSummary
  ) -> SearchStop {
    let end = bytes.byteCount
    var position = start
    while end - position >= BlockType.smallestBlock {
      if let length = plausibleBlock(bytes, at: position) {
        if length > end - position {
          if !place.isLast { return .stop(.needs(from: position, bytes: length)) }
        } else if bytes.uint32(at: position + 4) == bytes.uint32(at: position + length - 4) {
          damageOffset = nil
          summary.note(
            "damaged at byte \(damage), behind frame \(summary.frames): "
              + "\(place.offset + position - damage) bytes were passed over")
          return .found(position)
        }
      }
      position += 1
    }
    guard !place.isLast, place.offset + position - damage <= CaptureLimits.searchLength else {
      summary.note(
        "damaged at byte \(damage), behind frame \(summary.frames): no further block was found")
      return .stop(.finished(from: end))
    }
    return .stop(.needs(from: position, bytes: BlockType.smallestBlock))
  }

  private func plausibleBlock(_ bytes: RawSpan, at position: Int) -> Int? {
    let blockOrder: ByteOrder
    if bytes.uint32(at: position) == BlockType.sectionHeader {
      guard let sectionOrder = Self.sectionOrder(bytes, at: position) else { return nil }
      blockOrder = sectionOrder
    } else {
      guard BlockType.isKnown(bytes.uint32(at: position, order)) else { return nil }
      blockOrder = order
    }
    let length = Int(bytes.uint32(at: position + 4, blockOrder))
    let isPossible = (BlockType.smallestBlock...CaptureLimits.frameLength).contains(length)
    return isPossible && length % 4 == 0 ? length : nil
  }
}
