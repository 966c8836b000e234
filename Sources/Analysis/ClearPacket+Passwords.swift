import ISAKMP
import Registries
import Tracking

/// The payloads of an opened message with `*` in place of every byte of a password: XAUTH's, and
/// what EAP carries as the user typed it (RFC 3748 §5.5, §5.6).
func withoutPasswords(_ opened: OpenedIKEMessage) -> [UInt8] {
  var bytes = opened.payloads
  var type = opened.firstPayload
  var start = 0
  let version: IKEVersion = opened.message.header.version == .v1 ? .v1 : .v2
  while type != 0, bytes.count - start >= 4 {
    let length = Int(bytes[start + 2]) << 8 | Int(bytes[start + 3])
    guard length >= 4 else { break }
    let body = (start + 4)..<min(start + length, bytes.count)
    switch PayloadType(version, type) {
    case .attributesV1: maskAttributes(of: &bytes, body)
    case .eapV2: maskEAP(of: &bytes, body)
    default: break
    }
    type = bytes[start]
    guard body.upperBound > start, body.upperBound < bytes.count else { break }
    start = body.upperBound
  }
  return bytes
}

/// Type, one reserved byte and an identifier stand before the attributes.
private func maskAttributes(of bytes: inout [UInt8], _ body: Range<Int>) {
  var start = body.lowerBound + 4
  while body.upperBound - start >= 4 {
    let type = UInt16(bytes[start]) << 8 | UInt16(bytes[start + 1])
    let isShort = type & 0x8000 != 0
    let length = Int(bytes[start + 2]) << 8 | Int(bytes[start + 3])
    let end = isShort ? start + 4 : min(start + 4 + length, body.upperBound)
    if ConfigurationAttribute(.v1, type & 0x7fff).isSecret {
      mask(&bytes, (isShort ? start + 2 : start + 4)..<end)
    }
    start = end
  }
}

/// Answers to one-time password and token card requests are what the user typed.
private func maskEAP(of bytes: inout [UInt8], _ body: Range<Int>) {
  guard body.count > 5, bytes[body.lowerBound] == 2, [5, 6].contains(bytes[body.lowerBound + 4])
  else { return }
  mask(&bytes, (body.lowerBound + 5)..<body.upperBound)
}

private func mask(_ bytes: inout [UInt8], _ range: Range<Int>) {
  for index in range { bytes[index] = UInt8(ascii: "*") }
}
