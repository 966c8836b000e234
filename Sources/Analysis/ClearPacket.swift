package import Bytes
import ISAKMP
import Registries
import Tracking

/// A packet without its protection, as an IP packet that other tools can read.
package struct ClearPacket {
  /// What it was before.
  package enum Kind: Sendable {
    /// The inside of an ESP packet.
    case inner
    /// An encrypted IKE message, rewritten as if it had been sent in clear.
    case ikeMessage
  }

  package var kind: Kind
  /// The IP packet.
  package var bytes: [UInt8]
  /// When its carrier was captured.
  package var time: Timestamp
  private var carrier: Carrier
  /// False for a message whose integrity value does not fit.
  package var isVerified = true

  /// What carried it.
  private enum Carrier {
    case packet(SecurityFlow, Sighting)
    /// A message, in words.
    case message(String)
  }

  /// What carried it, for people: tunnel or child SA, SPI, frame. Made when asked for, since not every
  /// format has room for it.
  package var comment: String {
    switch carrier {
    case .message(let words): return words
    case .packet(let flow, let sighting):
      let child = flow.child.map { "\($0.id), " } ?? ""
      let kind = flow.key.ipProtocol == 51 ? "AH" : "ESP"
      return "\(child)\(kind) SPI \(hexadecimal(flow.key.spi)), \(place(sighting))"
    }
  }
}

extension ClearPacket {
  /// The inside of an ESP or AH packet; nil for padding without content (RFC 4303 §2.6).
  init?(_ opened: OpenedPacket, _ plaintext: RawSpan) {
    kind = .inner
    time = opened.sighting.time
    switch opened.nextHeader {
    case 59: return nil
    case 4, 41: bytes = plaintext.copy()
    default:
      let payload = plaintext.copy()
      bytes =
        ipPacket(opened.carrierHeader, ipProtocol: opened.nextHeader, payload: payload)
        ?? ipPacket(
          from: opened.source, to: opened.destination, ipProtocol: opened.nextHeader,
          payload: payload)
    }
    carrier = .packet(opened.flow, opened.sighting)
  }

  /// An IKE message with its payloads in clear, in UDP; with the marker of RFC 3948 §2.2 on the
  /// ports where a reader expects it.
  ///
  /// - Parameters:
  ///   - opened: The message.
  ///   - showsSecrets: Whether passwords in it stay readable.
  init(_ opened: OpenedIKEMessage, showsSecrets: Bool) {
    kind = .ikeMessage
    let message = opened.message
    time = message.sighting.time
    isVerified = opened.isVerified
    let doubt = opened.isVerified ? "" : ", its integrity value does not fit"
    carrier = .message(
      "\(opened.tunnel.id), opened \(message.label), \(place(message.sighting))\(doubt)")
    var datagram: [UInt8] = []
    let ports = [message.source.port, message.destination.port]
    if ports.contains(4500) { datagram += [0, 0, 0, 0] }
    datagram += clearHeader(opened)
    datagram += showsSecrets ? opened.payloads : withoutPasswords(opened)
    var udp: [UInt8] = []
    for port in ports { udp.append(bigEndian: port) }
    udp.append(bigEndian: UInt16(clamping: datagram.count + 8))
    udp += [0, 0]
    bytes = ipPacket(
      from: message.source.address, to: message.destination.address, ipProtocol: 17,
      payload: udp + datagram)
  }
}

/// The ISAKMP header (RFC 2408 §3.1, RFC 7296 §3.1) of a message whose payloads are in clear.
private func clearHeader(_ opened: OpenedIKEMessage) -> [UInt8] {
  let header = opened.message.header
  var bytes: [UInt8] = []
  bytes.append(bigEndian: header.initiatorSPI)
  bytes.append(bigEndian: header.responderSPI)
  bytes.append(opened.firstPayload)
  bytes.append(header.majorVersion << 4 | header.minorVersion & 15)
  bytes.append(header.exchangeType.rawValue)
  let encryption = HeaderFlags.encryption.rawValue
  bytes.append(
    header.version == .v1 ? header.flags.rawValue & ~encryption : header.flags.rawValue)
  bytes.append(bigEndian: header.messageID)
  bytes.append(bigEndian: UInt32(clamping: ISAKMPHeader.byteCount + opened.payloads.count))
  return bytes
}

private func place(_ sighting: Sighting) -> String {
  let capture = sighting.capture == 0 ? "" : " of capture \(sighting.capture + 1)"
  return "frame \(sighting.frame)\(capture)"
}

/// A packet of transport mode as it was before its protection: under the header of its carrier,
/// with another protocol and length; nil where there is no such header.
private func ipPacket(_ header: [UInt8], ipProtocol: UInt8, payload: [UInt8]) -> [UInt8]? {
  guard header.count >= 20 else { return nil }
  var header = header
  if header[0] >> 4 == 6 {
    guard header.count == 40 else { return nil }
    header.replace(at: 4, bigEndian: UInt16(clamping: payload.count))
    header[6] = ipProtocol
    return header + payload
  }
  header.replace(at: 2, bigEndian: UInt16(clamping: header.count + payload.count))
  // Whole now, whatever its carrier was: only "don't fragment" stays.
  header[6] &= 0x40
  header[7] = 0
  header[9] = ipProtocol
  header.replace(at: 10, bigEndian: UInt16(0))
  header.replace(at: 10, bigEndian: internetChecksum(header))
  return header + payload
}

/// An IP packet around a payload that came without one or in another form.
private func ipPacket(
  from source: IPAddress, to destination: IPAddress, ipProtocol: UInt8, payload: [UInt8]
) -> [UInt8] {
  var packet: [UInt8] = []
  if source.isIPv6 {
    packet += [0x60, 0, 0, 0]
    packet.append(bigEndian: UInt16(clamping: payload.count))
    packet += [ipProtocol, 64]
  } else {
    packet += [0x45, 0]
    packet.append(bigEndian: UInt16(clamping: payload.count + 20))
    packet += [0, 0, 0x40, 0, 64, ipProtocol, 0, 0]
  }
  packet += source.bytes
  packet += destination.bytes
  if !source.isIPv6 {
    packet.replace(at: 10, bigEndian: internetChecksum(packet))
  }
  return packet + payload
}

/// The checksum of an IPv4 header (RFC 791 §3.1).
private func internetChecksum(_ header: [UInt8]) -> UInt16 {
  var sum: UInt32 = 0
  for index in stride(from: 0, to: header.count - 1, by: 2) {
    sum += UInt32(header[index]) << 8 | UInt32(header[index + 1])
  }
  while sum > 0xffff { sum = sum & 0xffff + sum >> 16 }
  return ~UInt16(truncatingIfNeeded: sum)
}

extension [UInt8] {
  /// Puts a number in place of the bytes that stand there, the most significant byte first.
  fileprivate mutating func replace(at index: Int, bigEndian value: UInt16) {
    self[index] = UInt8(value >> 8)
    self[index + 1] = UInt8(truncatingIfNeeded: value)
  }

  /// Appends a number, the most significant byte first.
  fileprivate mutating func append<Value: FixedWidthInteger>(bigEndian value: Value) {
    for shift in stride(from: Value.bitWidth - 8, through: 0, by: -8) {
      append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }
}
