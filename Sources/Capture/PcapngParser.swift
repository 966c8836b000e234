import Bytes

/// pcapng: blocks with a type and their length before and after (draft-ietf-opsawg-pcapng).
///
/// Several sections, either byte order in each, several interfaces with link types and clocks of
/// their own; comments, name resolution and decryption secrets are passed over.
struct PcapngParser: RecordParser {
  var order: ByteOrder
  var interfaces: [PcapngInterface] = []
  var declaredLinkTypes: Set<LinkType> = []
  /// Offset in the capture where sense was lost; nil while all is well.
  var damageOffset: Int?

  /// A parser for the capture that begins with `header`; nil when this is not pcapng.
  init?(header: RawSpan) {
    guard header.byteCount >= 12, header.uint32(at: 0) == BlockType.sectionHeader,
      let order = Self.sectionOrder(header, at: 0)
    else { return nil }
    self.order = order
  }

  mutating func parse(
    _ bytes: RawSpan, from start: Int, at place: BlockPlace, into frames: inout [Frame],
    summary: inout CaptureSummary
  ) -> ParseStop {
    var position = start
    while true {
      if let damage = damageOffset {
        switch search(bytes, from: position, since: damage, at: place, summary: &summary) {
        case .found(let offset): position = offset
        case .stop(let stop): return stop
        }
      }
      switch blocks(bytes, from: position, at: place, into: &frames, summary: &summary) {
      case .parse(let stop):
        return stop
      case .damaged(let offset):
        damageOffset = place.offset + offset
        position = offset + 1
      }
    }
  }

  private enum BlocksStop {
    case parse(ParseStop)
    case damaged(at: Int)
  }

  /// Reads blocks until one is not whole or cannot be true.
  private mutating func blocks(
    _ bytes: RawSpan, from start: Int, at place: BlockPlace, into frames: inout [Frame],
    summary: inout CaptureSummary
  ) -> BlocksStop {
    let end = bytes.byteCount
    var position = start
    while true {
      position = enhancedPackets(bytes, from: position, into: &frames, summary: &summary)
      guard end - position >= BlockType.smallestBlock else {
        return .parse(.needs(from: position, bytes: BlockType.smallestBlock))
      }
      if bytes.uint32(at: position) == BlockType.sectionHeader {
        guard let sectionOrder = Self.sectionOrder(bytes, at: position) else {
          return .damaged(at: position)
        }
        order = sectionOrder
        interfaces.removeAll(keepingCapacity: true)
      }
      let (type, claimed) = bytes.uint32Pair(at: position, order)
      let length = Int(claimed)
      guard length >= BlockType.smallestBlock else { return .damaged(at: position) }
      // Some writers do not count the padding.
      let padded = (length + 3) & ~3
      guard BlockType.isRead(type) else {
        if !BlockType.isKnown(type) { summary.unknownBlocks += 1 }
        if end - position < padded { return .parse(.skip(from: position, bytes: padded)) }
        position += padded
        continue
      }
      guard length <= CaptureLimits.blockLength else { return .damaged(at: position) }
      guard end - position >= padded else {
        return .parse(.needs(from: position, bytes: padded))
      }
      if bytes.uint32(at: position + padded - 4, order) != claimed,
        !mayFollow(bytes, at: position + padded, place)
      {
        return .damaged(at: position)
      }
      let block = PcapngBlock(order: order, position: position, length: length)
      read(type, block, bytes, at: place, into: &frames, summary: &summary)
      position += padded
    }
  }

  /// Reads enhanced packet blocks for as long as they are whole and beyond doubt: the path that every
  /// frame takes, room for frames being made a thousand at a time.
  ///
  /// - Returns: Where the first other block stands.
  private func enhancedPackets(
    _ bytes: RawSpan, from start: Int, into frames: inout [Frame], summary: inout CaptureSummary
  ) -> Int {
    var position = start
    var isFull = true
    while isFull {
      frames.append(addingCapacity: 1024) { space in
        // Two loops, so that the byte order is not asked for with every field.
        isFull =
          order == .little
          ? enhancedPackets(bytes, .little, from: &position, into: &space, summary: &summary)
          : enhancedPackets(bytes, .big, from: &position, into: &space, summary: &summary)
      }
    }
    return position
  }

  /// As above, until `space` is full, which the result tells.
  @inline(__always)
  private func enhancedPackets(
    _ bytes: RawSpan, _ order: ByteOrder, from position: inout Int,
    into space: inout OutputSpan<Frame>, summary: inout CaptureSummary
  ) -> Bool {
    guard var interface = interfaces.first else { return false }
    var interfaceIndex = 0
    let end = bytes.byteCount
    while !space.isFull {
      guard end - position >= 32 else { return false }
      let (type, claimedLength) = bytes.uint32Pair(at: position, order)
      let length = Int(claimedLength)
      guard type == BlockType.enhancedPacket, length >= 32, length & 3 == 0,
        length <= end - position, length <= CaptureLimits.blockLength,
        bytes.uint32(at: position + length - 4, order) == claimedLength
      else { return false }
      let (index, high) = bytes.uint32Pair(at: position + 8, order)
      let (low, claimedCapture) = bytes.uint32Pair(at: position + 16, order)
      let captured = Int(claimedCapture)
      guard captured <= length - 32 else { return false }
      if Int(index) != interfaceIndex {
        guard Int(index) < interfaces.count else { return false }
        interfaceIndex = Int(index)
        interface = interfaces[interfaceIndex]
      }
      let original = Int(bytes.uint32(at: position + 24, order))
      let time = interface.time(ticks: UInt64(high) << 32 | UInt64(low))
      let number = summary.count(time: time, capturedLength: captured, originalLength: original)
      space.append(
        Frame(
          number: number, capture: summary.index, time: time, linkType: interface.linkType,
          offset: position + 28, capturedLength: captured,
          originalLength: max(original, captured)))
      position += length
    }
    return true
  }

  /// True where a block of a known type, or the end of the capture, stands at `position`.
  private func mayFollow(_ bytes: RawSpan, at position: Int, _ place: BlockPlace) -> Bool {
    let left = bytes.byteCount - position
    guard left >= 8 else { return place.isLast && left == 0 }
    return bytes.uint32(at: position) == BlockType.sectionHeader
      || BlockType.isKnown(bytes.uint32(at: position, order))
        && bytes.uint32(at: position + 4, order) <= CaptureLimits.blockLength
  }

  /// The byte order of the section header block at `position`, by its byte-order magic.
  static func sectionOrder(_ bytes: RawSpan, at position: Int) -> ByteOrder? {
    switch bytes.uint32(at: position + 8) {
    case 0x1a2b_3c4d: .big
    case 0x4d3c_2b1a: .little
    default: nil
    }
  }
}
