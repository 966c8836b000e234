import Bytes
import ISAKMP
import Registries
import TestSupport
import Testing

@Suite("Payloads")
struct PayloadTests {
  @Test("KE of both versions hold the public value")
  func keyExchange() {
    guard case .keyExchange(let first) = single(version: 1, .init(4, filler(128))).payload?.body,
      case .keyExchange(let second) = single(
        version: 2, IKEBuilder.keyExchangeV2(group: 14, filler(256))
      ).payload?.body
    else {
      Issue.record("no KE")
      return
    }
    #expect(first.group == nil)
    #expect(first.data == filler(128))
    #expect(second.group == .modp2048)
    #expect(second.data == filler(256))
  }

  @Test("HASH, SIG, NONCE and VID are their bytes")
  func plain() {
    guard case .hash(let hash) = single(version: 1, .init(8, filler(20))).payload?.body,
      case .signature(let signature) = single(version: 1, .init(9, filler(128))).payload?.body,
      case .nonce(let nonce) = single(version: 2, .init(40, filler(32))).payload?.body,
      case .vendorID(let vendor) = single(version: 1, .init(13, filler(16))).payload?.body
    else {
      Issue.record("one is missing")
      return
    }
    #expect(hash == filler(20))
    #expect(signature == filler(128))
    #expect(nonce == filler(32))
    #expect(vendor == filler(16))
  }

  @Test(
    "ID of IKEv1 reads as an address, a subnet, a range or a name",
    arguments: [
      (1, [10, 1, 2, 3], "10.1.2.3"), (4, [10, 1, 0, 0, 255, 255, 255, 0], "10.1.0.0/24"),
      (4, [10, 1, 0, 0, 255, 0, 255, 0], "0x0a010000ff00ff00"),
      (7, [10, 1, 0, 5, 10, 1, 0, 9], "10.1.0.5-10.1.0.9"),
      (7, [10, 1, 0, 0, 10, 1, 0, 255], "10.1.0.0/24"),
      (7, [10, 1, 0, 9, 10, 1, 0, 5], "0x0a0100090a010005"),
      (5, [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], "2001:db8::1"),
      (2, Array("vpn.example.org".utf8), "vpn.example.org"),
      (3, Array("jo@example.org".utf8), "jo@example.org"),
      (2, Array("\u{1b}[31mred".utf8), "\\u{1b}[31mred"), (11, Array("GROUP1".utf8), "GROUP1"),
      (11, [0, 1, 2], "0x000102"), (99, [0xab], "0xab"), (1, [10, 1, 2], "0x0a0102"),
    ] as [(UInt8, [UInt8], String)])
  func identificationV1(type: UInt8, data: [UInt8], text: String) {
    guard
      case .identification(let identity) = single(
        version: 1, IKEBuilder.identificationV1(type: type, data)
      ).payload?.body
    else {
      Issue.record("no ID")
      return
    }
    #expect(identity.text == text)
    #expect(identity.selectorText == text)
  }

  @Test("ID of IKEv1 has protocol and port of a proxy identity")
  func proxyIdentity() {
    let payload = IKEBuilder.identificationV1(
      type: 4, ipProtocol: 6, port: 443, [10, 1, 0, 0, 255, 255, 0, 0])
    guard case .identification(let identity) = single(version: 1, payload).payload?.body else {
      Issue.record("no ID")
      return
    }
    #expect((identity.ipProtocol, identity.port) == (6, 443))
    #expect(identity.selectorText == "10.1.0.0/16/6/443")
    #expect(identity.range?.upperBound == IPAddress("10.1.255.255"))
  }

  @Test("ID with a distinguished name reads as one")
  func distinguishedName() throws {
    // C=CH, O=Linux strongSwan, CN=moon: DER by hand.
    let der: [UInt8] =
      [0x30, 0x37, 0x31, 0x0b, 0x30, 0x09, 0x06, 0x03, 0x55, 0x04, 0x06, 0x13, 0x02] + "CH".utf8
      + [0x31, 0x19, 0x30, 0x17, 0x06, 0x03, 0x55, 0x04, 0x0a, 0x0c, 0x10] + "Linux strongSwan".utf8
      + [0x31, 0x0d, 0x30, 0x0b, 0x06, 0x03, 0x55, 0x04, 0x03, 0x0c, 0x04] + "moon".utf8
    let (_, payload) = single(
      version: 2, exchange: 35, IKEBuilder.identificationV2(initiator: false, type: 9, der))
    guard case .identification(let identity) = payload?.body else {
      Issue.record("no ID")
      return
    }
    #expect(payload?.type == .idRV2)
    #expect(identity.text == "C=CH, O=Linux strongSwan, CN=moon")
    let (_, cut) = single(
      version: 2, exchange: 35,
      IKEBuilder.identificationV2(initiator: false, type: 9, Array(der.dropLast())))
    guard case .identification(let damaged) = cut?.body else {
      Issue.record("no ID")
      return
    }
    #expect(damaged.text.hasPrefix("0x3037"))
  }

  @Test("CERT and CERTREQ of both versions")
  func certificates() {
    guard
      case .certificate(let certificate) = single(
        version: 2, exchange: 35, .init(37, [12] + filler(20) + "http://ca/c.der".utf8)
      ).payload?.body,
      case .certificateRequest(let any) = single(version: 1, .init(7, [4])).payload?.body,
      case .certificateRequest(let hashes) = single(
        version: 2, .init(38, [4] + filler(40))
      ).payload?.body
    else {
      Issue.record("one is missing")
      return
    }
    #expect(certificate.encoding == .hashURLCert)
    #expect(certificate.hashAndURL?.url == "http://ca/c.der")
    #expect(certificate.hashAndURL?.hash == filler(20))
    #expect(any.authority.isEmpty)
    #expect(any.encoding == .x509Signature)
    #expect(hashes.keyHashes == [filler(20), Array(filler(40).dropFirst(20))])
  }

  @Test("AUTH holds its method, and RFC 7427's algorithm before the signature")
  func authentication() {
    let ecdsa: [UInt8] = [0x30, 0x0a, 6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2]
    guard
      case .authentication(let shared) = single(
        version: 2, exchange: 35, .init(39, [2, 0, 0, 0] + filler(20))
      ).payload?.body,
      case .authentication(let signed) = single(
        version: 2, exchange: 35, .init(39, [14, 0, 0, 0, 12] + ecdsa + filler(70))
      ).payload?.body
    else {
      Issue.record("no AUTH")
      return
    }
    #expect(shared.method == .psk)
    #expect(shared.data == filler(20))
    #expect(signed.signatureAlgorithm?.id == "ecdsa-sha256")
    #expect(signed.algorithmIdentifier == ecdsa)
    #expect(signed.data == filler(70))
    let (message, _) = single(version: 2, exchange: 35, .init(39, [14, 0, 0, 0, 90, 1, 2]))
    #expect(message?.malformed?.layer == "payload 1 (AUTH)")
    #expect(message?.malformed?.needed == 90)
  }

  @Test("D of both versions lists SPIs, with Cisco's reason behind them")
  func deletes() {
    guard
      case .delete(let child) = single(
        version: 1, exchange: 5,
        IKEBuilder.deleteV1(protocolID: 3, size: 4, [[1, 2, 3, 4], [5, 6, 7, 8]])
      ).payload?.body,
      case .delete(let ike) = single(
        version: 2, exchange: 37, IKEBuilder.deleteV2(protocolID: 1, size: 0, [])
      ).payload?.body
    else {
      Issue.record("no D")
      return
    }
    #expect(child.protocolID == .esp)
    #expect(child.spis == [[1, 2, 3, 4], [5, 6, 7, 8]])
    #expect(child.reason == nil)
    #expect(ike.protocolID == .isakmp)
    #expect(ike.spis.isEmpty)
    var withReason = IKEBuilder.deleteV1(protocolID: 1, size: 16, [filler(16)])
    withReason.body += IKEBuilder.attribute(1, 8)
    guard case .delete(let reasoned) = single(version: 1, exchange: 5, withReason).payload?.body
    else {
      Issue.record("no D with reason")
      return
    }
    #expect(reasoned.reason?.id == "idle-timeout")
    #expect(reasoned.spis == [filler(16)])
  }

  @Test("D that announces more SPIs than it holds is malformed, and allocates none")
  func lyingDelete() {
    let body: [UInt8] = IKEBuilder.be32(1) + [3, 255, 0xff, 0xff, 1, 2, 3]
    let (message, payload) = single(version: 1, exchange: 5, .init(12, body))
    #expect(message?.malformed?.needed == 255 * 65535)
    guard case .opaque(let kept) = payload?.body else {
      Issue.record("a lying D was read")
      return
    }
    #expect(kept == body)
    let endless: [UInt8] = IKEBuilder.be32(1) + [3, 0, 0xff, 0xff]
    guard case .delete(let none) = single(version: 1, exchange: 5, .init(12, endless)).payload?.body
    else {
      Issue.record("no D")
      return
    }
    #expect(none.spis.isEmpty)
    #expect(none.declaredCount == 65535)
  }

  @Test(
    "NAT-D is the same under the numbers of RFC 3947 and of all drafts",
    arguments: [20, 130, 15] as [UInt8])
  func natDiscovery(type: UInt8) throws {
    let (message, payload) = single(version: 1, exchange: 2, .init(type, filler(20)))
    guard case .natDiscovery(let hash) = payload?.body else {
      Issue.record("no NAT-D")
      return
    }
    #expect(hash == filler(20))
    #expect(message?.notation() == "[ NAT-D ]")
  }

  @Test(
    "NAT-OA is the same under the numbers of RFC 3947 and of all drafts",
    arguments: [21, 131, 16] as [UInt8])
  func natOriginalAddress(type: UInt8) {
    let body = IKEBuilder.chain([.init(type, [1, 0, 0, 0, 10, 0, 0, 7])])
    let list = opened(body, first: type, version: .v1, exchange: .quick)
    guard case .natOriginalAddress(let address) = list.payloads.first?.body else {
      Issue.record("no NAT-OA")
      return
    }
    #expect(address.address == IPAddress("10.0.0.7"))
  }

  @Test("GDOI's payloads keep their names and bytes")
  func gdoi() {
    for (type, name) in [(15, "SAK"), (16, "SAT"), (17, "KD"), (18, "SEQ"), (22, "GAP")] {
      let (message, payload) = single(version: 1, exchange: 33, .init(UInt8(type), filler(30)))
      guard case .opaque(let data) = payload?.body else {
        Issue.record("\(name) was read as something")
        continue
      }
      #expect(data == filler(30))
      #expect(message?.notation() == "[ \(name) ]")
      #expect(payload?.isUnknown == false)
    }
  }

  @Test("SKF holds fragment number and total, and the place of its ciphertext")
  func fragment() {
    guard
      case .encryptedFragment(let fragment) = single(
        version: 2, exchange: 35, IKEBuilder.encryptedFragment(2, of: 5, filler(64))
      ).payload?.body
    else {
      Issue.record("no SKF")
      return
    }
    #expect((fragment.number, fragment.total) == (2, 5))
    #expect(fragment.range == 36..<100)
  }

  @Test(
    "SKF whose number is 0 or above its total is malformed", arguments: [(0, 3), (4, 3), (0, 0)])
  func badFragment(number: UInt16, total: UInt16) {
    let (message, payload) = single(
      version: 2, exchange: 35, IKEBuilder.encryptedFragment(number, of: total, filler(64)))
    #expect(message?.malformed?.description.contains("fragment \(number) of \(total)") == true)
    guard case .opaque = payload?.body else {
      Issue.record("it was read")
      return
    }
  }

  @Test("EAP tells code, method and identity, and never shows method data")
  func eap() {
    let identity = IKEBuilder.eap(code: 2, type: 1, Array("jo\u{202e}".utf8))
    let secret = IKEBuilder.eap(code: 2, identifier: 9, type: 26, Array("hunter2".utf8))
    let success = IKEBuilder.eap(code: 3)
    let list = [identity, secret, success].map { single(version: 2, exchange: 35, $0) }
    #expect(
      list.compactMap { $0.message?.notation() } == [
        "[ EAP/RES/ID ]", "[ EAP/RES/MSCHAPV2 ]", "[ EAP/SUCC ]",
      ])
    #expect(list[0].payload?.fields.contains(Field("identity", "jo\\u{202e}")) == true)
    let shown = list[1].payload?.fields.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
    #expect(
      shown == "code=Response identifier=9 type=MS-EAP-Authentication (MSCHAPv2) data=(hidden)")
  }

  @Test("TSi and TSr are selectors of addresses, protocol and ports")
  func trafficSelectors() throws {
    let payload = IKEBuilder.selectors(
      initiator: true,
      [
        IKEBuilder.selector([10, 1, 0, 0], [10, 1, 0, 255]),
        IKEBuilder.selector([10, 1, 0, 5], [10, 1, 0, 5], ipProtocol: 6, ports: 443...443),
        IKEBuilder.selector([10, 1, 0, 5], [10, 1, 0, 9], ipProtocol: 17, ports: 1000...2000),
        IKEBuilder.selector(
          [0x20, 1] + [UInt8](repeating: 0, count: 14),
          [0x20, 1] + [UInt8](repeating: 255, count: 14)),
        [10, 0, 0, 8, 1, 2, 3, 4],
      ])
    let (message, read) = single(version: 2, exchange: 35, payload)
    guard case .trafficSelectors(let selectors) = read?.body else {
      Issue.record("no TS")
      return
    }
    #expect(message?.malformed == nil)
    #expect(
      selectors.map(\.description) == [
        "10.1.0.0/24", "10.1.0.5/6/443", "10.1.0.5-10.1.0.9/17/1000-2000", "2001::/16",
        "TS_SECLABEL 01020304",
      ])
    #expect(selectors[0].isAnyPort)
    #expect(selectors[0].range?.lowerBound == IPAddress("10.1.0.0"))
  }

  @Test("TS with a lying count or a short selector keep what could be read")
  func badSelectors() {
    var payload = IKEBuilder.selectors(
      initiator: false, [IKEBuilder.selector([10, 1, 0, 0], [10, 1, 0, 255])])
    payload.body[0] = 7
    let (odd, _) = single(version: 2, exchange: 35, payload)
    #expect(odd?.malformed == nil)
    #expect(odd?.oddities.count == 1)
    payload.body += [7, 0, 0, 16, 0, 0]
    let (broken, read) = single(version: 2, exchange: 35, payload)
    guard case .trafficSelectors(let selectors) = read?.body else {
      Issue.record("no TS")
      return
    }
    #expect(selectors.count == 1)
    #expect(broken?.malformed?.layer == "payload 1 (TSr), Traffic selector")
  }
}
