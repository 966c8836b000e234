import ISAKMP
import Registries

/// The field's names for messages: `MM3`, `AM1`, `QM2`, `TX1`, `INFO`, `IKE_AUTH request 1`.
enum MessageNaming {
  /// The name of an IKEv1 message at a step of its exchange; step 0 prints as `?`.
  static func v1(_ type: ExchangeType, step: Int) -> String {
    let number = step == 0 ? "?" : String(step)
    return switch type {
    case .main: "MM\(number)"
    case .aggressive: "AM\(number)"
    case .base: "BM\(number)"
    case .authenticationOnly: "AO\(number)"
    case .quick: "QM\(number)"
    case .newGroup: "NGM\(number)"
    case .transaction: "TX\(number)"
    case .informational: "INFO"
    default: "\(type.name) \(number)"
    }
  }

  /// The name of an IKEv2 message.
  static func v2(_ header: ISAKMPHeader) -> String {
    unnumbered(header) + String(header.messageID)
  }

  /// The name of an IKEv2 message up to its number, `IKE_AUTH request `.
  static func unnumbered(_ header: ISAKMPHeader) -> String {
    let place = Int(header.exchangeType.rawValue) - firstNamed
    guard namesV2.indices.contains(place) else {
      return nameV2(header.exchangeType, header.isResponse)
    }
    return header.isResponse ? namesV2[place].response : namesV2[place].request
  }

  private static func nameV2(_ type: ExchangeType, _ isResponse: Bool) -> String {
    type.name + (isResponse ? " response " : " request ")
  }

  /// The names of RFC 7296's exchanges and those next to them, made once: they are in every message.
  private static let namesV2 = (firstNamed..<firstNamed + 12).map { number in
    let type = ExchangeType(rawValue: UInt8(number))
    return (request: nameV2(type, false), response: nameV2(type, true))
  }
  private static let firstNamed = Int(ExchangeType.ikeSAInit.rawValue)
}

/// Which message of an IKEv1 exchange this is, told by who sent it, what is in it and what came
/// before.
enum StepV1 {
  /// The step of a message that repeats none of those before it; 0 when that cannot be told.
  ///
  /// - Parameters:
  ///   - type: The exchange.
  ///   - sentByStarter: True when the sender is the end that started the exchange.
  ///   - payloads: Payload types in clear; empty for an encrypted message.
  ///   - seen: Steps of the different messages so far.
  /// - Returns: The step, from 1.
  static func next(
    _ type: ExchangeType, sentByStarter: Bool, payloads: [PayloadType], seen: [Int]
  ) -> Int {
    switch type {
    case .main: main(sentByStarter, payloads)
    case .aggressive: aggressive(sentByStarter, payloads)
    case .base: base(sentByStarter, payloads)
    case .informational: 1
    default: alternating(sentByStarter, seen)
    }
  }

  /// RFC 2409 §5: SA, SA; KE Ni, KE Nr; the rest is encrypted.
  private static func main(_ sentByStarter: Bool, _ payloads: [PayloadType]) -> Int {
    let first = sentByStarter ? 1 : 2
    if payloads.contains(.saV1) { return first }
    if payloads.contains(.keV1) || payloads.contains(.nonceV1) { return first + 2 }
    return payloads.isEmpty ? first + 4 : 0
  }

  /// RFC 2409 §5: SA KE Ni ID; SA KE Nr ID HASH; HASH.
  private static func aggressive(_ sentByStarter: Bool, _ payloads: [PayloadType]) -> Int {
    guard sentByStarter else { return 2 }
    return payloads.contains(.saV1) ? 1 : 3
  }

  /// RFC 2408 §4.4: SA NONCE; SA NONCE; KE ID AUTH; KE ID AUTH.
  private static func base(_ sentByStarter: Bool, _ payloads: [PayloadType]) -> Int {
    (sentByStarter ? 1 : 2) + (payloads.contains(.saV1) ? 0 : 2)
  }

  /// Quick mode and transactions: the two ends take turns; a turn that was not seen is passed over.
  private static func alternating(_ sentByStarter: Bool, _ seen: [Int]) -> Int {
    let last = seen.max() ?? 0
    let next = last + 1
    return (next % 2 == 1) == sentByStarter ? next : next + 1
  }
}
