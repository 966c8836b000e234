import Bytes
package import Crypto

/// What became of an AH packet.
package struct AHOutcome: Hashable, Sendable {
  package var integrity: ESPOutcome.Integrity
  /// True when the packet was too short for what its headers say.
  package var isTooShort: Bool
  /// The high half of the extended sequence number that fitted; nil where it was not extended.
  package var sequenceHigh: UInt32?
}

/// Verifies the AH packets of one direction of a child SA (RFC 4302).
///
/// One thread at a time uses a verifier; `clone()` makes another.
package final class AHVerifier {
  private let keys: ChildSAKeys
  private let mac: MACContext?
  private let integrity: IntegrityAlgorithm?
  private var sequence: SequenceHigh
  /// The packet with its mutable fields zeroed.
  private var image: [UInt8] = []

  package init(_ keys: ChildSAKeys) throws(CryptoError) {
    self.keys = keys
    let name = keys.integrity ?? ""
    guard let algorithm = IntegrityAlgorithm(identifier: name) else {
      throw .unsupported(algorithm: name, reason: "the name is not known")
    }
    integrity = algorithm
    switch algorithm.method {
    case .mac(let mac):
      self.mac = try MACContext(mac, key: keys.integrityKey)
    case .gmac:
      throw .unsupported(algorithm: name, reason: "no implementation of GMAC in AH is known")
    case .unchecked:
      mac = nil
    }
    sequence = SequenceHigh(isExtended: keys.esn)
  }

  /// The same verifier for another thread, with nothing learned yet.
  package func clone() throws(CryptoError) -> sending AHVerifier { try AHVerifier(keys) }

  /// Verifies one packet.
  ///
  /// - Parameters:
  ///   - packet: The whole IP packet from its IP header on, put together if it was fragmented.
  ///   - offset: Where the authentication header starts in it.
  /// - Returns: What the integrity value says.
  package func verify(_ packet: RawSpan, headerAt offset: Int) -> AHOutcome {
    guard let layout = AHLayout(packet, headerAt: offset) else {
      return AHOutcome(integrity: .notChecked, isTooShort: true)
    }
    guard mac != nil else {
      return AHOutcome(integrity: .notChecked, isTooShort: false)
    }
    layout.image(of: packet, into: &image)
    let low = packet.uint32(at: offset + 8)
    for high in sequence.candidates(low: low) {
      if let verdict = verdict(packet, layout, high: high) {
        sequence.fitted(high: high, low: low)
        return AHOutcome(integrity: verdict, isTooShort: false, sequenceHigh: high)
      }
    }
    sequence.missed()
    return AHOutcome(integrity: .bad, isTooShort: false)
  }

  private func verdict(
    _ packet: RawSpan, _ layout: AHLayout, high: UInt32?
  ) -> ESPOutcome.Integrity? {
    let field = packet.extracting(layout.icv)
    guard let mac, let integrity else { return nil }
    let image = image
    mac.begin()
    mac.update(image.rawSpan)
    if let high { mac.update(high) }
    mac.finish()
    // The field may be padded to a multiple of 8 bytes in IPv6 (RFC 4302 §2.6).
    guard field.byteCount >= integrity.icvBytes else {
      return mac.matches(field) ? .goodWithOtherTruncation(icvBytes: field.byteCount) : nil
    }
    if field.byteCount > integrity.icvBytes, mac.matches(field) {
      return .goodWithOtherTruncation(icvBytes: field.byteCount)
    }
    return mac.matches(field.extracting(0..<integrity.icvBytes)) ? .good : nil
  }
}
