import ISAKMP
import Registries
import Tracking

/// What the length of an encrypted IKEv2 answer tells without its keys.
struct AnswerShape {
  /// Bytes of payloads inside at most; padding up to a cipher block may still be among them.
  let inner: Int
  private let exchange: Exchange
  private let ike: IKESA

  init(_ message: SeenMessage, _ exchange: Exchange, _ ike: IKESA) {
    inner = innerBytesV2(message, ike.chosen)
    self.exchange = exchange
    self.ike = ike
  }

  /// One error notify is 8 bytes and seldom has data; an EAP failure is 8 bytes.
  var isLoneNotify: Bool { inner < 36 }

  /// AUTH, SA (one cipher, no ESN), TSi and TSr at their smallest: 8 + the PRF's output, 24, 24, 24
  /// bytes; and IDr, 12 bytes, unless an earlier round had it.
  var hasRoomForChild: Bool {
    inner >= (exchange.messageID > 1 ? 0 : 12) + 8 + prfBytes + 24 + 24 + 24
  }

  /// What a hidden answer of this length refuses; nil where it may be a success, or only one round
  /// of several (EAP), or a piece of a longer message.
  var refusedStage: Refusal.Stage? {
    switch exchange.type {
    case .ikeAuth:
      if goesOn { return nil }
      if isLoneNotify { return .authentication }
      return hasRoomForChild ? nil : .child
    case .createChildSA:
      // SA and nonce at their smallest: 40 and 20 bytes.
      return inner < 60 ? .child : nil
    default: return nil
    }
  }

  /// Another IKE_AUTH follows: this one was a round of EAP.
  private var goesOn: Bool {
    ike.exchanges.contains { $0.type == .ikeAuth && $0.messageID > exchange.messageID }
  }

  private var prfBytes: Int {
    switch ike.chosen?.first(.prf)?.name ?? "" {
    case let name where name.contains("512"): 64
    case let name where name.contains("384"): 48
    case let name where name.contains("256"): 32
    case let name where name.contains("md5"): 16
    default: 20
    }
  }
}

/// Payload bytes inside an encrypted IKEv2 message, at most: its length less header, SK header,
/// IV, check value and the padding's length byte.
func innerBytesV2(_ message: SeenMessage, _ suite: Suite?) -> Int {
  let iv = suite?.cipher?.cipher.ivBytes ?? 8
  let own = suite?.cipher?.cipher.icvBytes ?? 0
  let icv = own > 0 ? own : suite?.integrity?.icvBytes ?? 12
  return max(0, message.wireByteCount - ISAKMPHeader.byteCount - 4 - iv - icv - 1)
}

/// What the length of a quick mode's first message tells of a KE payload in it.
enum KEShape: Hashable {
  /// Too short for any.
  case absent
  /// Too short for a KE of 1024 bits or more; an elliptic curve's would fit.
  case onlyElliptic
  /// There may be one.
  case possible
  /// It was opened: there is one, or not.
  case known(Bool)

  init(_ message: SeenMessage, _ exchange: Exchange, _ ike: IKESA) {
    if message.opening == .opened {
      self = .known(exchange.keyExchange[message.from] != nil)
      return
    }
    let hash = (ike.chosen?.pseudorandomFunction).map { _ in hashBytes(ike.chosen) } ?? 16
    // HASH; SA with one proposal of one transform with a mode; the shortest nonce.
    let least = 4 + hash + (12 + 12 + 8 + 4) + 12
    let room = message.wireByteCount - ISAKMPHeader.byteCount - least
    // KE of a 256-bit curve: 4 + 64; of 1024 bits: 4 + 128.
    self = room < 68 ? .absent : room < 132 ? .onlyElliptic : .possible
  }

  /// A sentence about the message without its full stop; nil when the length tells nothing.
  func sentence(_ label: String) -> String? {
    switch self {
    case .absent: "\(label) leaves no room for a KE payload, so no PFS was offered"
    case .onlyElliptic:
      "\(label) leaves no room for a KE payload of 1024 bits or more, so PFS was most likely not "
        + "offered"
    case .possible: nil
    case .known(true): "\(label) holds a KE payload, so PFS was offered"
    case .known(false): "\(label) holds no KE payload, so PFS was not offered"
    }
  }

  /// True when there is no KE, as far as can be told.
  var isAbsent: Bool {
    switch self {
    case .absent, .onlyElliptic, .known(false): true
    case .possible, .known(true): false
    }
  }
}

private func hashBytes(_ suite: Suite?) -> Int {
  switch suite?.first(.hash)?.name ?? "" {
  case let name where name.contains("512"): 64
  case let name where name.contains("384"): 48
  case let name where name.contains("256"): 32
  case let name where name.contains("md5"): 16
  default: 20
  }
}
