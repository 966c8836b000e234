import Bytes
import Crypto
import Keys
import Testing

@Suite("ESP")
struct ESPOpenerTests {
  static let ciphers =
    // Debian's libcrypto is built without IDEA.
    CipherAlgorithm.all.filter { $0.mode != .unsupported && $0.identifier != "idea-cbc" }.map(
      \.identifier)
  static let integrities = IntegrityAlgorithm.all.filter {
    if case .mac = $0.method { true } else { false }
  }.map(\.identifier)

  @Test("Every cipher opens its packets, with and without ESN", arguments: ciphers, [false, true])
  func everyCipher(_ cipher: String, _ esn: Bool) throws {
    let isAEAD = CipherAlgorithm(identifier: cipher)?.isAEAD ?? false
    let builder = ESPBuilder(cipher: cipher, integrity: isAEAD ? nil : "hmac-sha1-96", esn: esn)
    let opener = try ESPOpener(builder.keys)
    var buffer: [UInt8] = []
    for length in [20, 21, 64, 750, 1400] {
      let plaintext = ESPBuilder.ipv4(length)
      let packet = try builder.packet(sequence: UInt64(length), plaintext)
      let outcome = open(opener, packet, &buffer)
      #expect(outcome.failure == nil)
      #expect(outcome.integrity == .good)
      #expect(outcome.padding == .standard)
      #expect(outcome.nextHeader == 4)
      #expect(outcome.sequenceHigh == (esn ? 0 : nil))
      #expect(Array(buffer[outcome.plaintext]) == plaintext)
    }
  }

  @Test("Every integrity transform is verified", arguments: integrities)
  func everyIntegrity(_ integrity: String) throws {
    let builder = ESPBuilder(cipher: "aes-cbc", integrity: integrity)
    let opener = try ESPOpener(builder.keys)
    var buffer: [UInt8] = []
    let packet = try builder.packet(sequence: 1, ESPBuilder.ipv4(100))
    #expect(open(opener, packet, &buffer).integrity == .good)
    var damaged = packet
    damaged[20] ^= 1
    #expect(open(opener, damaged, &buffer).failure == .integrity)
    #expect(open(opener, packet, &buffer).integrity == .good)
  }

  @Test(
    "A truncation other than agreed is found and said",
    arguments: [
      ("hmac-sha256-128", 12), ("hmac-sha256-96", 16), ("hmac-sha1-96", 20),
      ("hmac-sha512-256", 12),
    ])
  func truncations(_ integrity: String, _ sent: Int) throws {
    var builder = ESPBuilder(cipher: "aes-cbc", integrity: integrity)
    builder.icvBytes = sent
    let opener = try ESPOpener(builder.keys)
    var buffer: [UInt8] = []
    for sequence in 1...3 {
      let plaintext = ESPBuilder.ipv4(90)
      let outcome = open(opener, try builder.packet(sequence: UInt64(sequence), plaintext), &buffer)
      #expect(outcome.integrity == .goodWithOtherTruncation(icvBytes: sent))
      #expect(outcome.failure == nil)
      #expect(Array(buffer[outcome.plaintext]) == plaintext)
    }
  }

  @Test(
    "The high half of the sequence number is found and followed",
    arguments: ["aes-gcm-16", "aes-ccm-8", "aes-cbc", "chacha20-poly1305", "aes-gcm-16-iiv"],
    [true, nil] as [Bool?])
  func extendedSequence(_ cipher: String, _ told: Bool?) throws {
    let isAEAD = CipherAlgorithm(identifier: cipher)?.isAEAD ?? false
    let builder = ESPBuilder(cipher: cipher, integrity: isAEAD ? nil : "hmac-sha256-128", esn: true)
    var keys = builder.keys
    keys.esn = told
    let opener = try ESPOpener(keys)
    var buffer: [UInt8] = []
    let wrap: UInt64 = 1 << 32
    for sequence in [
      3 * wrap - 2, 3 * wrap - 1, 3 * wrap, 3 * wrap + 1, 3 * wrap - 3, 3 * wrap + 2, 4 * wrap + 1,
    ] {
      let outcome = open(
        opener, try builder.packet(sequence: sequence, ESPBuilder.ipv4(60)), &buffer)
      #expect(outcome.integrity == .good, "\(sequence)")
      #expect(outcome.sequenceHigh == UInt32(sequence >> 32))
    }
  }

  @Test("Keys that say no ESN where there is, and ESN where there is none, are put right")
  func wrongESN() throws {
    for (sent, told) in [(true, false), (false, true)] {
      let builder = ESPBuilder(cipher: "aes-gcm-16", integrity: nil, esn: sent)
      var keys = builder.keys
      keys.esn = told
      let opener = try ESPOpener(keys)
      var buffer: [UInt8] = []
      for sequence in 1...3 {
        let packet = try builder.packet(sequence: UInt64(sequence), ESPBuilder.ipv4(60))
        #expect(open(opener, packet, &buffer).integrity == .good)
      }
    }
  }

  @Test("Other keys open nothing, and nothing is shown as plaintext", arguments: ciphers)
  func otherKeys(_ cipher: String) throws {
    let isAEAD = CipherAlgorithm(identifier: cipher)?.isAEAD ?? false
    guard cipher != "null" else { return }
    let builder = ESPBuilder(cipher: cipher, integrity: isAEAD ? nil : "hmac-sha1-96")
    var keys = builder.keys
    keys.encryptionKey = Secret(keys.encryptionKey.exposed().reversed())
    keys.integrityKey = Secret(keys.integrityKey.exposed().reversed())
    let opener = try ESPOpener(keys)
    var buffer: [UInt8] = []
    for sequence in 1...40 {
      let packet = try builder.packet(sequence: UInt64(sequence), ESPBuilder.ipv4(200))
      let outcome = open(opener, packet, &buffer)
      #expect(outcome.failure == .integrity)
      #expect(outcome.integrity == .bad)
      #expect(outcome.plaintext.isEmpty)
    }
  }

  @Test("With the encryption key alone right, a whole IP packet is told beside the failure")
  func salvage() throws {
    let builder = ESPBuilder(cipher: "aes-cbc", integrity: "hmac-sha1-96")
    var keys = builder.keys
    keys.integrityKey = Secret([UInt8](repeating: 9, count: 20))
    let opener = try ESPOpener(keys)
    var buffer: [UInt8] = []
    let plaintext = ESPBuilder.ipv4(200)
    let outcome = open(opener, try builder.packet(sequence: 1, plaintext), &buffer)
    #expect(outcome.integrity == .bad)
    #expect(outcome.failure == .integrity)
    #expect(Array(buffer[outcome.plaintext]) == plaintext)
    // Not for a plaintext that proves nothing.
    let other = try builder.packet(sequence: 2, [1, 2, 3, 4], nextHeader: 6)
    #expect(open(opener, other, &buffer).failure == .integrity)
    #expect(open(opener, other, &buffer).plaintext.isEmpty)
  }

  @Test("Padding that is not 1, 2, 3 is told, and padding that cannot be is refused")
  func padding() throws {
    let builder = ESPBuilder(cipher: "aes-cbc", integrity: "hmac-sha1-96")
    let opener = try ESPOpener(builder.keys)
    var buffer: [UInt8] = []
    let zeros = try builder.packet(
      sequence: 1, ESPBuilder.ipv4(28), padding: [0, 0])
    let outcome = open(opener, zeros, &buffer)
    #expect(outcome.padding == .other)
    #expect(outcome.plaintext == 0..<28)
    // A pad length of 200 in a packet of 4 bytes.
    let unverified = ESPBuilder(cipher: "null", integrity: nil)
    let bare = try ESPOpener(unverified.keys)
    let made = networkOrder(UInt32(0x1234)) + networkOrder(UInt32(1)) + [1, 2, 200, 4]
    #expect(open(bare, made, &buffer).failure == .padding)
  }

  @Test("Every cut and every damaged byte is refused", arguments: ciphers)
  func damage(_ cipher: String) throws {
    let isAEAD = CipherAlgorithm(identifier: cipher)?.isAEAD ?? false
    let builder = ESPBuilder(cipher: cipher, integrity: isAEAD ? nil : "hmac-md5-96", esn: nil)
    let packet = try builder.packet(sequence: 1, ESPBuilder.ipv4(40))
    let opener = try ESPOpener(builder.keys)
    var buffer: [UInt8] = []
    for length in 0..<packet.count {
      let outcome = open(opener, Array(packet[..<length]), &buffer)
      #expect(outcome.integrity != .good)
    }
    #expect(open(opener, packet, &buffer).integrity == .good, "behind cuts")
    // The implicit IV's packets have no IV to damage; every byte of every packet is authenticated.
    for index in packet.indices {
      var damaged = packet
      damaged[index] ^= 0x10
      #expect(open(opener, damaged, &buffer).integrity == .bad)
      #expect(open(opener, packet, &buffer).integrity == .good, "behind byte \(index)")
    }
    #expect(open(opener, packet, &buffer).integrity == .good)
  }

  @Test("A clone opens the same packets")
  func clone() throws {
    let builder = ESPBuilder(cipher: "aes-gcm-16", integrity: nil)
    let clone = try ESPOpener(builder.keys).clone()
    var buffer: [UInt8] = []
    let packet = try builder.packet(sequence: 1, ESPBuilder.ipv4(40))
    #expect(open(clone, packet, &buffer).integrity == .good)
  }

  @Test("An algorithm that cannot be computed is an error that names it")
  func unsupported() {
    var keys = ESPBuilder(cipher: "twofish-cbc", integrity: nil).keys
    #expect(throws: CryptoError.self) { try ESPOpener(keys) }
    keys.encryption = "rot13"
    #expect(throws: CryptoError.unsupported(algorithm: "rot13", reason: "the name is not known")) {
      try ESPOpener(keys)
    }
  }
}

@Suite("Looking up keys")
struct LookupTests {
  private func child(_ spi: UInt32, _ destination: String?) -> ChildSAKeys {
    var keys = ChildSAKeys(.esp, spi: SPIPattern(spi), origin: KeyOrigin(file: "t", line: Int(spi)))
    keys.destination = destination.flatMap { AddressPattern($0) }
    return keys
  }

  @Test("One SPI towards two hosts is told apart by its destination")
  func destination() throws {
    var material = KeyMaterial()
    material.add(child(5, "10.0.0.1"))
    material.add(child(5, "10.0.0.2"))
    let from = try #require(IPAddress("192.168.0.1"))
    for host in ["10.0.0.1", "10.0.0.2"] {
      let to = try #require(IPAddress(host))
      let found = material.childSAs(.esp, spi: 5, source: from, destination: to)
      #expect(found.map { $0.destination?.description } == [host])
      #expect(
        material.childSAs(.esp, spi: 5, source: from, destination: to, ignoringAddresses: true)
          .count == 2)
    }
    let stranger = try #require(IPAddress("10.0.0.3"))
    #expect(material.childSAs(.esp, spi: 5, source: from, destination: stranger).isEmpty)
    #expect(material.childSAs(.ah, spi: 5, source: from, destination: from).isEmpty)
  }

  @Test("Ten thousand SAs are looked up by hash")
  func many() throws {
    var material = KeyMaterial()
    for spi in 1...10_000 { material.add(child(UInt32(spi), nil)) }
    let address = try #require(IPAddress("10.0.0.1"))
    let clock = ContinuousClock()
    let elapsed = clock.measure {
      for spi in 1...10_000 {
        let found = material.childSAs(
          .esp, spi: UInt32(spi), source: address, destination: address)
        #expect(found.first?.origin.line == spi)
      }
    }
    // A scan of the list would take 10^8 comparisons.
    #expect(elapsed < .seconds(20))
  }

  @Test(
    "Address and SPI patterns",
    arguments: [
      ("10.0.0.0/8", "10.1.2.3", true), ("10.0.0.0/8", "11.1.2.3", false),
      ("192.0.2.*", "192.0.2.77", true), ("192.0.2.*", "192.0.3.77", false),
      ("*.*.2.1", "9.9.2.1", true), ("2001:db8::/32", "2001:db8:1::1", true),
      ("2001:db8::/32", "2001:db9::1", false), ("2001:db8::*", "2001:db8::77", true),
      ("0.0.0.0/0", "1.2.3.4", true), ("0.0.0.0/0", "::1", false), ("::/0", "::1", true),
      ("192.0.2.1", "192.0.2.1", true),
    ])
  func patterns(_ pattern: String, _ address: String, _ matches: Bool) throws {
    let known = try #require(AddressPattern(pattern))
    #expect(known.matches(try #require(IPAddress(address))) == matches)
    if !pattern.hasPrefix("*") {
      #expect(AddressPattern(known.description) == known)
    }
  }

  @Test(
    "What is no pattern is refused",
    arguments: ["", "10.0.0", "10.0.0.1/33", "x", "1*.0.0.1", "::/129", "10.0.0.0/-1"])
  func noPattern(_ text: String) {
    #expect(AddressPattern(text) == nil)
  }

  @Test(
    "SPI patterns",
    arguments: [
      ("0xc12345**", UInt32(0xc123_4567), true), ("0xc12345**", 0xc123_4667, false), ("*", 7, true),
      ("17", 17, true), ("0x11", 17, true),
    ])
  func spis(_ pattern: String, _ spi: UInt32, _ matches: Bool) throws {
    let known = try #require(SPIPattern(pattern))
    #expect(known.matches(spi) == matches)
    #expect(SPIPattern(known.description) == known)
    #expect(SPIPattern("0x123456789") == nil && SPIPattern("-1") == nil && SPIPattern("") == nil)
  }
}
