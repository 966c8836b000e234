/// Judges whether one flow of UDP payloads is ESP, where neither the port nor a negotiation says
/// so: Cisco's IPsec over UDP on port 10000, which other protocols use too.
///
/// ESP repeats its SPI and counts its packets one by one; what other protocols have in these bytes
/// does neither for long.
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

  private var spi: UInt32 = 0
  private var sequence: UInt32 = 0
  private var steps = 0
  private var contradictions = 0

  package init() {}

  /// Takes in the next packet of the flow: its first eight bytes as ESP would have them.
  package mutating func packetSeen(_ header: ESPHeader) {
    guard verdict == .undecided else { return }
    if spi == header.spi {
      let step = header.sequence &- sequence
      // A copy proves nothing; a gap of a few packets is loss.
      if (1...32).contains(step) { steps += 1 } else if step != 0 { contradictions += 1 }
    } else if spi != 0 {
      contradictions += 1
    }
    spi = header.spi
    sequence = header.sequence
    if contradictions > 2 {
      verdict = .other
    } else if steps >= 3, contradictions == 0 || steps >= 6 {
      verdict = .esp
    }
  }
}
