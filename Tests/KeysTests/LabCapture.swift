import Bytes
import Foundation
import TestSupport

/// Bytes of hexadecimal text; white space is passed over.
func hex(_ text: String) -> [UInt8] {
  bytes(hexadecimal: text.filter { !$0.isWhitespace }) ?? []
}

/// One datagram of a lab capture, cut out by the simplest means: Ethernet, IPv4 or IPv6 without
/// extension headers, UDP 500 and 4500, ESP, AH.
struct LabDatagram {
  enum Kind { case ike, esp, ah }
  var frame: Int
  var kind: Kind
  var source: IPAddress
  var destination: IPAddress
  /// From the IKE header, the SPI, or (AH) the IP header on.
  var bytes: [UInt8]
  /// Where AH starts.
  var offset = 0
}

/// A capture of the laboratory with the keys beside it.
struct LabCapture {
  var name: String
  var datagrams: [LabDatagram]
  var keys: [UInt8]

  static var folder: URL? { SharedMaterial.folder("captures/lab") }

  static var names: [String] {
    guard let folder, let files = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    else { return [] }
    return files.filter { $0.hasSuffix(".keys.json") }.map { String($0.dropLast(10)) }.sorted()
  }

  init?(_ name: String) {
    guard let folder = Self.folder,
      let capture = try? Data(contentsOf: folder.appending(path: name + ".pcap")),
      let keys = try? Data(contentsOf: folder.appending(path: name + ".keys.json"))
    else { return nil }
    self.name = name
    self.keys = Array(keys)
    datagrams = Self.datagrams(of: Array(capture))
  }

  static func datagrams(of file: [UInt8]) -> [LabDatagram] {
    var result: [LabDatagram] = []
    var (offset, number) = (24, 1)
    while offset + 16 <= file.count {
      let length = (0..<4).reduce(0) { $0 | Int(file[offset + 8 + $1]) << (8 * $1) }
      let start = offset + 16
      guard start + length <= file.count else { break }
      if var found = datagram(Array(file[start..<(start + length)])) {
        found.frame = number
        result.append(found)
      }
      offset = start + length
      number += 1
    }
    return result
  }

  private static func datagram(_ frame: [UInt8]) -> LabDatagram? {
    guard frame.count > 34 else { return nil }
    let packet = Array(frame[14...])
    let isIPv6 = packet[0] >> 4 == 6
    let header = isIPv6 ? 40 : Int(packet[0] & 15) * 4
    guard packet.count > header, isIPv6 || (Int(packet[6]) << 8 | Int(packet[7])) & 0x3fff == 0,
      let source = IPAddress(bytes: isIPv6 ? packet[8..<24] : packet[12..<16]),
      let destination = IPAddress(bytes: isIPv6 ? packet[24..<40] : packet[16..<20])
    else { return nil }
    let total = isIPv6 ? 40 + word(packet, 4) : word(packet, 2)
    let whole = Array(packet.prefix(total))
    let body = Array(whole.dropFirst(header))
    func make(_ kind: LabDatagram.Kind, _ bytes: [UInt8]) -> LabDatagram {
      LabDatagram(frame: 0, kind: kind, source: source, destination: destination, bytes: bytes)
    }
    switch packet[isIPv6 ? 6 : 9] {
    case 50: return make(.esp, body)
    case 51:
      var result = make(.ah, whole)
      result.offset = header
      return result
    case 17 where body.count > 12:
      let ports = [word(body, 0), word(body, 2)]
      if ports.contains(4500) {
        return body[8..<12].allSatisfy { $0 == 0 }
          ? make(.ike, Array(body[12...])) : make(.esp, Array(body[8...]))
      }
      return ports.contains(500) ? make(.ike, Array(body[8...])) : nil
    default: return nil
    }
  }

  private static func word(_ bytes: [UInt8], _ offset: Int) -> Int {
    Int(bytes[offset]) << 8 | Int(bytes[offset + 1])
  }
}
