import Bytes

/// Where things stand in an IP packet with an authentication header, and which bytes the network
/// may change on the way (RFC 4302 §3.3.3 and appendix A).
struct AHLayout {
  /// The integrity value field, padding included.
  let icv: Range<Int>
  private let isIPv6: Bool
  private let headerOffset: Int
  private let packetEnd: Int

  /// Nil when the packet is shorter than its headers say.
  init?(_ packet: RawSpan, headerAt offset: Int) {
    guard offset >= 20, offset <= packet.byteCount - 12 else { return nil }
    let version = packet.byte(at: 0) >> 4
    isIPv6 = version == 6
    guard version == 4 || (isIPv6 && offset >= 40) else { return nil }
    let headerBytes = (Int(packet.byte(at: offset + 1)) + 2) * 4
    guard headerBytes > 12, offset + headerBytes <= packet.byteCount else { return nil }
    headerOffset = offset
    icv = (offset + 12)..<(offset + headerBytes)
    let total = Int(packet.uint16(at: isIPv6 ? 4 : 2)) + (isIPv6 ? 40 : 0)
    // Link-layer padding is not the packet's; a total of 0 is left to segmentation offload.
    packetEnd = total > icv.upperBound && total <= packet.byteCount ? total : packet.byteCount
  }

  /// The packet as its sender authenticated it.
  func image(of packet: RawSpan, into image: inout [UInt8]) {
    image.removeAll(keepingCapacity: true)
    for index in 0..<packetEnd { image.append(packet.byte(at: index)) }
    if isIPv6 { zeroIPv6(&image) } else { zeroIPv4(&image) }
    for index in icv { image[index] = 0 }
  }

  /// TOS, flags, fragment offset, TTL and header checksum, and every option that may change.
  private func zeroIPv4(_ image: inout [UInt8]) {
    for index in [1, 6, 7, 8, 10, 11] { image[index] = 0 }
    let end = min(Int(image[0] & 15) * 4, headerOffset)
    var index = 20
    while index < end {
      let type = image[index]
      if type == 0 { return }
      if type == 1 {
        index += 1
        continue
      }
      guard index + 1 < end else { return }
      let length = max(Int(image[index + 1]), 2)
      let optionEnd = min(index + length, end)
      // Security, extended security, commercial security, router alert, sender directed delivery.
      if ![130, 133, 134, 148, 149].contains(type) {
        for byte in index..<optionEnd { image[byte] = 0 }
      }
      index = optionEnd
    }
  }

  /// Traffic class, flow label and hop limit, and options whose type says that they may change.
  private func zeroIPv6(_ image: inout [UInt8]) {
    image[0] = 0x60
    for index in [1, 2, 3, 7] { image[index] = 0 }
    var (next, offset) = (image[6], 40)
    while [0, 43, 60].contains(next), offset + 2 <= headerOffset {
      let end = min(offset + (Int(image[offset + 1]) + 1) * 8, headerOffset)
      if next != 43 { zeroOptions(&image, from: offset + 2, to: end) }
      next = image[offset]
      offset = end
    }
  }

  /// RFC 8200 §4.2: the third bit of an option's type says that its data may change.
  private func zeroOptions(_ image: inout [UInt8], from start: Int, to end: Int) {
    var index = start
    while index < end {
      guard image[index] != 0, index + 1 < end else {
        index += 1
        continue
      }
      let dataEnd = min(index + 2 + Int(image[index + 1]), end)
      if image[index] & 0x20 != 0 {
        for byte in (index + 2)..<dataEnd { image[byte] = 0 }
      }
      index = dataEnd
    }
  }
}
