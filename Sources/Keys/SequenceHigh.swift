/// Which high halves of an extended sequence number are worth trying, and what was learned
/// (RFC 4303 §2.2.1 and appendix A: the high half is authenticated and never sent).
package struct SequenceHigh: Sendable {
  /// The last high half that fitted, and the low half it came with.
  private var high: UInt32 = 0
  private var low: UInt32 = 0
  /// Whether sequence numbers are extended: as the keys say, or as found.
  package private(set) var isExtended: Bool?
  /// Packets that fitted and, before the first of these, packets that did not.
  private(set) var hits = 0
  private var misses = 0

  init(isExtended: Bool?) {
    self.isExtended = isExtended
  }

  /// What to try for a packet, most likely first; nil stands for a sequence number of 32 bits.
  ///
  /// Before anything fitted a capture may have begun anywhere, so more is tried; but soon only for
  /// one packet of 256, since keys that do not fit would cost that for every packet.
  func candidates(low newLow: UInt32) -> [UInt32?] {
    if hits > 0 {
      guard isExtended == true else { return [nil] }
      let guess = likely(newLow)
      return [guess, guess &+ 1, guess &- 1]
    }
    guard misses < 8 || misses % 256 == 0 else { return isExtended == true ? [high] : [nil] }
    switch isExtended {
    case true: return (0..<16).map { $0 } + [nil]
    case false: return [nil, 0]
    default: return [nil] + (0..<16).map { $0 }
    }
  }

  /// The most likely candidate alone, without an allocation.
  package func first(low newLow: UInt32) -> UInt32? {
    guard isExtended == true else { return nil }
    return hits > 0 ? likely(newLow) : high
  }

  /// The high half that puts the packet closest to the last one.
  private func likely(_ newLow: UInt32) -> UInt32 {
    let half: UInt32 = 1 << 31
    if newLow < low, low - newLow > half { return high &+ 1 }
    if newLow > low, newLow - low > half, high > 0 { return high - 1 }
    return high
  }

  /// Notes what a packet was verified with.
  package mutating func fitted(high newHigh: UInt32?, low newLow: UInt32) {
    hits += 1
    isExtended = newHigh != nil
    guard let newHigh, hits == 1 || (newHigh, newLow) > (high, low) else { return }
    (high, low) = (newHigh, newLow)
  }

  mutating func missed() {
    misses &+= 1
  }
}
