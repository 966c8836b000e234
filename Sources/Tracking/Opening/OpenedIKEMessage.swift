import ISAKMP

/// The inside of an IKE message that was opened, for whoever wants its bytes.
package struct OpenedIKEMessage {
  /// The message it was in.
  package let message: SeenMessage
  /// The IKE SA it belongs to.
  package let tunnel: IKESA
  /// Type of the first payload inside.
  package let firstPayload: UInt8
  /// The payloads inside, without padding.
  package let payloads: [UInt8]

  init(_ message: SeenMessage, _ opened: OpenedMessage, tunnel: IKESA) {
    self.message = message
    self.tunnel = tunnel
    firstPayload = message.innerTypes.first ?? 0
    // What stands before the first payload could not be read; what follows the last is padding,
    // unless decoding stopped before.
    let start = opened.payloads.first?.range.lowerBound ?? 0
    let end = message.innerMalformed == nil ? opened.payloads.last?.range.upperBound : nil
    payloads = Array(opened.bytes[start..<(end ?? opened.bytes.count)])
  }
}
