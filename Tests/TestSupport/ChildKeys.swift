/// Keys of one direction of a made-up ESP SA, AES-CBC-128 and HMAC-SHA-256, and packets under them
/// (RFC 4303 §2, RFC 4868 §2.6).
package struct ChildKeys: Sendable {
  package var spi: UInt32
  package var integrityBytes = 16
  /// The high half of the sequence number is part of what is authenticated (RFC 4303 §2.2.1).
  package var hasExtendedNumbers = false
  private var encryption: [UInt8]
  private var integrity: [UInt8]

  package init(spi: UInt32) {
    self.spi = spi
    encryption = noise(16, seed: UInt64(spi))
    integrity = noise(32, seed: UInt64(spi) + 1)
  }

  /// The row of a key file; `wrong` for keys of another SA, `esn` for what the file says of extended
  /// sequence numbers.
  package func row(
    from source: String, to destination: String, wrong: Bool = false, esn: Bool = false
  ) -> String {
    let key = wrong ? noise(32, seed: 999) : integrity
    return """
      {"spi":"\(hexDigits(IKEBuilder.be32(spi)))","protocol":"esp","mode":"tunnel",
      "src":"\(source)","dst":"\(destination)","encryption":"aes-cbc",
      "encryption_key":"\(hexDigits(encryption))","integrity":"hmac-sha256-128",
      "integrity_key":"\(hexDigits(key))","esn":\(esn)}
      """
  }

  /// What follows SPI and sequence number of a packet around an inner IPv4 packet.
  package func seal(_ inner: [UInt8], sequence: UInt32, damaged: Bool = false) -> [UInt8] {
    let iv = noise(16, seed: UInt64(sequence) + 5)
    let padding = (16 - (inner.count + 2) % 16) % 16
    let plaintext = inner + (0..<padding).map { UInt8($0 + 1) } + [UInt8(padding), 4]
    var sent = iv + Sealing.encrypt(plaintext, key: encryption, iv: iv)
    let header = IKEBuilder.be32(spi) + IKEBuilder.be32(sequence)
    let high = hasExtendedNumbers ? IKEBuilder.be32(0) : []
    let value = Sealing.hmac(integrity, [header, sent, high])
    if damaged { sent[sent.count - 3] ^= 0x10 }
    return sent + value.prefix(integrityBytes)
  }
}

extension Gateways {
  /// Sends an inner packet through an SA whose keys are known.
  package func tunnel(
    _ from: Side, _ keys: ChildKeys, _ source: String, _ destination: String,
    damaged: Bool = false, after seconds: Double = 0.05
  ) {
    let number = nextSequence(keys.spi)
    let echo: [UInt8] = [8, 0, 0, 0, 0, 1, 0, UInt8(number & 255)] + noise(32, seed: 3)
    let inner = PacketBuilder.ipv4(source, destination, 1, echo)
    esp(
      from, keys.spi, sequence: number,
      sealed: keys.seal(inner, sequence: number, damaged: damaged), after: seconds)
  }
}
