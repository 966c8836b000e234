package import ISAKMP
import Registries

/// What the length of an encrypted IKE message tells without its keys.
package enum MessageShape {
  /// Payload bytes below which an IKE_AUTH response cannot hold IDr, AUTH, SA, TSi and TSr:
  /// the smallest are 8 + 4, 8 + 16, 40, 24 and 24 bytes, and one error notify is 8.
  package static let smallestAuthAnswer = 112

  /// The most that a lone error notify takes, its data and SPI included.
  package static let largestLoneNotify = 40

  /// Payload bytes inside an IKEv2 message, at most: its length less header, SK header, IV, check
  /// value and the padding's length byte. Padding may still be among them (up to a block).
  package static func innerBytes(of message: SeenMessage, _ suite: Suite?) -> Int {
    let iv = suite?.cipher?.cipher.ivBytes ?? 8
    let icv =
      suite?.cipher.map { $0.cipher.icvBytes }.flatMap { $0 > 0 ? $0 : nil }
      ?? suite?.integrity?.icvBytes ?? 12
    return max(0, message.wireByteCount - ISAKMPHeader.byteCount - 4 - iv - icv - 1)
  }
}
