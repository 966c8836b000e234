import Bytes
import Crypto
import Keys

/// Makes ESP packets, to have every algorithm and every defect at hand.
struct ESPBuilder {
  var cipher: String
  var integrity: String?
  var esn: Bool? = false
  var keyBytes: Int?
  /// Bytes of integrity value to send; nil for the transform's own.
  var icvBytes: Int?

  /// An IPv4 packet of `length` bytes, its total length right.
  static func ipv4(_ length: Int) -> [UInt8] {
    [0x45, 0, UInt8(length >> 8), UInt8(length & 255)] + (4..<length).map { UInt8($0 & 255) }
  }

  private var algorithm: CipherAlgorithm? { CipherAlgorithm(identifier: cipher) }

  var keys: ChildSAKeys {
    var keys = ChildSAKeys(.esp, spi: SPIPattern(0x1234), origin: KeyOrigin(file: "t", line: 1))
    let length = keyBytes ?? algorithm?.keyLengths.usual ?? 0
    keys.encryption = cipher
    keys.encryptionKey = Secret((0..<length).map { UInt8($0 * 7 & 255) })
    keys.salt = Secret((0..<(algorithm?.saltBytes ?? 0)).map { UInt8($0 + 0xa0) })
    if let integrity, let known = IntegrityAlgorithm(identifier: integrity) {
      keys.integrity = integrity
      keys.integrityKey = Secret((0..<known.keyBytes).map { UInt8($0 * 3 & 255) })
    }
    keys.esn = esn
    return keys
  }

  /// A packet, from the SPI to the integrity value.
  func packet(
    sequence: UInt64, _ plaintext: [UInt8], nextHeader: UInt8 = 4, padding: [UInt8]? = nil
  ) throws -> [UInt8] {
    guard let algorithm else { return [] }
    let block = max(algorithm.blockBytes, 4)
    let count = (block - (plaintext.count + 2) % block) % block
    let pad = padding ?? (0..<count).map { UInt8($0 + 1) }
    let body = plaintext + pad + [UInt8(pad.count), nextHeader]
    let header = networkOrder(UInt32(0x1234)) + networkOrder(UInt32(truncatingIfNeeded: sequence))
    let high = networkOrder(UInt32(sequence >> 32))
    let iv = [UInt8](repeating: 0x55, count: algorithm.ivBytes)
    var buffer: [UInt8] = []
    if algorithm.isAEAD {
      let context = try AEADContext(
        algorithm, key: keys.encryptionKey, salt: keys.salt, isEncrypting: true)
      let aad = esn == true ? Array(header[..<4]) + high + header[4...] : header
      let nonce = algorithm.hasImplicitIV ? networkOrder(sequence) : iv
      let tag = seal(context, body, nonce, aad, &buffer)
      return header + iv + buffer[..<body.count] + tag
    }
    let context = try CipherContext(
      algorithm, key: keys.encryptionKey, salt: keys.salt, isEncrypting: true)
    apply(context, body, iv, &buffer)
    let sent = header + iv + buffer[..<body.count]
    guard let integrity, let known = IntegrityAlgorithm(identifier: integrity),
      case .mac(let mac) = known.method
    else { return sent }
    let code = try MACContext(mac, key: keys.integrityKey)
    code.authenticate([sent, esn == true ? high : []])
    return sent + code.bytes().prefix(icvBytes ?? known.icvBytes)
  }

  private func seal(
    _ context: AEADContext, _ body: [UInt8], _ iv: [UInt8], _ aad: [UInt8],
    _ buffer: inout [UInt8]
  ) -> [UInt8] {
    context.seal(body.rawSpan, iv: iv.rawSpan, aad: aad.rawSpan, into: &buffer) ?? []
  }

  private func apply(
    _ context: CipherContext, _ body: [UInt8], _ iv: [UInt8], _ buffer: inout [UInt8]
  ) {
    _ = context.apply(to: body.rawSpan, iv: iv.rawSpan, into: &buffer)
  }
}

/// Opens one packet; an ordinary function, since spans may not stand in a test's closure.
func open(_ opener: ESPOpener, _ packet: [UInt8], _ buffer: inout [UInt8]) -> ESPOutcome {
  opener.open(packet.rawSpan, into: &buffer)
}
