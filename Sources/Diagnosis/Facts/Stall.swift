import Bytes
import ISAKMP
import Registries
import Tracking

/// A message that went unanswered, with all its repetitions.
struct Stall {
  let exchange: Exchange
  /// The first of the equal messages.
  let message: SeenMessage
  /// Where it and its copies were seen, in order.
  let sightings: [Sighting]
  /// What the other end sent in the same exchange after it: repetitions of its previous message.
  let repeatedByPeer: [SeenMessage]

  var from: Role { message.from }
  var first: Sighting { message.sighting }
  var last: Sighting { sightings.last ?? message.sighting }
  /// How often it was sent.
  var times: Int { sightings.count }
  /// The port it went to.
  var port: UInt16 { message.destination.port }
  /// True when it went out on the NAT traversal port.
  var isOnNATPort: Bool { message.destination.port == 4500 || message.source.port == 4500 }
  /// True when it went out in several IP packets.
  var isInPieces: Bool { message.pieces.count > 1 }
  /// IP packets above this size meet links that cannot carry them whole.
  var isLarge: Bool { message.wireByteCount > 1200 }

  /// The state of an exchange whose last new message nobody has answered; nil when it went on.
  init?(_ exchange: Exchange) {
    guard exchange.state == .waiting || exchange.state == .refused else { return nil }
    let messages = exchange.messages
    guard let index = messages.lastIndex(where: { $0.copyOf == nil }) else { return nil }
    let message = messages[index]
    guard !message.isResponse else { return nil }
    self.exchange = exchange
    self.message = message
    sightings =
      [message.sighting]
      + messages.indices.filter { messages[$0].copyOf == index }.map { messages[$0].sighting }
    repeatedByPeer = messages[index...].filter { $0.from != message.from }
  }

  /// True when nobody waits for the answer any more, or has waited long.
  func isOver(at now: Timestamp) -> Bool {
    times >= 3 || now.since(last.time) >= 10_000_000_000
      || times == 2 && now.since(last.time) >= 2_000_000_000
  }

  /// How sure it is that the answer will not come.
  var certainty: Certainty { times >= 3 ? .certain : .likely }

  /// All copies as evidence.
  func evidence(_ what: String) -> [Evidence] {
    sightings.enumerated().map { position, sighting in
      Evidence(
        sighting,
        position == 0
          ? "\(message.label) \(what)" : "\(message.label) repeated (copy \(position))")
    }
  }

  /// Time from the first to the last copy, in words.
  var duration: String { seconds(last.time.since(first.time)) }
}

/// A length of time for a sentence: `0.4 s`, `12 s`, `3 min`, `2 h`.
func seconds(_ nanoseconds: Int64) -> String {
  let value = Double(nanoseconds) / 1_000_000_000
  if value < 0.0995 { return "\(Int((value * 1000).rounded())) ms" }
  if value < 10 {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
  }
  if value < 120 { return "\(Int(value.rounded())) s" }
  if value < 7200 { return "\(Int((value / 60).rounded())) min" }
  return "\(Int((value / 3600).rounded())) h"
}
