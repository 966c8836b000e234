/// Judges whether one flow of UDP payloads is ESP, where neither the port nor a negotiation says
/// so: Cisco's IPsec over UDP on port 10000, which other protocols use too.
///
/// ESP repeats its SPIs, a few at a time, and counts the packets of each one by one; what other
/// protocols have in these bytes does neither for long.
package struct ESPFlowEvidence: Hashable, Sendable {
  /// What is known so far.
  package enum Verdict: Hashable, Sendable {
    /// Too few packets.
    case undecided
    /// ESP.
    case esp
    /// Something else.
    case other
  }

  /// What is known so far; does not change any more once decided.
  package private(set) var verdict = Verdict.undecided

  /// The SPIs seen last, the latest first: children of one tunnel side by side, and rekeyed ones.
  private var latest: [ESPHeader] = []
  private var steps = 0
  private var contradictions = 0
  private var strangers = 0

  private static let remembered = 4
  /// Packets lost in a row that are still taken for loss.
  private static let gap: UInt32 = 32

  package init() {}

  /// Takes in the next packet of the flow: its first eight bytes as ESP would have them.
  package mutating func packetSeen(_ header: ESPHeader) {
    guard verdict == .undecided else { return }
    if let index = latest.firstIndex(where: { $0.spi == header.spi }) {
      let step = header.sequence &- latest.remove(at: index).sequence
      // A copy proves nothing.
      if (1...Self.gap).contains(step) { steps += 1 } else if step != 0 { contradictions += 1 }
    } else {
      strangers += 1
    }
    latest.insert(header, at: 0)
    if latest.count > Self.remembered { latest.removeLast() }
    decide()
  }

  private mutating func decide() {
    if steps >= 3, steps >= 3 * contradictions, steps >= strangers {
      verdict = .esp
    } else if contradictions > 2 || strangers > Self.remembered + 2 + steps {
      verdict = .other
    }
    if verdict != .undecided { latest = [] }
  }
}
