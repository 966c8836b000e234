internal import Bytes

/// What an IPv4 header or an IPv6 fragment header says of a fragment.
struct FragmentHeader {
  /// 16 bits in IPv4, 32 in IPv6.
  var identification: UInt32
  /// Protocol of the datagram; in IPv6 meaningful in the first fragment only.
  var ipProtocol: UInt8
  /// Where this part belongs in the datagram's payload, in bytes.
  var offset: Int
  /// True when no part follows.
  var isLast: Bool
}

extension LayerDecoder {
  /// Keeps a fragment, and delivers its datagram when it is the part that was missing.
  func fragment(
    _ part: FragmentHeader, _ header: IPHeader, _ bytes: RawSpan, _ start: Int, _ extent: Extent,
    _ context: borrowing Context, _ deliver: Delivery
  ) -> FrameOutcome {
    statistics.fragments += 1
    let length = extent.promised - start
    guard length > 0 else {
      return invalid(.fragment, at: start, "a fragment without bytes", extent)
    }
    guard part.offset + length <= 65_535 else {
      return invalid(
        .fragment, at: start, "the fragment ends at byte \(part.offset + length) of its datagram",
        extent)
    }
    guard part.isLast || length % 8 == 0 || extent.promised > extent.end else {
      return invalid(
        .fragment, at: start,
        "length \(length) of a fragment that is not the last is no multiple of 8",
        extent)
    }
    let whole = fragments.add(
      part, header, bytes, start..<max(start, extent.end), promised: length, context, &statistics)
    guard extent.promised == extent.end else {
      // Cut: it can never be whole. The first part is worth reading as far as it goes.
      guard part.offset == 0, !header.source.isIPv6 || !isExtensionHeader(part.ipProtocol) else {
        return stopped(.fragment, at: start, needed: length, extent, context)
      }
      return transport(part.ipProtocol, header, bytes, start, extent, context, deliver)
    }
    guard let whole else { return .fragmentKept }
    let inside = Extent(end: whole.bytes.count, promised: whole.bytes.count, bound: .reassembled)
    var deeper = copy context
    deeper.assembledFrom = whole.frames
    let unplaced = IPHeader(source: header.source, destination: header.destination, start: nil)
    if header.source.isIPv6 {
      return upperLayer(
        whole.ipProtocol, unplaced, whole.bytes.rawSpan, 0, inside, deeper, deliver)
    }
    return transport(whole.ipProtocol, unplaced, whole.bytes.rawSpan, 0, inside, deeper, deliver)
  }
}
