import Bytes
import Foundation

/// One IKE message out of a capture: which frame, and its bytes.
struct CapturedMessage: Sendable {
  let frame: Int
  let bytes: [UInt8]
  /// IP addresses and ports, to pair it with what another tool says.
  let destinationPort: UInt16
}

/// The IKE messages of a plain pcap file of Ethernet and IPv4: UDP 500, and UDP 4500 behind the
/// non-ESP marker. Enough for the tests of this room; fragments and all else are passed over.
func capturedMessages(_ url: URL) throws -> [CapturedMessage] {
  let file = [UInt8](try Data(contentsOf: url))
  guard file.count >= 24, file.starts(with: [0xd4, 0xc3, 0xb2, 0xa1]), file[20] == 1 else {
    return []
  }
  var messages: [CapturedMessage] = []
  var position = 24
  var frame = 0
  while position + 16 <= file.count {
    let length = (0..<4).reduce(0) { $0 | Int(file[position + 8 + $1]) << (8 * $1) }
    let start = position + 16
    guard start + length <= file.count else { break }
    frame += 1
    if let message = message(in: Array(file[start..<(start + length)]), frame: frame) {
      messages.append(message)
    }
    position = start + length
  }
  return messages
}

private func message(in frame: [UInt8], frame number: Int) -> CapturedMessage? {
  // Ethernet 14, IPv4 20 and more, UDP 8.
  guard frame.count >= 42, frame[12] == 8, frame[13] == 0, frame[14] >> 4 == 4, frame[23] == 17,
    frame[20] & 0x3f == 0, frame[21] == 0
  else { return nil }
  let udp = 14 + Int(frame[14] & 15) * 4
  guard frame.count >= udp + 8 else { return nil }
  func port(_ offset: Int) -> UInt16 { UInt16(frame[offset]) << 8 | UInt16(frame[offset + 1]) }
  let end = min(udp + Int(port(udp + 4)), frame.count)
  guard end > udp + 8 else { return nil }
  let payload = Array(frame[(udp + 8)..<end])
  let ports = [port(udp), port(udp + 2)]
  if ports.contains(500) {
    return CapturedMessage(frame: number, bytes: payload, destinationPort: ports[1])
  }
  guard ports.contains(4500), payload.count > 4, payload.starts(with: [0, 0, 0, 0]) else {
    return nil
  }
  return CapturedMessage(
    frame: number, bytes: Array(payload.dropFirst(4)), destinationPort: ports[1])
}
