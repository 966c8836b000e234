internal import Bytes

extension LayerDecoder {
  /// Extension headers followed in one packet; real ones have at most a handful.
  static let maximumExtensionHeaders = 16

  /// Reads an IPv6 header (RFC 8200 §3) and what follows it.
  ///
  /// A payload length of 0 is a jumbogram or a packet that the network card will cut; the packet
  /// then reaches as far as the bytes around it.
  func ipv6(
    _ bytes: RawSpan, _ start: Int, _ outer: Extent, _ context: borrowing Context,
    _ deliver: Delivery
  ) -> FrameOutcome {
    guard outer.end - start >= 40 else {
      return stopped(.ipv6, at: start, needed: 40, outer, context)
    }
    let payloadLength = Int(bytes.uint16(at: start + 4))
    let extent =
      payloadLength == 0
      ? outer : outer.limited(to: start + 40 + payloadLength, by: .ipv6PayloadLength)
    let header = IPHeader(
      source: bytes.ipv6Address(at: start + 8), destination: bytes.ipv6Address(at: start + 24),
      start: start)
    return upperLayer(
      bytes.byte(at: start + 6), header, bytes, start + 40, extent, context, deliver)
  }

  /// Passes over extension headers (RFC 8200 §4) to the layer that an IPv6 packet carries.
  ///
  /// AH is an extension header by its number and is delivered as AH, since that is what we are
  /// after.
  func upperLayer(
    _ first: UInt8, _ header: IPHeader, _ bytes: RawSpan, _ start: Int, _ extent: Extent,
    _ context: borrowing Context, _ deliver: Delivery
  ) -> FrameOutcome {
    var next = first
    var offset = start
    var count = 0
    while isExtensionHeader(next) {
      count += 1
      guard count <= Self.maximumExtensionHeaders else {
        return invalid(
          .extensionHeader, at: offset,
          "more than \(Self.maximumExtensionHeaders) extension headers", extent)
      }
      guard extent.end - offset >= 8 else {
        return stopped(.extensionHeader, at: offset, needed: 8, extent, context)
      }
      if next == IPProtocol.fragment {
        let field = bytes.uint16(at: offset + 2)
        let part = FragmentHeader(
          identification: bytes.uint32(at: offset + 4), ipProtocol: bytes.byte(at: offset),
          offset: Int(field & 0xfff8), isLast: field & 1 == 0)
        // An atomic fragment (RFC 6946) is whole.
        if part.offset != 0 || !part.isLast {
          return fragment(part, header, bytes, offset + 8, extent, context, deliver)
        }
        next = part.ipProtocol
        offset += 8
        continue
      }
      let length = Int(bytes.byte(at: offset + 1)) * 8 + 8
      guard extent.end - offset >= length else {
        return stopped(.extensionHeader, at: offset, needed: length, extent, context)
      }
      next = bytes.byte(at: offset)
      offset += length
    }
    return transport(next, header, bytes, offset, extent, context, deliver)
  }
}

/// IP protocol numbers that the layers act on.
enum IPProtocol {
  static let hopByHop: UInt8 = 0
  static let icmp: UInt8 = 1
  static let ipv4: UInt8 = 4
  static let tcp: UInt8 = 6
  static let udp: UInt8 = 17
  static let ipv6: UInt8 = 41
  static let routing: UInt8 = 43
  static let fragment: UInt8 = 44
  static let gre: UInt8 = 47
  static let esp: UInt8 = 50
  static let ah: UInt8 = 51
  static let icmpv6: UInt8 = 58
  static let destinationOptions: UInt8 = 60
  static let mobility: UInt8 = 135
  static let hostIdentity: UInt8 = 139
  static let shim6: UInt8 = 140
}

/// True for the headers that may stand between an IPv6 header and its upper layer, without AH.
@inline(__always)
func isExtensionHeader(_ number: UInt8) -> Bool {
  switch number {
  case IPProtocol.hopByHop, IPProtocol.routing, IPProtocol.fragment,
    IPProtocol.destinationOptions, IPProtocol.mobility, IPProtocol.hostIdentity, IPProtocol.shim6:
    true
  default:
    false
  }
}

extension RawSpan {
  /// The IPv6 address at `offset`.
  @inline(__always)
  func ipv6Address(at offset: Int) -> IPAddress {
    IPAddress(ipv6High: uint64(at: offset), low: uint64(at: offset + 8))
  }
}
