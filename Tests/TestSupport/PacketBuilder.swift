internal import Bytes

/// Builds the bytes of packets, layer within layer, with lengths and checksums right unless a test
/// asks for wrong ones.
///
///     PacketBuilder.ethernet(
///       PacketBuilder.ipv4("192.0.2.1", "192.0.2.2", 17,
///         PacketBuilder.udp(500, 500, message)))
package enum PacketBuilder {
  /// An Ethernet frame; the type follows the payload's IP version unless given.
  package static func ethernet(_ payload: [UInt8], type: UInt16? = nil) -> [UInt8] {
    let addresses: [UInt8] = [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1]
    return addresses + bigEndian(type ?? etherType(of: payload)) + payload
  }

  /// A VLAN tag and what follows it, to stand behind an EtherType of 0x8100 or 0x88a8.
  package static func vlan(_ identifier: UInt16, _ payload: [UInt8], type: UInt16? = nil) -> [UInt8]
  {
    bigEndian(identifier) + bigEndian(type ?? etherType(of: payload)) + payload
  }

  /// An IPv4 packet.
  ///
  /// - Parameters:
  ///   - source: Source address as text.
  ///   - destination: Destination address as text.
  ///   - ipProtocol: Protocol of the payload.
  ///   - payload: What follows the header.
  ///   - identification: The field that fragments of one datagram share.
  ///   - offset: Fragment offset in bytes, a multiple of 8.
  ///   - moreFragments: The flag of that name.
  ///   - options: Option bytes, a multiple of 4.
  ///   - totalLength: A length to claim instead of the right one.
  /// - Returns: Its bytes.
  package static func ipv4(
    _ source: String, _ destination: String, _ ipProtocol: UInt8, _ payload: [UInt8],
    identification: UInt16 = 1, offset: Int = 0, moreFragments: Bool = false,
    options: [UInt8] = [], totalLength: Int? = nil
  ) -> [UInt8] {
    let headerLength = 20 + options.count
    let flags = UInt16(truncatingIfNeeded: offset / 8) | (moreFragments ? 0x2000 : 0)
    var header: [UInt8] = [0x40 | UInt8(truncatingIfNeeded: headerLength / 4), 0]
    header += bigEndian(UInt16(truncatingIfNeeded: totalLength ?? headerLength + payload.count))
    header += bigEndian(identification) + bigEndian(flags) + [64, ipProtocol, 0, 0]
    header += addressBytes(source) + addressBytes(destination) + options
    let sum = checksum(header)
    header[10] = UInt8(sum >> 8)
    header[11] = UInt8(sum & 255)
    return header + payload
  }

  /// An IPv6 packet; `payloadLength` claims another length than the right one.
  package static func ipv6(
    _ source: String, _ destination: String, _ nextHeader: UInt8, _ payload: [UInt8],
    payloadLength: Int? = nil
  ) -> [UInt8] {
    [0x60, 0, 0, 0] + bigEndian(UInt16(truncatingIfNeeded: payloadLength ?? payload.count))
      + [nextHeader, 64] + addressBytes(source) + addressBytes(destination) + payload
  }

  /// An IPv6 fragment header (RFC 8200 §4.5) and the part that follows it.
  package static func ipv6Fragment(
    _ nextHeader: UInt8, _ payload: [UInt8], identification: UInt32 = 1, offset: Int = 0,
    moreFragments: Bool = false
  ) -> [UInt8] {
    [nextHeader, 0] + bigEndian(UInt16(truncatingIfNeeded: offset) | (moreFragments ? 1 : 0))
      + bigEndian(identification) + payload
  }

  /// A UDP datagram, its checksum 0 (none); `length` claims another length than the right one.
  package static func udp(
    _ sourcePort: UInt16, _ destinationPort: UInt16, _ payload: [UInt8], length: Int? = nil
  ) -> [UInt8] {
    bigEndian(sourcePort) + bigEndian(destinationPort)
      + bigEndian(UInt16(truncatingIfNeeded: length ?? 8 + payload.count)) + [0, 0] + payload
  }

  /// A TCP segment without options; flags 0x02 SYN, 0x10 ACK, 0x18 with data.
  package static func tcp(
    _ sourcePort: UInt16, _ destinationPort: UInt16, sequence: UInt32, _ payload: [UInt8],
    flags: UInt8 = 0x18
  ) -> [UInt8] {
    bigEndian(sourcePort) + bigEndian(destinationPort) + bigEndian(sequence)
      + [0, 0, 0, 0, 0x50, flags, 0xff, 0xff, 0, 0, 0, 0] + payload
  }

  /// An ESP packet: SPI, sequence number, and whatever stands for the ciphertext.
  package static func esp(_ spi: UInt32, _ sequence: UInt32, _ body: [UInt8]) -> [UInt8] {
    bigEndian(spi) + bigEndian(sequence) + body
  }

  /// An AH header with `integrityValue` (a multiple of 4 bytes) and the payload behind it.
  package static func ah(
    _ nextHeader: UInt8, _ spi: UInt32, _ sequence: UInt32, integrityValue: [UInt8],
    _ payload: [UInt8]
  ) -> [UInt8] {
    let words = (12 + integrityValue.count) / 4 - 2
    return [nextHeader, UInt8(truncatingIfNeeded: words), 0, 0] + bigEndian(spi)
      + bigEndian(sequence) + integrityValue + payload
  }

  /// An ICMP error with the second word of its header, quoting `packet`.
  package static func icmpError(
    type: UInt8, code: UInt8, word: UInt32 = 0, quoting packet: [UInt8]
  ) -> [UInt8] {
    [type, code, 0, 0] + bigEndian(word) + packet
  }

  /// The value's bytes, most significant first.
  package static func bigEndian(_ value: some FixedWidthInteger) -> [UInt8] {
    (0..<(value.bitWidth / 8)).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }

  /// Cuts an IPv4 packet's payload into fragments of `size` bytes (a multiple of 8).
  package static func ipv4Fragments(
    _ source: String, _ destination: String, _ ipProtocol: UInt8, _ payload: [UInt8],
    identification: UInt16, size: Int
  ) -> [[UInt8]] {
    stride(from: 0, to: payload.count, by: size).map { start in
      let end = min(start + size, payload.count)
      return ipv4(
        source, destination, ipProtocol, Array(payload[start..<end]),
        identification: identification, offset: start, moreFragments: end < payload.count)
    }
  }

  /// Cuts an IPv6 packet's payload into fragments of `size` bytes (a multiple of 8).
  package static func ipv6Fragments(
    _ source: String, _ destination: String, _ nextHeader: UInt8, _ payload: [UInt8],
    identification: UInt32, size: Int
  ) -> [[UInt8]] {
    stride(from: 0, to: payload.count, by: size).map { start in
      let end = min(start + size, payload.count)
      return ipv6(
        source, destination, 44,
        ipv6Fragment(
          nextHeader, Array(payload[start..<end]), identification: identification, offset: start,
          moreFragments: end < payload.count))
    }
  }

  /// The Internet checksum (RFC 1071).
  package static func checksum(_ bytes: [UInt8]) -> UInt16 {
    var sum: UInt32 = 0
    for index in stride(from: 0, to: bytes.count, by: 2) {
      let low = index + 1 < bytes.count ? bytes[index + 1] : 0
      sum += UInt32(bytes[index]) << 8 | UInt32(low)
    }
    while sum > 0xffff { sum = sum >> 16 + sum & 0xffff }
    return ~UInt16(truncatingIfNeeded: sum)
  }

  private static func etherType(of packet: [UInt8]) -> UInt16 {
    (packet.first ?? 0) >> 4 == 6 ? 0x86dd : 0x0800
  }

  private static func addressBytes(_ text: String) -> [UInt8] {
    IPAddress(text)?.bytes ?? [0, 0, 0, 0]
  }
}
