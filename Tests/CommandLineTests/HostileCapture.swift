import Foundation
import TestSupport

/// Negotiations in which every text is hostile.
enum HostileCapture {
  typealias IKE = IKEBuilder
  typealias Packet = PacketBuilder

  /// In clear, a pair of hosts for each text: IKEv1 aggressive and transaction exchanges, and IKEv2
  /// with its identities outside of SK, as no honest host sends them.
  static func clear() -> Data {
    capture { index, text in
      let (left, right) = addresses(index)
      return messagesV1(index, text).map { packet(left, right, $0) }
        + messagesV2(index, text).map { packet(left, right, $0) }
    }
  }

  /// Every text in an IKE_AUTH request that `keys` opens; nil where openssl is not there.
  static func sealed(folder: URL) throws -> (capture: Data, keys: Data)? {
    for (index, text) in HostileText.all.enumerated() {
      var inside = IKE.chain(payloadsV2(text))
      let padding = 15 - inside.count % 16
      inside += [UInt8](repeating: 0, count: padding) + [UInt8(padding)]
      let length = UInt16(16 + inside.count + 16 + 4)
      let header = IKE.raw(
        version: 2, initiatorSPI: spi(index), responderSPI: 7, first: 46, exchange: 35,
        flags: 0x08, messageID: 1, body: [35, 0] + IKE.be16(length),
        claimedLength: 28 + UInt32(length))
      let vector = [UInt8](repeating: 9, count: 16)
      try Data(header + vector).write(to: folder.appending(path: "\(index).head"))
      try Data(inside).write(to: folder.appending(path: "\(index).plain"))
    }
    let outcome = try Program.shell(
      """
      cd '\(folder.path)' || exit 1
      for ((i = 0; i < \(HostileText.all.count); i++)); do
        openssl enc -aes-128-cbc -nopad -K \(encryptionKey) -iv \
      \(String(repeating: "09", count: 16)) -in $i.plain >> $i.head || exit 1
        openssl dgst -sha256 -mac HMAC -macopt hexkey:\(integrityKey) -binary $i.head |
          head -c 16 > $i.tag || exit 1
      done
      """)
    guard outcome.status == 0 else { return nil }
    let capture = try capture { index, text in
      let (left, right) = addresses(index)
      let sealed = try ["head", "tag"].flatMap { suffix in
        [UInt8](try Data(contentsOf: folder.appending(path: "\(index).\(suffix)")))
      }
      return initMessages(index, text).map { packet(left, right, $0) }
        + [packet(left, right, (sealed, true))]
    }
    return (capture, keys())
  }

  private static let encryptionKey = String(repeating: "1a", count: 16)
  private static let integrityKey = String(repeating: "2b", count: 32)

  private static func keys() -> Data {
    let sas = HostileText.all.indices.map { index in
      """
      {"ike_version":2,"spi_i":"\(hexadecimal(spi(index)))","spi_r":"0000000000000007",
       "encryption":"aes-cbc","encryption_bits":128,"integrity":"hmac-sha256-128",
       "prf":"hmac-sha256","keys":{"sk_ei":"\(encryptionKey)","sk_er":"\(encryptionKey)",
       "sk_ai":"\(integrityKey)","sk_ar":"\(integrityKey)"}}
      """
    }
    return Data("{\"ike_sas\":[\(sas.joined(separator: ","))]}".utf8)
  }

  private static func hexadecimal(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  // MARK: - Messages; true for those of the initiator

  private static func messagesV1(_ index: Int, _ text: [UInt8]) -> [([UInt8], Bool)] {
    func message(
      _ exchange: UInt8, id: UInt32 = 0, responder: UInt64 = 7, _ payloads: [IKE.Payload]
    ) -> [UInt8] {
      IKE.message(
        version: 1, initiatorSPI: spi(index) + 0x1000, responderSPI: responder,
        exchange: exchange, messageID: id, payloads)
    }
    let sa = IKE.saV1([
      IKE.proposal(
        protocolID: 1,
        [IKE.phase1Transform(), IKE.transformV1(2, id: 1, [IKE.attribute(16_390, bytes: text)])],
        claimedTransforms: 2)
    ])
    let exchanged = [
      IKE.Payload(4, [UInt8](repeating: 5, count: 256)),
      IKE.Payload(10, [UInt8](repeating: 6, count: 20)),
    ]
    let identities: [UInt8] = [2, 3, 9, 10, 11, 240]
    let attributes = (configurationTypesV1).map { IKE.attribute($0, bytes: text) }
    return [
      (
        message(
          4, responder: 0,
          [sa] + exchanged + [IKE.identificationV1(type: 2, text)] + about(text, 13, 6, 7)), true
      ),
      (
        message(
          4,
          [sa] + exchanged + [IKE.identificationV1(type: 11, text)] + about(text, 13, 6, 7)),
        false
      ),
      (message(2, responder: 0, identities.map { IKE.identificationV1(type: $0, text) }), true),
      (message(5, id: 11, notifiesV1.map { IKE.notifyV1($0, text) }), false),
      (message(6, id: 12, [IKE.configuration(version: 1, type: 1, attributes)]), false),
      (message(6, id: 12, [IKE.configuration(version: 1, type: 2, attributes)]), true),
      (message(6, id: 13, [IKE.configuration(version: 1, type: 3, attributes)]), false),
      (message(241, id: 14, [IKE.Payload(250, text)]), true),
    ]
  }

  private static func initMessages(_ index: Int, _ text: [UInt8]) -> [([UInt8], Bool)] {
    let suite = [
      IKE.transformV2(type: 1, id: 12, keyBits: 128), IKE.transformV2(type: 2, id: 5),
      IKE.transformV2(type: 3, id: 12), IKE.transformV2(type: 4, id: 14),
    ]
    let payloads =
      [
        IKE.saV2([IKE.proposal(protocolID: 1, suite)]),
        IKE.keyExchangeV2(group: 14, [UInt8](repeating: 5, count: 256)),
        IKE.Payload(40, [UInt8](repeating: 6, count: 32)), IKE.Payload(43, text),
      ] + notifiesV2.map { IKE.notifyV2($0, text) }
    return [
      (
        IKE.message(
          version: 2, initiatorSPI: spi(index), exchange: 34, flags: 0x08, payloads), true
      ),
      (
        IKE.message(
          version: 2, initiatorSPI: spi(index), responderSPI: 7, exchange: 34, flags: 0x20,
          payloads), false
      ),
    ]
  }

  private static func messagesV2(_ index: Int, _ text: [UInt8]) -> [([UInt8], Bool)] {
    initMessages(index, text) + [
      (
        IKE.message(
          version: 2, initiatorSPI: spi(index), responderSPI: 7, exchange: 35, flags: 0x08,
          messageID: 1, payloadsV2(text)), true
      )
    ]
  }

  private static func payloadsV2(_ text: [UInt8]) -> [IKE.Payload] {
    let attributes = configurationTypesV2.map { IKE.attribute($0, bytes: text) }
    let identities: [UInt8] = [2, 3, 9, 10, 11, 240]
    return identities.map { IKE.identificationV2(initiator: true, type: $0, text) }
      + [IKE.identificationV2(initiator: false, type: 2, text)] + about(text, 43, 37, 38)
      + notifiesV2.map { IKE.notifyV2($0, text) }
      + [
        IKE.eap(code: 1, type: 1, text), IKE.eap(code: 2, type: 1, text),
        IKE.eap(code: 1, type: 2, text), IKE.eap(code: 1, type: 26, text),
        IKE.configuration(version: 2, type: 1, attributes),
        IKE.Payload(39, [2, 0, 0, 0] + text), IKE.Payload(250, text),
      ]
  }

  /// Vendor ID, certificates and certificate requests, by the numbers of the version.
  private static func about(
    _ text: [UInt8], _ vendor: UInt8, _ certificate: UInt8, _ request: UInt8
  ) -> [IKE.Payload] {
    [
      IKE.Payload(vendor, text), IKE.Payload(vendor, text + [1]),
      IKE.Payload(vendor, Array("strongSwan ".utf8) + text),
      IKE.Payload(certificate, [4] + certificateBytes(text)),
      IKE.Payload(certificate, [12] + [UInt8](repeating: 3, count: 20) + text),
      IKE.Payload(certificate, [1] + text), IKE.Payload(certificate, [13] + text),
      IKE.Payload(request, [4] + name(text)), IKE.Payload(request, [4] + text),
    ]
  }

  private static let configurationTypesV1: [UInt16] =
    Array(1...20) + Array(16_520...16_532) + Array(28_672...28_690)
  private static let configurationTypesV2: [UInt16] =
    Array(1...27) + Array(28_672...28_690)
  private static let notifiesV1: [UInt16] = [
    1, 14, 18, 24, 29, 8_192, 24_576, 24_577, 24_578, 36_136, 40_501, 40_960,
  ]
  private static let notifiesV2: [UInt16] = [
    1, 7, 14, 17, 24, 40, 16_384, 16_390, 16_391, 16_404, 16_405, 16_406, 16_407, 16_417, 40_969,
  ]

  // MARK: - Names

  /// The DER of a name with the text as its common name, a UTF8String (RFC 5280 §4.1.2.4).
  private static func name(_ text: [UInt8]) -> [UInt8] {
    der(0x30, der(0x31, der(0x30, [6, 3, 0x55, 4, 3] + der(0x0c, text))))
  }

  private static func der(_ tag: UInt8, _ body: [UInt8]) -> [UInt8] {
    let length =
      body.count < 128 ? [UInt8(body.count)] : [0x82] + IKE.be16(UInt16(body.count))
    return [tag] + length + body
  }

  /// A certificate with the text, as far as 48 bytes hold it, wherever a name stands.
  private static func certificateBytes(_ text: [UInt8]) -> [UInt8] {
    var bytes = template
    let filled = text.prefix(48) + [UInt8](repeating: 0x2e, count: max(0, 48 - text.count))
    let place = [UInt8](repeating: UInt8(ascii: "X"), count: 48)
    var index = 0
    while index + place.count <= bytes.count {
      if bytes[index..<(index + 48)].elementsEqual(place) {
        bytes.replaceSubrange(index..<(index + 48), with: filled)
      }
      index += 1
    }
    return bytes
  }

  /// A self-signed certificate by openssl; subject, issuer, a DNS name and a mail address are 48
  /// times the letter X.
  private static let template = [UInt8](
    Data(
      base64Encoded: """
        MIICfzCCAiagAwIBAgIUFIiZ1WCCj4IvF6XU4VbywBd6r/owCgYIKoZIzj0EAwIwdjE5MDcGA1UEAwwwWFhYWFhY
        WFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYMTkwNwYDVQQKDDBYWFhYWFhYWFhY
        WFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFgwHhcNMjYxMTIyMDMyMDM1WhcNMzYxMTE5
        MDMyMDM1WjB2MTkwNwYDVQQDDDBYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhY
        WFhYWFgxOTA3BgNVBAoMMFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhY
        WDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABJ7A2YzhckUH0ld3RdKYv4s6zqduN7SZVvdqn5rEb6Cm+8qGlWsZ
        IinZtpGFEZi8k4ZLvRvuyxKJFN8GvxqEJaCjgZEwgY4wbQYDVR0RBGYwZIIwWFhYWFhYWFhYWFhYWFhYWFhYWFhY
        WFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYgTBYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhY
        WFhYWFhYWFhYWFgwHQYDVR0OBBYEFBT1biGF6NNT9yLOcRcG+HcedQxoMAoGCCqGSM49BAMCA0cAMEQCIB6MpvPV
        5XLg0B+sSMIolyIVqaiYQfFBgGaxQklF7M5NAiBaDqWz5v/8AfbQTLUDUR/hxwKPD9mlHhiS+5VFKsM9rg==
        """, options: .ignoreUnknownCharacters) ?? Data())

  // MARK: - Packets

  private static func capture(
    _ packets: (Int, [UInt8]) throws -> [[[UInt8]]]
  ) rethrows -> Data {
    var builder = CaptureBuilder()
    builder.pcapHeader()
    var seconds: UInt32 = 1_700_000_000
    for (index, text) in HostileText.all.enumerated() {
      for frame in try packets(index, text).joined() {
        builder.pcapRecord(Packet.ethernet(frame), seconds: seconds)
        seconds += 1
      }
    }
    return Data(builder.bytes)
  }

  /// An IKE message as IPv4 packets: fragments where it is long.
  private static func packet(
    _ left: String, _ right: String, _ message: ([UInt8], Bool)
  ) -> [[UInt8]] {
    let (source, destination) = message.1 ? (left, right) : (right, left)
    let datagram = Packet.udp(500, 500, message.0)
    guard datagram.count < 65_000 else { return [] }
    return Packet.ipv4Fragments(
      source, destination, 17, datagram, identification: Packet.checksum(datagram), size: 16_000)
  }

  private static func spi(_ index: Int) -> UInt64 { 0x4141_0000_0000_0001 + UInt64(index) << 16 }

  private static func addresses(_ index: Int) -> (String, String) {
    ("192.0.2.\(index + 1)", "198.51.100.\(index + 1)")
  }
}
