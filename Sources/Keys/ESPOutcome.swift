/// What became of an ESP packet.
package struct ESPOutcome: Hashable, Sendable {
  /// What the integrity value says.
  package enum Integrity: Hashable, Sendable {
    /// Verified with the agreed transform.
    case good
    /// Verified with the agreed code, truncated to another length than agreed: a known
    /// interoperability defect (HMAC-SHA-256 at 96 bits).
    case goodWithOtherTruncation(icvBytes: Int)
    /// Does not fit: wrong keys, or a damaged packet.
    case bad
    /// No integrity transform, or one that nobody can check.
    case notChecked
  }

  /// How the trailer looks.
  package enum Padding: Hashable, Sendable {
    /// 1, 2, 3, … as RFC 4303 §2.4 has it by default.
    case standard
    /// Other bytes, a possible length.
    case other
    /// Longer than the packet: not a plaintext, or a lie.
    case impossible
  }

  /// Why there is no plaintext.
  package enum Failure: Hashable, Sendable {
    case integrity
    /// Fewer bytes than header, IV, trailer and integrity value take.
    case tooShort
    /// The ciphertext is not whole blocks: another cipher, or a cut packet.
    case misaligned
    case padding
    /// Nothing verifies the packet, and what comes out is none: keys that do not fit.
    case implausible
  }

  package var integrity: Integrity
  package var padding: Padding
  /// Nil when there is a plaintext to believe. With `.integrity` and a plaintext that is not empty,
  /// the encryption key is right all the same: the plaintext may be shown as not verified.
  package var failure: Failure?
  /// The protocol of the plaintext: 4 IPv4, 41 IPv6, 59 dummy (RFC 4303 §2.6), or a transport
  /// protocol; 0 without a plaintext.
  package var nextHeader: UInt8
  /// Where the plaintext stands in the caller's buffer, without padding. A dummy packet's and
  /// traffic flow confidentiality padding are in it: the inner lengths tell.
  package var plaintext: Range<Int>
  /// The high half of the extended sequence number that fitted; nil where it was not extended.
  package var sequenceHigh: UInt32?

  static func failed(_ failure: Failure, integrity: Integrity) -> ESPOutcome {
    ESPOutcome(
      integrity: integrity, padding: .impossible, failure: failure, nextHeader: 0,
      plaintext: 0..<0, sequenceHigh: nil)
  }
}
