// Unsafe here: an engine is lent for the length of one call by the opener that keeps it.

import Bytes
package import Crypto

/// Opens the ESP packets of one direction of a child SA (RFC 4303).
///
/// Contexts are set up once; a packet of a known SA costs no allocation. One thread at a time uses
/// an opener; `clone()` makes another for a parallel worker.
package final class ESPOpener {
  private let keys: ChildSAKeys
  // Of the cipher, apart: a copy of the whole description costs references a packet.
  private let ivBytes: Int
  private let blockBytes: Int
  private let isNull: Bool
  private let hasImplicitIV: Bool
  private let isAEAD: Bool
  /// Opens nearly all packets where the algorithms are the usual ones.
  package let engine: PacketEngine?
  /// Open all others; made when first needed where there is an engine.
  private var contexts: Contexts?
  private let integrity: IntegrityAlgorithm?
  /// Bytes of integrity value that packets of this SA were found to have.
  private var icvBytes: Int
  private var usesOtherTruncation = false
  /// What is known of sequence numbers' high halves.
  package private(set) var sequence: SequenceHigh
  /// SPI, high and low half: what AEADs authenticate under ESN (RFC 4106 §5).
  private var header = [UInt8](repeating: 0, count: 12)

  /// Sets the contexts up; throws for an algorithm libcrypto cannot do and for keys of the wrong
  /// length.
  package init(_ keys: ChildSAKeys) throws(CryptoError) {
    self.keys = keys
    let name = keys.encryption ?? "null"
    guard let cipher = CipherAlgorithm(identifier: name) else {
      throw .unsupported(algorithm: name, reason: "the name is not known")
    }
    ivBytes = cipher.ivBytes
    blockBytes = cipher.blockBytes
    isNull = cipher.mode == .null
    hasImplicitIV = cipher.hasImplicitIV
    isAEAD = cipher.isAEAD
    integrity = try Self.integrity(of: keys)
    icvBytes = cipher.isAEAD ? cipher.icvBytes : integrity?.icvBytes ?? 0
    engine = Self.engine(for: keys)
    if engine == nil { contexts = try Contexts(keys, cipher, integrity) }
    sequence = SequenceHigh(isExtended: keys.esn)
  }

  /// What opens most packets under those keys; nil where the algorithms are not the usual ones. A
  /// worker has one of its own.
  package static func engine(for keys: ChildSAKeys) -> PacketEngine? {
    guard let cipher = CipherAlgorithm(identifier: keys.encryption ?? "null") else { return nil }
    let integrity = cipher.isAEAD ? nil : IntegrityAlgorithm(identifier: keys.integrity ?? "")
    return PacketEngine(
      cipher, key: keys.encryptionKey, salt: keys.salt, integrity, integrityKey: keys.integrityKey)
  }

  /// The contexts that together open a packet of any algorithm.
  private struct Contexts {
    let plain: CipherContext?
    let aead: AEADContext?
    let mac: MACContext?

    init(
      _ keys: ChildSAKeys, _ cipher: CipherAlgorithm, _ integrity: IntegrityAlgorithm?
    ) throws(CryptoError) {
      guard !cipher.isAEAD else {
        aead = try AEADContext(cipher, key: keys.encryptionKey, salt: keys.salt)
        (plain, mac) = (nil, nil)
        return
      }
      aead = nil
      plain = try CipherContext(cipher, key: keys.encryptionKey, salt: keys.salt)
      if case .mac(let algorithm) = integrity?.method {
        mac = try MACContext(algorithm, key: keys.integrityKey)
      } else {
        mac = nil
      }
    }
  }

  /// The contexts, made where there are none yet; nil only where an engine could be made and these
  /// cannot.
  private func anyContexts() -> Contexts? {
    if let contexts { return contexts }
    guard let cipher = CipherAlgorithm(identifier: keys.encryption ?? "null") else { return nil }
    contexts = try? Contexts(keys, cipher, integrity)
    return contexts
  }

  private static func integrity(of keys: ChildSAKeys) throws(CryptoError) -> IntegrityAlgorithm? {
    guard let name = keys.integrity, !name.isEmpty, name != "none" else { return nil }
    guard let known = IntegrityAlgorithm(identifier: name) else {
      throw .unsupported(algorithm: name, reason: "the name is not known")
    }
    return known
  }

  /// The same opener for another thread, with nothing learned yet.
  package func clone() throws(CryptoError) -> sending ESPOpener { try ESPOpener(keys) }

  /// Verifies and decrypts one packet.
  ///
  /// - Parameters:
  ///   - packet: From the SPI to the last byte of the integrity value.
  ///   - buffer: Where the plaintext goes; grown when too short, reused by the caller.
  /// - Returns: Where the plaintext stands and how sure it is, or why there is none.
  package func open(_ packet: RawSpan, into buffer: inout [UInt8]) -> ESPOutcome {
    let needed = 8 + ivBytes + max(blockBytes, 2) + icvBytes
    guard packet.byteCount >= needed else {
      return .failed(.tooShort, integrity: .notChecked)
    }
    if let usual = openUsual(packet, into: &buffer) {
      let high = took(usual, packet)
      return ESPOutcome(
        integrity: .good, padding: .standard, failure: nil, nextHeader: usual.nextHeader,
        plaintext: usual.start..<usual.end, sequenceHigh: high)
    }
    let low = packet.uint32(at: 4)
    return isAEAD
      ? openAEAD(packet, low: low, into: &buffer)
      : openWithCode(packet, low: low, into: &buffer)
  }

  /// True where `openUsual` may answer.
  package var hasEngine: Bool { engine != nil && !usesOtherTruncation }

  /// Opens a packet that is as most are: verified by the agreed transform under the sequence number's
  /// most likely high half, its padding regular. Nil for any other, and nothing is learned: then
  /// `open` has to look.
  @inline(__always)
  package func openUsual(_ packet: RawSpan, into buffer: inout [UInt8]) -> UsualPlaintext? {
    guard let engine, !usesOtherTruncation, packet.byteCount >= 8 else { return nil }
    return UsualPlaintext(
      packet, unsafe engine.lent, high: likelyHigh(packet.uint32(at: 4)), into: &buffer)
  }

  /// The high half that `openUsual` opens a packet of that low half with.
  @inline(__always)
  package func likelyHigh(_ low: UInt32) -> UInt32? { sequence.first(low: low) }

  /// Notes that a packet was as most are, opened with the likely high half; returns that.
  @inline(__always)
  @discardableResult
  package func took(_ usual: UsualPlaintext, _ packet: RawSpan) -> UInt32? {
    tookUsual(low: packet.uint32(at: 4))
  }

  /// As above, by the low half alone.
  @inline(__always)
  @discardableResult
  package func tookUsual(low: UInt32) -> UInt32? {
    let high = sequence.first(low: low)
    // Without extended numbers there is nothing to learn but the first time.
    if high != nil || sequence.hits == 0 { sequence.fitted(high: high, low: low) }
    return high
  }

  private func openAEAD(_ packet: RawSpan, low: UInt32, into buffer: inout [UInt8]) -> ESPOutcome {
    let likely = sequence.first(low: low)
    if opensAEAD(packet, high: likely, low: low, into: &buffer) {
      return trailed(packet, high: likely, low: low, in: buffer)
    }
    for high in sequence.candidates(low: low) where high != likely {
      if opensAEAD(packet, high: high, low: low, into: &buffer) {
        return trailed(packet, high: high, low: low, in: buffer)
      }
    }
    sequence.missed()
    return .failed(.integrity, integrity: .bad)
  }

  private func trailed(
    _ packet: RawSpan, high: UInt32?, low: UInt32, in buffer: [UInt8]
  ) -> ESPOutcome {
    sequence.fitted(high: high, low: low)
    let count = packet.byteCount - 8 - ivBytes - icvBytes
    return withTrailer(buffer, count: count, integrity: .good, high: high)
  }

  private func opensAEAD(
    _ packet: RawSpan, high: UInt32?, low: UInt32, into buffer: inout [UInt8]
  ) -> Bool {
    guard let aead = anyContexts()?.aead else { return false }
    let end = packet.byteCount - icvBytes
    let tag = packet.extracting(end..<packet.byteCount)
    let ciphertext = packet.extracting((8 + ivBytes)..<end)
    if hasImplicitIV {
      // RFC 8750 §3: the IV is the sequence number, extended or behind four zero bytes.
      let iv = networkOrder(high ?? 0) + networkOrder(low)
      if let high {
        let aad = fillHeader(packet, high: high)
        return aead.open(
          ciphertext, iv: iv.rawSpan, aad: aad.rawSpan, tag: tag, into: &buffer)
      }
      return aead.open(
        ciphertext, iv: iv.rawSpan, aad: packet.extracting(0..<8), tag: tag, into: &buffer)
    }
    let iv = packet.extracting(8..<16)
    guard let high else {
      return aead.open(
        ciphertext, iv: iv, aad: packet.extracting(0..<8), tag: tag, into: &buffer)
    }
    let aad = fillHeader(packet, high: high)
    return aead.open(ciphertext, iv: iv, aad: aad.rawSpan, tag: tag, into: &buffer)
  }

  private func fillHeader(_ packet: RawSpan, high: UInt32) -> [UInt8] {
    for index in 0..<4 {
      header[index] = packet.byte(at: index)
      header[4 + index] = UInt8(truncatingIfNeeded: high >> UInt32(24 - 8 * index))
      header[8 + index] = packet.byte(at: 4 + index)
    }
    return header
  }

  private func openWithCode(
    _ packet: RawSpan, low: UInt32, into buffer: inout [UInt8]
  ) -> ESPOutcome {
    var verdict = ESPOutcome.Integrity.notChecked
    var high: UInt32?
    let mac = anyContexts()?.mac
    if let mac {
      high = sequence.first(low: low)
      if fits(mac, packet, high: high, icvBytes: icvBytes) {
        verdict = usesOtherTruncation ? .goodWithOtherTruncation(icvBytes: icvBytes) : .good
      } else if let found = search(mac, packet, low: low) {
        high = found
        verdict = usesOtherTruncation ? .goodWithOtherTruncation(icvBytes: icvBytes) : .good
      } else {
        sequence.missed()
        return salvaged(packet, into: &buffer)
      }
      sequence.fitted(high: high, low: low)
    }
    let outcome = decrypted(packet, integrity: verdict, high: high, into: &buffer)
    if mac == nil, !isNull, outcome.failure == nil, !isPlausible(buffer, outcome) {
      return .failed(.implausible, integrity: .notChecked)
    }
    return outcome
  }

  /// Without an integrity value a plaintext must prove itself: by the header of the packet that it
  /// is, or by regular padding and a protocol that hosts speak. One wrong key in ten thousand passes.
  private func isPlausible(_ buffer: [UInt8], _ outcome: ESPOutcome) -> Bool {
    let range = outcome.plaintext
    switch outcome.nextHeader {
    case 4, 41: return ipLength(buffer, outcome).map { $0 >= 20 && $0 <= range.count } ?? false
    case 1, 2, 6, 17, 43, 44, 46, 47, 50, 51, 58, 59, 60, 88, 89, 94, 103, 108, 112, 115, 132, 136:
      return outcome.padding == .standard
    default: return false
    }
  }

  /// Whether the code over everything before the last `icvBytes` fits these.
  private func fits(_ mac: MACContext, _ packet: RawSpan, high: UInt32?, icvBytes: Int) -> Bool {
    let end = packet.byteCount - icvBytes
    guard end >= 8 else { return false }
    mac.begin()
    mac.update(packet.extracting(0..<end))
    if let high { mac.update(high) }
    mac.finish()
    return mac.matches(packet.extracting(end..<packet.byteCount))
  }

  /// Tries other sequence numbers and, before anything fitted, other truncations. The outer
  /// optional tells whether one fitted; it is then also what later packets are tried with first.
  private func search(_ mac: MACContext, _ packet: RawSpan, low: UInt32) -> UInt32?? {
    let candidates = sequence.candidates(low: low)
    let likely = sequence.first(low: low)
    for high in candidates where high != likely {
      if fits(mac, packet, high: high, icvBytes: icvBytes) { return .some(high) }
    }
    guard sequence.hits == 0, candidates.count > 1, let integrity else { return nil }
    for length in integrity.otherTruncations {
      for high in [likely, nil] where fits(mac, packet, high: high, icvBytes: length) {
        icvBytes = length
        usesOtherTruncation = true
        return .some(high)
      }
    }
    return nil
  }

  private func decrypted(
    _ packet: RawSpan, integrity: ESPOutcome.Integrity, high: UInt32?, into buffer: inout [UInt8]
  ) -> ESPOutcome {
    let start = 8 + ivBytes
    let count = packet.byteCount - start - icvBytes
    guard count >= 2 else { return .failed(.tooShort, integrity: integrity) }
    let iv = packet.extracting(8..<start)
    guard let plain = anyContexts()?.plain,
      plain.apply(to: packet.extracting(start..<(start + count)), iv: iv, into: &buffer)
    else { return .failed(.misaligned, integrity: integrity) }
    return withTrailer(buffer, count: count, integrity: integrity, high: high)
  }

  /// A packet whose integrity value does not fit stays a failure. Where its plaintext proves itself
  /// (an IP packet whose own length is exactly there, before well-formed padding) the encryption key
  /// is right, and it is the integrity key or some bytes that are not: then the plaintext is told
  /// beside the failure.
  private func salvaged(_ packet: RawSpan, into buffer: inout [UInt8]) -> ESPOutcome {
    var outcome = decrypted(packet, integrity: .bad, high: nil, into: &buffer)
    guard outcome.failure == nil, outcome.padding == .standard, !isNull,
      isWholeIPPacket(buffer, outcome)
    else { return .failed(.integrity, integrity: .bad) }
    outcome.failure = .integrity
    return outcome
  }

  private func isWholeIPPacket(_ buffer: [UInt8], _ outcome: ESPOutcome) -> Bool {
    ipLength(buffer, outcome) == outcome.plaintext.count
  }

  /// The length that the plaintext's own IP header gives; nil where there is none.
  private func ipLength(_ buffer: [UInt8], _ outcome: ESPOutcome) -> Int? {
    let range = outcome.plaintext
    func number(at offset: Int) -> Int {
      Int(buffer[range.lowerBound + offset]) << 8 | Int(buffer[range.lowerBound + offset + 1])
    }
    switch outcome.nextHeader {
    case 4 where range.count >= 20 && buffer[range.lowerBound] >> 4 == 4: return number(at: 2)
    case 41 where range.count >= 40 && buffer[range.lowerBound] >> 4 == 6:
      return number(at: 4) + 40
    default: return nil
    }
  }

  /// Reads the trailer: padding, its length, next header (RFC 4303 §2.4 to §2.6).
  private func withTrailer(
    _ buffer: [UInt8], count: Int, integrity: ESPOutcome.Integrity, high: UInt32?
  ) -> ESPOutcome {
    guard count >= 2 else { return .failed(.tooShort, integrity: integrity) }
    let padding = Int(buffer[count - 2])
    guard padding + 2 <= count else { return .failed(.padding, integrity: integrity) }
    let end = count - 2 - padding
    var isStandard = true
    for index in 0..<padding where buffer[end + index] != UInt8(truncatingIfNeeded: index + 1) {
      isStandard = false
      break
    }
    return ESPOutcome(
      integrity: integrity, padding: isStandard ? .standard : .other, failure: nil,
      nextHeader: buffer[count - 1], plaintext: 0..<end, sequenceHigh: high)
  }
}
