import Bytes

// What stands in each block.
extension PcapngParser {
  /// Reads a block that is whole; where it makes no sense, that is noted.
  mutating func read(
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
