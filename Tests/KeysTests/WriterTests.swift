import Bytes
import Crypto
import Foundation
import Keys
import TestSupport
import Testing

@Suite("Writing keys", .enabled(if: LabCapture.folder != nil, "no captures beside"))
struct WriterTests {
  private func material(_ name: String) throws -> KeyMaterial {
    KeyFileReader.read(try #require(LabCapture(name)).keys, file: name)
  }

  @Test("JSON reads back to the same material", arguments: LabCapture.names)
  func json(_ name: String) throws {
    let first = try material(name)
    let second = read(KeyWriter.json(first))
    #expect(second.problems.isEmpty)
    #expect(second.ikeSAs.map(summary) == first.ikeSAs.map(summary))
    #expect(second.ikeSAs.map(\.derivedBy) == first.ikeSAs.map(\.derivedBy))
    #expect(second.childSAs.map(summary) == first.childSAs.map(summary))
    #expect(second.childSAs.map(\.mode) == first.childSAs.map(\.mode))
    #expect(second.preSharedKeys.map(\.value) == first.preSharedKeys.map(\.value))
    #expect(second.preSharedKeys.map(\.remote) == first.preSharedKeys.map(\.remote))
  }

  @Test("ip xfrm state reads back to the same child SAs", arguments: LabCapture.names)
  func xfrm(_ name: String) throws {
    let first = try material(name)
    let written = KeyWriter.xfrm(first)
    #expect(written.leftOut.isEmpty)
    guard !first.childSAs.isEmpty else { return }
    let second = read(written.text)
    #expect(second.problems.isEmpty)
    #expect(second.childSAs.map(summary) == first.childSAs.map(summary))
  }

  @Test("Wireshark's tables read back to the same keys", arguments: LabCapture.names)
  func wireshark(_ name: String) throws {
    let first = try material(name)
    let tables = KeyWriter.wireshark(first)
    let isCCM = name.contains("ccm") || name.contains("chacha")
    if !isCCM { #expect(tables.leftOut.isEmpty, "\(tables.leftOut)") }
    let esp = read(tables.espSA)
    for keys in esp.childSAs {
      let known = try #require(
        first.childSAs.first { $0.spi == keys.spi && $0.destination == keys.destination })
      #expect(keys.encryption == known.encryption || known.encryption?.hasPrefix("aes-gcm") == true)
      #expect(keys.encryptionKey == known.encryptionKey)
      #expect(keys.salt == known.salt)
      #expect(keys.integrityKey == known.integrityKey)
    }
    let ikev2 = read(tables.ikev2)
    for keys in ikev2.ikeSAs {
      #expect(
        first.ikeSAs.contains {
          $0.initiatorSPI == keys.initiatorSPI && $0[.skEi] == keys[.skEi]
            && $0[.skAr] == keys[.skAr] && $0.encryption == keys.encryption
            && $0.integrity == keys.integrity
        })
    }
    #expect(
      read(tables.ikev1).ikeSAs.map { $0[.encryptionKey] }
        == first.ikeSAs.filter { $0.version == 1 && $0[.encryptionKey] != nil }
        .map { $0[.encryptionKey] })
  }
}

@Suite(
  "Published captures with their keys",
  .enabled(if: SharedMaterial.folder("corpus/captures") != nil, "no corpus beside"))
struct PublishedTests {
  private static func datagrams(_ path: String) -> [LabDatagram] {
    guard
      let file = SharedMaterial.folder("corpus/captures/\(path)"),
      let data = try? Data(contentsOf: file)
    else { return [] }
    return LabCapture.datagrams(of: Array(data))
  }

  // Wireshark's wiki: readme beside the capture.
  @Test("Every ESP packet of Wireshark's wiki that has keys opens")
  func wiki() throws {
    let path = "wireshark-wiki/ipsec_esp_capture_1"
    let keys = try #require(SharedMaterial.folder("corpus/captures/\(path).esp_sa"))
    let material = KeyFileReader.read(Array(try Data(contentsOf: keys)), file: "esp_sa")
    #expect(material.problems.isEmpty)
    var buffer: [UInt8] = []
    var opened = 0
    for datagram in Self.datagrams("\(path).pcap") where datagram.kind == .esp {
      let spi = datagram.bytes[..<4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      let rows = material.childSAs(
        .esp, spi: spi, source: datagram.source, destination: datagram.destination)
      guard let row = rows.first else { continue }
      let outcome = open(try ESPOpener(row), datagram.bytes, &buffer)
      #expect(outcome.failure == nil, "frame \(datagram.frame)")
      #expect(outcome.integrity == (row.integrity == nil ? .notChecked : .good))
      opened += 1
    }
    #expect(opened > 20)
  }

  // Wireshark's test/suite_decryption.py: what the AUTH payload must hold.
  static let ikev2: [(file: String, row: String, auth: String)] = [
    (
      "ikev2-decrypt-3des-sha1_160.pcap",
      "19ab98963486359f,78f13157ccd3b3d8,2e0e194070fc658c2bfbfdbf8b956be4b2eaa33d02a43cca,219f3080e631774b8d5836d3a675b099b1e271c9bdcf6e15,\"3DES [RFC2451]\",c96f5bad08aebbff60509c7495f11c183818b916,e742ac415cdfdd709c9de92769a169e0a5224f79,\"HMAC_SHA1_160 [RFC4595]\"",
      "02f7a0d5f1fdc8ea81039818c65bb9bd09af9b8917319b887ff9ba3046c344c7"
    ),
    (
      "ikev2-decrypt-aes128ccm12-2.pcap",
      "a2926ae833c6f138,5464c57d0dc5e272,5daf82e6fd7e57d5fbf76cd5af73fd46035db0bc,68848f4a7602b20c7d033cc998b0c097032ac38a,\"AES-CTR-128 [RFC5930]\",,,\"ANY 96-bits of Authentication [No Checking]\"",
      "aaa281c87b4a19046c57271d557488ca413b57228cb951f5fa9640992a0285b9"
    ),
    (
      "ikev2-decrypt-aes192ctr.pcap",
      "81f24c0acd8fa55c,192383172724c706,aaa06839eaf0959d486eeecda7a48b23080963b5fd7217928e8fbf58,92dc96ec87076caa84e26b3621c7c469427e2e4bcc1b962362a3dde3,\"AES-CTR-192 [RFC5930]\",65777be31ee2137f31cf23fa0ee834dfede11cc0adc9a84541026642c09df2bf96056a2036e97a67ce7d3c5b6f37e17e8fe64f4ef23e14f5997fb7671df3adaf,42abd4709f1b94fd8c2270c74aae3fbe61c0b9c109c55f3e3b9ed7e480bc75c3985c15234caa623c8ca0606c303921d7cfd44861df1e798370b2ee95fe712e52,\"HMAC_SHA2_512_256 [RFC4868]\"",
      "3ec23dcf9348485638407c754547aeb3085290082c49f583fdbae59263a20b4a"
    ),
    (
      "ikev2-decrypt-aes256gcm8.pcap",
      "5d48bfeeb7d574da,bbb73016c0503640,91b817d036d97db3ace64475cd8d1cbeab186295020211a9cf0c16cec10b92b453ecd24e,d04516586721974d970627d85f7d031433b6558c0ec6faecf9217e5445e17e7eeee6bc68,\"AES-GCM-256 with 8 octet ICV [RFC5282]\",,,\"NONE [RFC4306]\"",
      "4a66d822d0afbc22ad9a92a2cf4287c920ad8ac3b069a4a7e75fe0a5d499f914"
    ),
  ]

  @Test("Wireshark's IKEv2 captures hold the AUTH values published", arguments: ikev2)
  func auth(_ sample: (file: String, row: String, auth: String)) throws {
    let keys = try #require(read(sample.row).ikeSAs.first)
    let cipher = try #require(keys.encryption.flatMap { CipherAlgorithm(identifier: $0) })
    let integrity = keys.integrity.flatMap { IntegrityAlgorithm(identifier: $0) }
    var found: [String] = []
    for datagram in Self.datagrams("wireshark/\(sample.file)") where datagram.kind == .ike {
      guard let message = RawMessage(datagram.bytes),
        let encrypted = message.payloads.first(where: { $0.type == 46 })
      else { continue }
      let isInitiator = message.flags & 0x08 != 0
      let opener = try IKEv2Opener(
        cipher: cipher, encryptionKey: try #require(keys[isInitiator ? .skEi : .skEr]),
        integrity: integrity, integrityKey: keys[isInitiator ? .skAi : .skAr] ?? Secret([]))
      guard
        case .opened(let plaintext, _) = opened(opener, message.bytes, encrypted.offset + 4)
      else {
        Issue.record("frame \(datagram.frame) not opened")
        continue
      }
      let inner = RawMessage.payloads(
        plaintext, from: 0, first: message.bytes[encrypted.offset])
      found += inner.filter { $0.type == 39 }.map { hexadecimal($0.body.dropFirst(4)) }
    }
    #expect(found.contains(sample.auth))
  }

  private func opened(_ opener: IKEv2Opener, _ bytes: [UInt8], _ offset: Int) -> IKEOpenOutcome {
    opener.open(bytes.rawSpan, bodyOffset: offset)
  }

  // tcpdump's tests: the secrets on its command line open what its .out files show.
  @Test(
    "tcpdump's ESP samples open",
    arguments: [
      (
        "02-sunrise-sunset-esp.pcap",
        "0x12345678@192.1.2.45 3des-cbc-hmac96:0x4043434545464649494a4a4c4c4f4f515152525454575758"
      ),
      (
        "08-sunrise-sunset-esp2.pcap",
        "0x12345678@192.1.2.45 3des-cbc-hmac96:0x43434545464649494a4a4c4c4f4f51515252545457575840\n0xabcdabcd@192.0.1.1 3des-cbc-hmac96:0x434545464649494a4a4c4c4f4f5151525254545757584043"
      ),
    ])
  func tcpdump(_ file: String, _ text: String) throws {
    let material = read(text)
    var buffer: [UInt8] = []
    var opened = 0
    for datagram in Self.datagrams("tcpdump/\(file)") where datagram.kind == .esp {
      let spi = datagram.bytes[..<4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      guard
        let row = material.childSAs(
          .esp, spi: spi, source: datagram.source, destination: datagram.destination
        ).first
      else { continue }
      let outcome = open(try ESPOpener(row), datagram.bytes, &buffer)
      #expect(outcome.failure == nil && outcome.padding == .standard)
      #expect(outcome.nextHeader == 4 && outcome.integrity == .notChecked)
      #expect(buffer[0] == 0x45)
      opened += 1
    }
    #expect(opened > 0)
  }
}
