import ISAKMP

/// What key schedules, IVs and proofs take from the bytes of an IKE SA's own messages.
struct Transcript {
  /// Longest message kept, in bytes; AUTH of IKEv2 signs whole first messages.
  static let longestMessage = 1 << 16

  /// IKEv1: the body of the initiator's SA payload, SAi_b (RFC 2409 §5).
  var saBody: [UInt8] = []
  /// IKEv1: last ciphertext blocks of the encrypted phase 1 messages, in order.
  var phase1Blocks: [[UInt8]] = []
  /// IKEv1: last ciphertext blocks of later exchanges' messages by message ID, in order.
  var exchangeBlocks: [UInt32: [[UInt8]]] = [:]
  /// IKEv2: the request and response whose answer chose a proposal (RFC 7296 §2.15).
  var initRequest: [UInt8] = []
  var initResponse: [UInt8] = []
  /// The latest IKE_SA_INIT request, which becomes `initRequest` when it is accepted.
  var latestInitRequest: [UInt8] = []
}
