import Bytes

/// pcapng: blocks with a type and their length before and after (draft-ietf-opsawg-pcapng).
///
/// Several sections, either byte order in each, several interfaces with link types and clocks of
/// their own; comments, name resolution and decryption secrets are passed over.
struct PcapngParser: RecordParser {
  private var order: ByteOrder
  private var interfaces: [PcapngInterface] = []
  private var declaredLinkTypes: Set<LinkType> = []
  /// Offset in the capture where sense was lost; nil while all is well.
  private var damageOffset: Int?

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
        isFull = enhancedPackets(bytes, from: &position, into: &space, summary: &summary)
      }
    }
    return position
  }

  /// As above, until `space` is full, which the result tells.
  private func enhancedPackets(
    _ bytes: RawSpan, from position: inout Int, into space: inout OutputSpan<Frame>,
    summary: inout CaptureSummary
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
  private static func sectionOrder(_ bytes: RawSpan, at position: Int) -> ByteOrder? {
    switch bytes.uint32(at: position + 8) {
    case 0x1a2b_3c4d: .big
    case 0x4d3c_2b1a: .little
    default: nil
    }
  }
}

/// Where a block that is whole stands.
struct PcapngBlock {
  let order: ByteOrder
  let position: Int
  let length: Int
}

/// Block types (draft-ietf-opsawg-pcapng §11.1).
enum BlockType {
  static let sectionHeader: UInt32 = 0x0a0d_0d0a
  static let interfaceDescription: UInt32 = 1
  static let packet: UInt32 = 2
  static let simplePacket: UInt32 = 3
  static let interfaceStatistics: UInt32 = 5
  static let enhancedPacket: UInt32 = 6

  /// Type, length and length again.
  static let smallestBlock = 12

  /// True for the blocks that are looked into.
  static func isRead(_ type: UInt32) -> Bool {
    switch type {
    case enhancedPacket, packet, simplePacket, interfaceDescription, interfaceStatistics,
      sectionHeader:
      true
    default: false
    }
  }

  /// True for the blocks of the registry: those that are read, name resolution (4), IRIG time
  /// stamps (7), ARINC (8), systemd journal (9), decryption secrets (10), sysdig's (0x201 on) and
  /// custom blocks.
  static func isKnown(_ type: UInt32) -> Bool {
    (1...10).contains(type) || (0x201...0x222).contains(type) || type == sectionHeader
      || type == 0xbad || type == 0x4000_0bad
  }
}

extension PcapngParser {
  private mutating func read(
    _ type: UInt32, _ block: PcapngBlock, _ bytes: RawSpan, at place: BlockPlace,
    into frames: inout [Frame], summary: inout CaptureSummary
  ) {
    let understood =
      switch type {
      case BlockType.enhancedPacket:
        enhancedPacket(block, bytes, into: &frames, summary: &summary)
      case BlockType.packet:
        packet(block, bytes, into: &frames, summary: &summary)
      case BlockType.simplePacket:
        simplePacket(block, bytes, into: &frames, summary: &summary)
      case BlockType.interfaceDescription:
        interfaceDescription(block, bytes, summary: &summary)
      case BlockType.interfaceStatistics:
        interfaceStatistics(block, bytes, summary: &summary)
      default:
        true
      }
    if !understood {
      summary.note(
        "the block of type \(type) at byte \(place.offset + block.position) makes no sense and was "
          + "passed over")
    }
  }

  /// Interface, time, lengths, data, options (§4.3), where something is odd about it.
  private mutating func enhancedPacket(
    _ block: PcapngBlock, _ bytes: RawSpan, into frames: inout [Frame],
    summary: inout CaptureSummary
  ) -> Bool {
    guard block.length >= 32 else { return false }
    return append(
      block, bytes, dataOffset: 28,
      interface: Int(bytes.uint32(at: block.position + 8, block.order)),
      into: &frames, summary: &summary)
  }

  /// The obsolete packet block: as the enhanced one, with a 16-bit interface and a drop count.
  private mutating func packet(
    _ block: PcapngBlock, _ bytes: RawSpan, into frames: inout [Frame],
    summary: inout CaptureSummary
  ) -> Bool {
    guard block.length >= 32 else { return false }
    return append(
      block, bytes, dataOffset: 28,
      interface: Int(bytes.uint16(at: block.position + 8, block.order)),
      into: &frames, summary: &summary)
  }

  private func append(
    _ block: PcapngBlock, _ bytes: RawSpan, dataOffset: Int, interface index: Int,
    into frames: inout [Frame], summary: inout CaptureSummary
  ) -> Bool {
    guard index < interfaces.count else { return false }
    let position = block.position
    let ticks =
      UInt64(bytes.uint32(at: position + 12, block.order)) << 32
      | UInt64(bytes.uint32(at: position + 16, block.order))
    let claimed = Int(bytes.uint32(at: position + 20, block.order))
    let original = Int(bytes.uint32(at: position + 24, block.order))
    let captured = min(claimed, block.length - dataOffset - 4)
    let time = interfaces[index].time(ticks: ticks)
    let number = summary.count(time: time, capturedLength: captured, originalLength: original)
    if captured != claimed { summary.lyingLengths.happened(at: number) }
    frames.append(
      Frame(
        number: number, capture: summary.index, time: time, linkType: interfaces[index].linkType,
        offset: position + dataOffset, capturedLength: captured,
        originalLength: max(original, captured)))
    return true
  }

  /// Original length and data of the first interface (§4.4): no time, no captured length.
  private mutating func simplePacket(
    _ block: PcapngBlock, _ bytes: RawSpan, into frames: inout [Frame],
    summary: inout CaptureSummary
  ) -> Bool {
    guard block.length >= 16, let interface = interfaces.first else { return false }
    let original = Int(bytes.uint32(at: block.position + 8, block.order))
    let limit = interface.snapLength > 0 ? min(original, interface.snapLength) : original
    let captured = min(limit, block.length - 16)
    let time = summary.lastFrame ?? Timestamp(nanoseconds: 0)
    let number = summary.count(time: time, capturedLength: captured, originalLength: original)
    summary.untimed.happened(at: number)
    if captured != limit { summary.lyingLengths.happened(at: number) }
    frames.append(
      Frame(
        number: number, capture: summary.index, time: time, linkType: interface.linkType,
        offset: block.position + 12, capturedLength: captured,
        originalLength: max(original, captured)))
    return true
  }

  /// Link type, snap length and options (§4.2).
  private mutating func interfaceDescription(
    _ block: PcapngBlock, _ bytes: RawSpan, summary: inout CaptureSummary
  ) -> Bool {
    guard block.length >= 20, interfaces.count < CaptureLimits.interfaces else { return false }
    let linkType = LinkType(headerField: bytes.uint16(at: block.position + 8, block.order))
    var resolution: UInt8 = 6
    var offsetSeconds: Int64 = 0
    forEachOption(block, bytes, from: 16) { code, data in
      // if_tsresol and if_tsoffset.
      if code == 9, data.count == 1 { resolution = bytes.byte(at: data.lowerBound) }
      if code == 14, data.count == 8 {
        offsetSeconds = Int64(bitPattern: counter(bytes, at: data.lowerBound, block.order))
      }
    }
    let interface = PcapngInterface(
      linkType: linkType, snapLength: Int(bytes.uint32(at: block.position + 12, block.order)),
      resolution: resolution, offsetSeconds: offsetSeconds)
    interfaces.append(interface)
    if declaredLinkTypes.insert(linkType).inserted { summary.linkTypes.append(linkType) }
    summary.timestampDigits = max(summary.timestampDigits, interface.timestampDigits)
    return true
  }

  /// Interface, time and counters as options (§4.6); the counters run from the start of the
  /// capture.
  private mutating func interfaceStatistics(
    _ block: PcapngBlock, _ bytes: RawSpan, summary: inout CaptureSummary
  ) -> Bool {
    guard block.length >= 24 else { return false }
    let index = Int(bytes.uint32(at: block.position + 8, block.order))
    guard index < interfaces.count else { return false }
    var dropped = 0
    forEachOption(block, bytes, from: 20) { code, data in
      // isb_ifdrop and isb_osdrop; a count that no machine reaches is not believed.
      guard code == 5 || code == 7, data.count == 8 else { return }
      let count = counter(bytes, at: data.lowerBound, block.order)
      if count < 1 << 48 { dropped += Int(count) }
    }
    if dropped > interfaces[index].dropped {
      summary.dropped += dropped - interfaces[index].dropped
      interfaces[index].dropped = dropped
    }
    return true
  }

  /// Calls `body` with code and place of each option that stands whole in the block (§3.5).
  private func forEachOption(
    _ block: PcapngBlock, _ bytes: RawSpan, from start: Int, _ body: (UInt16, Range<Int>) -> Void
  ) {
    let end = block.position + block.length - 4
    var position = block.position + start
    while end - position >= 4 {
      let code = bytes.uint16(at: position, block.order)
      let length = Int(bytes.uint16(at: position + 2, block.order))
      guard code != 0, end - position - 4 >= length else { return }
      body(code, (position + 4)..<(position + 4 + length))
      position += 4 + (length + 3) & ~3
    }
  }

  private func counter(_ bytes: RawSpan, at position: Int, _ order: ByteOrder) -> UInt64 {
    let value = bytes.uint64(at: position)
    return order == .big ? value : value.byteSwapped
  }
}

// Behind damage: a block is taken for real when its type is known and its length stands at both
// its ends.
extension PcapngParser {
  private enum SearchStop {
    case found(Int)
    case stop(ParseStop)
  }

  private mutating func search(
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
