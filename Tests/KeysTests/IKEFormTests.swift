import Bytes
import Crypto
import Keys
import Testing

/// What a test wants to see of an IKE SA, keys in hexadecimal.
func summary(_ keys: IKESAKeys) -> String {
  let secrets = IKESecret.allCases.compactMap { name in
    keys[name].map { "\(name.rawValue)=\(hexadecimal($0.exposed()))" }
  }
  let head = [
    keys.version.map(String.init) ?? "?", keys.initiatorSPI.map { hexadecimal($0) } ?? "*",
    keys.responderSPI.map { hexadecimal($0) } ?? "*", keys.encryption ?? "-",
    keys.encryptionBits.map(String.init) ?? "-", keys.integrity ?? "-", keys.prf ?? "-",
  ]
  return (head + secrets).joined(separator: " ")
}

@Suite("Forms of IKE keys")
struct IKEFormTests {
  static let samples: [ChildFormTests.Sample] = [
    .init(
      name: "ikev1_decryption_table",
      text: "fafaeb49382a763c,735be0cb62f82675c4f7bf8fbab9b56834ba76d6ab4fa240\n",
      children: [
        "1 fafaeb49382a763c * - - - - encryption_key=735be0cb62f82675c4f7bf8fbab9b56834ba76d6ab4fa240"
      ]),
    .init(
      name: "ikev2_decryption_table",
      text: """
        19ab98963486359f,78f13157ccd3b3d8,2e0e194070fc658c2bfbfdbf8b956be4b2eaa33d02a43cca,219f3080e631774b8d5836d3a675b099b1e271c9bdcf6e15,"3DES [RFC2451]",c96f5bad08aebbff60509c7495f11c183818b916,e742ac415cdfdd709c9de92769a169e0a5224f79,"HMAC_SHA1_160 [RFC4595]"
        cd7ae76304b277e2,74f6080ed799d463,daa0a85a81e6adda7b8c568f1c4cfaa6e9f9edb242e9895f012caaa642eacf4d004903,e02281ba4bb8ed20321faff956b95ce7f841b3039984dad4ed4625e77743fce4a04f32,"AES-CCM-256 with 16 octet ICV [RFC5282]",,,"NONE [RFC4306]"
        a2926ae833c6f138,5464c57d0dc5e272,5daf82e6fd7e57d5fbf76cd5af73fd46035db0bc,68848f4a7602b20c7d033cc998b0c097032ac38a,"AES-CTR-128 [RFC5930]",,,"ANY 96-bits of Authentication [No Checking]"
        """,
      children: [
        "2 19ab98963486359f 78f13157ccd3b3d8 3des-cbc 192 hmac-sha1-160 - sk_ai=c96f5bad08aebbff60509c7495f11c183818b916 sk_ar=e742ac415cdfdd709c9de92769a169e0a5224f79 sk_ei=2e0e194070fc658c2bfbfdbf8b956be4b2eaa33d02a43cca sk_er=219f3080e631774b8d5836d3a675b099b1e271c9bdcf6e15",
        "2 cd7ae76304b277e2 74f6080ed799d463 aes-ccm-16 256 - - sk_ei=daa0a85a81e6adda7b8c568f1c4cfaa6e9f9edb242e9895f012caaa642eacf4d004903 sk_er=e02281ba4bb8ed20321faff956b95ce7f841b3039984dad4ed4625e77743fce4a04f32",
        "2 a2926ae833c6f138 5464c57d0dc5e272 aes-ctr 128 unchecked-96 - sk_ai= sk_ar= sk_ei=5daf82e6fd7e57d5fbf76cd5af73fd46035db0bc sk_er=68848f4a7602b20c7d033cc998b0c097032ac38a",
      ]),
    .init(
      name: "tcpdump's ikev2 lines, in a pluto log",
      text: """
        | ikev2 parent SA details
        | ikev2 I 0x0001020304050607 0xc02e7a3031a03188 sha1:0x4ea8e662b07cdd430f6944c6723e4b82d5722418 aes128:0x3f44bf47cafd8150591deb088199fcbf
        | ikev2 R 0x0001020304050607 0xc02e7a3031a03188 sha1:0x515b0bd22e6d76b34fdb760aa7bfad80b109b75d aes128:0xbedb67ec7dc3d00cccac42e70cd63bde
        """,
      children: [
        "2 0001020304050607 c02e7a3031a03188 aes-cbc 128 hmac-sha1-96 - sk_ai=4ea8e662b07cdd430f6944c6723e4b82d5722418 sk_ar=515b0bd22e6d76b34fdb760aa7bfad80b109b75d sk_ei=3f44bf47cafd8150591deb088199fcbf sk_er=bedb67ec7dc3d00cccac42e70cd63bde"
      ]),
    .init(
      name: "pluto with private debugging",
      text: """
        | ICOOKIE:  80 01 02 03  04 05 06 07
        | RCOOKIE:  de bc 58 3a  8f 40 d0 cf
        | DH shared-secret:
        |   01 02 03 04  05 06 07 08  09 0a 0b 0c  0d 0e 0f 10
        |   11 12
        | Skeyid:  96 35 8c 90  78 3b bf a3
        | Skeyid_d:  f6 dd b5 55  ac fd 9d 77
        | Skeyid_a:  b0 3e a3 84  3f 26 53 25
        | Skeyid_e:  00 01 02 03
        | enc key:  f6 dd b5 55  ac fd 9d 77  b0 3e a3 84  3f 26 53 25
        | IV:  01 02 03 04
        """,
      children: [
        "1 8001020304050607 debc583a8f40d0cf - - - - dh_secret=0102030405060708090a0b0c0d0e0f101112 skeyid=96358c90783bbfa3 skeyid_d=f6ddb555acfd9d77 skeyid_a=b03ea3843f265325 skeyid_e=00010203 encryption_key=f6ddb555acfd9d77b03ea3843f265325"
      ]),
    .init(
      name: "charon at level 4, IKEv2",
      text: """
        Nov 22 01:00:00 gw charon: 05[ENC] parsed IKE_SA_INIT response 0 [ SA KE No ]
        Nov 22 01:00:00 gw charon: 05[CFG] <site|1> selected proposal: IKE:AES_CBC_128/HMAC_SHA1_96/PRF_HMAC_SHA1/MODP_2048
        Nov 22 01:00:00 gw charon: 05[IKE] <site|1> shared Diffie Hellman secret => 18 bytes @ 0x7f55d4001c80
        Nov 22 01:00:00 gw charon: 05[IKE] <site|1>    0: 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 10  ................
        Nov 22 01:00:00 gw charon: 05[IKE] <site|1>   16: 11 12                                            ..
        Nov 22 01:00:00 gw charon: 05[IKE] <site|1> SKEYSEED => 4 bytes @ 0x7f55d4002a10
        Nov 22 01:00:00 gw charon: 05[IKE] <site|1>    0: 24 24 24 24                                      $$$$
        Nov 22 01:00:00 gw charon: 05[IKE] <site|1> Sk_d secret => 4 bytes @ 0x7f55d4002a10
        Nov 22 01:00:00 gw charon: 05[IKE] <site|1>    0: AB CD EF 01                                      AB C
        Nov 22 01:00:00 gw charon: 05[IKE] <site|1> Sk_ei secret => 16 bytes @ 0x7f55d4002a10
        Nov 22 01:00:00 gw charon: 05[IKE] <site|1>    0: F6 DD B5 55 AC FD 9D 77 B0 3E A3 84 3F 26 53 25  ...U...w.>..?&S%
        Nov 22 01:00:00 gw charon: 05[IKE] <site|1> IKE_SA site[1] established
        """,
      children: [
        "2 * * aes-cbc 128 hmac-sha1-96 hmac-sha1 dh_secret=0102030405060708090a0b0c0d0e0f101112 sk_d=abcdef01 sk_ei=f6ddb555acfd9d77b03ea3843f265325"
      ]),
    .init(
      name: "charon at level 4, IKEv1",
      text: """
        12[IKE] SKEYID => 4 bytes @ 0x7f55d4002a10
        12[IKE]    0: 01 01 01 01                                      ....
        12[IKE] SKEYID_d => 4 bytes @ 0x7f55d4002a10
        12[IKE]    0: 02 02 02 02                                      ....
        12[IKE] SKEYID_a secret => 4 bytes @ 0x7f55d4002a10
        12[IKE]    0: 03 03 03 03                                      ....
        12[IKE] encryption key Ka => 16 bytes @ 0x7f55d4002a10
        12[IKE]    0: F6 DD B5 55 AC FD 9D 77 B0 3E A3 84 3F 26 53 25  ...U...w.>..?&S%
        """,
      children: [
        "1 * * - - - - skeyid=01010101 skeyid_d=02020202 skeyid_a=03030303 encryption_key=f6ddb555acfd9d77b03ea3843f265325"
      ]),
  ]

  @Test("Every form is recognised and read", arguments: samples)
  func forms(_ sample: ChildFormTests.Sample) {
    let material = read(sample.text)
    #expect(material.problems.isEmpty, "\(material.problems)")
    #expect(material.ikeSAs.map(summary) == sample.children)
    let bytes = Array(sample.text.utf8)
    for length in stride(from: 0, to: bytes.count, by: 3) {
      let cut = KeyFileReader.read(Array(bytes[..<length]), file: "keys")
      #expect(!cut.isEmpty || !cut.problems.isEmpty)
    }
  }

  static func charonChild(_ front: String) -> String {
    """
    \(front)
    07[CHD] encryption initiator key => 16 bytes @ 0x7f00
    07[CHD]    0: F6 DD B5 55 AC FD 9D 77 B0 3E A3 84 3F 26 53 25  ...U...w.>..?&S%
    07[CHD] encryption responder key => 16 bytes @ 0x7f00
    07[CHD]    0: 00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F  ................
    07[CHD] integrity initiator key => 20 bytes @ 0x7f00
    07[CHD]    0: 96 35 8C 90 78 3B BF A3 D7 B1 96 CE AB E0 53 6B  .5..x;........Sk
    07[CHD]   16: 5A 3C 4D 5E                                      Z<M^
    07[CHD] integrity responder key => 20 bytes @ 0x7f00
    07[CHD]    0: 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  ................
    07[CHD]   16: 00 00 00 01                                      ....
    07[CHD]   using AES_CBC for encryption
    07[CHD]   using HMAC_SHA1_96 for integrity
    07[CHD] adding inbound ESP SA
    07[CHD]   SPI 0xc1234567, src 192.0.2.2 dst 192.0.2.1
    07[CHD] adding outbound ESP SA
    07[CHD]   SPI 0xc7654321, src 192.0.2.1 dst 192.0.2.2
    """
  }

  @Test("charon's child keys go to the SPI they belong to, by who began the exchange")
  func charonChildren() {
    let responder = "000102030405060708090a0b0c0d0e0f"
    let initiatorLog = read(
      Self.charonChild("07[ENC] parsed IKE_AUTH response 1 [ IDr AUTH SA TSi TSr ]"))
    #expect(
      initiatorLog.childSAs.map(summary) == [
        "esp 0xc1234567 192.0.2.2 192.0.2.1 aes-cbc \(responder)  hmac-sha1-96 \(String(repeating: "0", count: 39))1 ?",
        "esp 0xc7654321 192.0.2.1 192.0.2.2 aes-cbc \(aesKey)  hmac-sha1-96 \(shaKey) ?",
      ])
    let responderLog = read(
      Self.charonChild("07[ENC] parsed QUICK_MODE request 1 [ HASH SA No ID ID ]"))
    #expect(
      responderLog.childSAs.map { hexadecimal($0.encryptionKey.exposed()) } == [aesKey, responder])
    // Nothing tells: both are offered for each SPI.
    #expect(read(Self.charonChild("07[NET] hello")).childSAs.count == 4)
  }

  @Test("A dump that ends too early is a problem, not a short key")
  func shortDump() {
    let material = read(
      "05[IKE] Sk_d secret => 16 bytes @ 0x7f\n05[IKE]    0: AB CD  ..\n05[IKE] x\n")
    #expect(material.isEmpty)
    #expect(material.problems.first?.message.contains("16 bytes and has 2") == true)
  }
}
