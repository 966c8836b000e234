import ISAKMP
import Registries

/// The inside of an IKE message that was opened, for whoever wants its bytes.
package struct OpenedIKEMessage {
  /// The message it was in.
  package let message: SeenMessage
  /// The IKE SA it belongs to.
  package let tunnel: IKESA
  /// False when its integrity value does not fit.
  package let isVerified: Bool
  /// Type of the first payload inside.
  package let firstPayload: UInt8
  /// The payloads inside, without padding.
  package let payloads: [UInt8]

  init(_ message: SeenMessage, _ opened: OpenedMessage, tunnel: IKESA, isVerified: Bool = true) {
    self.isVerified = isVerified
    self.message = message
    self.tunnel = tunnel
    firstPayload = opened.payloads.first?.type.rawValue ?? 0
    // What stands before the first payload could not be read; what follows the last is padding,
    // unless decoding stopped before.
    let start = opened.payloads.first?.range.lowerBound ?? 0
    let end = message.innerMalformed == nil ? opened.payloads.last?.range.upperBound : nil
    payloads = Array(opened.bytes[start..<(end ?? opened.bytes.count)])
  }
}
