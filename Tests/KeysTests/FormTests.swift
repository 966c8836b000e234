import Bytes
import Crypto
import Keys
import Testing

/// Reads `text` as a key file.
func read(_ text: String) -> KeyMaterial {
  KeyFileReader.read(Array(text.utf8), file: "keys")
}

/// What a test wants to see of a child SA, keys in hexadecimal.
func summary(_ keys: ChildSAKeys) -> String {
  [
    keys.protocol.rawValue, keys.spi.description, keys.source?.description ?? "any",
    keys.destination?.description ?? "any", keys.encryption ?? "-",
    hexadecimal(keys.encryptionKey.exposed()), hexadecimal(keys.salt.exposed()),
    keys.integrity ?? "-", hexadecimal(keys.integrityKey.exposed()),
    keys.esn.map { $0 ? "esn" : "no-esn" } ?? "?",
  ].joined(separator: " ")
}

let aesKey = "f6ddb555acfd9d77b03ea3843f265325"
let shaKey = "96358c90783bbfa3d7b196ceabe0536b5a3c4d5e"
let sha256Key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

@Suite("Forms of child SA keys")
struct ChildFormTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var children: [String]
    var testDescription: String { name }
  }

  static let samples: [Sample] = [
    Sample(
      name: "ip xfrm state",
      text: """
        src 192.0.2.1 dst 192.0.2.2
        \tproto esp spi 0xc1234567 reqid 1 mode tunnel
        \treplay-window 0 flag af-unspec
        \tauth-trunc hmac(sha1) 0x\(shaKey) 96
        \tenc cbc(aes) 0x\(aesKey)
        \tencap type espinudp sport 4500 dport 4500 addr 0.0.0.0
        \tanti-replay context: seq 0x0, oseq 0x5, bitmap 0x00000000
        src 2001:db8::2 dst 2001:db8::1
        \tproto esp spi 0x00000123 reqid 1 mode transport
        \treplay-window 32 flag esn
        \taead rfc4106(gcm(aes)) 0x\(aesKey)01020304 128
        \tanti-replay esn context:
        \tsel src 10.0.0.0/24 dst 10.1.0.0/24
        src 192.0.2.1 dst 192.0.2.2
        \tproto comp spi 0x0000abcd reqid 1 mode tunnel
        """,
      children: [
        "esp 0xc1234567 192.0.2.1 192.0.2.2 aes-cbc \(aesKey)  hmac-sha1-96 \(shaKey) no-esn",
        "esp 0x00000123 2001:db8::2 2001:db8::1 aes-gcm-16 \(aesKey) 01020304 -  esn",
      ]),
    Sample(
      name: "ip -s xfrm state",
      text: """
        src 192.0.2.1 dst 192.0.2.2
        \tproto esp spi 0xc1234567(3240314215) reqid 1(0x00000001) mode tunnel
        \treplay-window 0 seq 0x00000000 flag af-unspec (0x00100000)
        \tauth-trunc hmac(sha256) 0x\(sha256Key) (256 bits) 128
        \tenc cbc(aes) 0x\(aesKey) (128 bits)
        \tlifetime config:
        \t  limit: soft (INF)(bytes), hard (INF)(bytes)
        src 192.0.2.2 dst 192.0.2.1
        \tproto ah spi 0x0a0b0c0d(168496141) reqid 1(0x00000001) mode tunnel
        \treplay-window 32 seq 0x00000000 flag  (0x00000000)
        \tauth-trunc hmac(sha256) 0x\(sha256Key) (256 bits) 96
        """,
      children: [
        "esp 0xc1234567 192.0.2.1 192.0.2.2 aes-cbc \(aesKey)  hmac-sha256-128 \(sha256Key) no-esn",
        "ah 0x0a0b0c0d 192.0.2.2 192.0.2.1 -   hmac-sha256-96 \(sha256Key) no-esn",
      ]),
    Sample(
      name: "setkey -D",
      text: """
        192.0.2.1[4500] 192.0.2.2[4500]
        \tesp-udp mode=tunnel spi=3240314215(0xc1234567) reqid=0(0x00000000)
        \tE: aes-cbc  f6ddb555 acfd9d77 b03ea384 3f265325
        \tA: hmac-sha1  96358c90 783bbfa3 d7b196ce abe0536b 5a3c4d5e
        \tseq=0x00000000 replay=4 flags=0x20000000 state=mature
        192.0.2.2 192.0.2.1
        \tah mode=transport spi=256(0x00000100) reqid=0(0x00000000)
        \tA: hmac-md5  f6ddb555 acfd9d77 b03ea384 3f265325
        """,
      children: [
        "esp 0xc1234567 192.0.2.1 192.0.2.2 aes-cbc \(aesKey)  hmac-sha1-96 \(shaKey) ?",
        "ah 0x00000100 192.0.2.2 192.0.2.1 -   hmac-md5-96 \(aesKey) ?",
      ]),
    Sample(
      name: "FortiGate",
      text: """
        list all ipsec tunnel in vd 0
        ------------------------------------------------------
        name=site ver=2 serial=1 192.0.2.1:0->192.0.2.2:0 tun_id=192.0.2.2 dst_mtu=1500
        bound_if=5 lgwy=static/1 tun=intf/0 mode=auto/1 encap=none/520
        proxyid=p2 proto=0 sa=1 ref=2 serial=1
          src: 0:10.0.0.0/255.255.255.0:0
          SA:  ref=3 options=10226 type=00 soft=0 mtu=1438 expire=42897/0B replaywin=2048
               seqno=1 esn=0 replaywin_lastseq=00000000 qat=0
          life: type=01 bytes=0/0 timeout=42900/43200
          dec: spi=9822756d esp=aes key=16 \(aesKey)
               ah=sha1 key=20 \(shaKey)
          enc: spi=de81092c esp=aes-gcm key=20 \(aesKey)01020304
               ah=null key=0 
          dec:pkts/bytes=580097/90305200959, enc:pkts/bytes=859220/632576927854
        """,
      children: [
        "esp 0x9822756d 192.0.2.2 192.0.2.1 aes-cbc \(aesKey)  hmac-sha1-96 \(shaKey) no-esn",
        "esp 0xde81092c 192.0.2.1 192.0.2.2 aes-gcm-16 \(aesKey) 01020304 -  no-esn",
      ]),
    Sample(
      name: "MikroTik",
      text: """
        [admin@gw] > /ip ipsec installed-sa print
        Flags: H - hw-aead, A - AH, E - ESP
         0  E spi=0xE727605 src-address=192.0.2.1:4500 dst-address=192.0.2.2:4500
              state=mature auth-algorithm=sha1 enc-algorithm=aes-cbc
              enc-key-size=128
              auth-key="\(shaKey)"
              enc-key="\(aesKey)"
              addtime=jan/28/2023 20:55:12 expires-in=18m add-lifetime=24m/30m current-bytes=128
         1  E spi=E15CEE06 src-address=192.0.2.2 dst-address=192.0.2.1 state=mature auth-algorithm=sha256 enc-algorithm=aes-cbc auth-key="\(sha256Key)" enc-key="\(aesKey)" replay=4
        """,
      children: [
        "esp 0x0e727605 192.0.2.1 192.0.2.2 aes-cbc \(aesKey)  hmac-sha1-96 \(shaKey) ?",
        "esp 0xe15cee06 192.0.2.2 192.0.2.1 aes-cbc \(aesKey)  hmac-sha256-128 \(sha256Key) ?",
      ]),
    Sample(
      name: "tcpdump -E file",
      text: """
        # a comment

        0x12345678@192.1.2.45 3des-cbc-hmac96:0x43434545464649494a4a4c4c4f4f51515252545457575840
        0xd1234567@192.1.2.45 aes256-cbc-hmac96:0x\(sha256Key)
        """,
      children: [
        "esp 0x12345678 any 192.1.2.45 3des-cbc 43434545464649494a4a4c4c4f4f51515252545457575840  unchecked-96  ?",
        "esp 0xd1234567 any 192.1.2.45 aes-cbc \(sha256Key)  unchecked-96  ?",
      ]),
    Sample(
      name: "tcpdump -E without an SPI",
      text: "3des-cbc-hmac96:0x43434545464649494a4a4c4c4f4f51515252545457575840",
      children: [
        "esp * any any 3des-cbc 43434545464649494a4a4c4c4f4f51515252545457575840  unchecked-96  ?"
      ]),
    Sample(
      name: "Wireshark esp_sa",
      text: """
        # This file is automatically generated, DO NOT MODIFY.
        "IPv6","3ffe::1","3ffe::2","10","AES-CBC [RFC3602]","aescbcencryption","HMAC-SHA-1-96 [RFC2404]","hmacsha1authenticati"
        "IPv4","190.0.0.*","*","0xc12345**","TripleDES-CBC [RFC2451]","3descbcencryptiontesting","NULL",""
        "Any","*","10.0.0.0/8","*","AES-GCM [RFC4106]","0x\(aesKey)01020304","ANY 64 bit authentication [no checking]",""
        "IPv4","190.0.0.1","190.0.0.5","113","NULL","","HMAC-SHA-256-128 [RFC4868]","0x\(sha256Key)"
        "IPv4","190.0.0.1","190.0.0.5","0x00000071","AES-CTR [RFC3686]","0x\(aesKey)01020304","NULL","","32-bit","0x00000000"
        "IPv4","192.0.2.1","192.0.2.2","0xc1234567","ChaCha20 with Poly1305 [RFC7634]","0x\(sha256Key)01020304","NULL",""
        """,
      children: [
        "esp 0x0000000a 3ffe::1 3ffe::2 aes-cbc 616573636263656e6372797074696f6e  hmac-sha1-96 686d61637368613161757468656e746963617469 ?",
        "esp 0xc12345** 190.0.0.0/24 any 3des-cbc 33646573636263656e6372797074696f6e74657374696e67  -  ?",
        "esp * any 10.0.0.0/8 aes-gcm-8 \(aesKey) 01020304 -  ?",
        "esp 0x00000071 190.0.0.1 190.0.0.5 null   hmac-sha256-128 \(sha256Key) ?",
        "esp 0x00000071 190.0.0.1 190.0.0.5 aes-ctr \(aesKey) 01020304 -  no-esn",
        "esp 0xc1234567 192.0.2.1 192.0.2.2 chacha20-poly1305 \(sha256Key) 01020304 -  ?",
      ]),
    Sample(
      name: "strongSwan save-keys esp_sa",
      text: """
        "IPv4","198.51.100.1","198.51.100.2","0xc8ce1d3c","AES-CBC [RFC3602]","0x\(aesKey)","HMAC-SHA-256-128 [RFC4868]","0x\(sha256Key)"
        """,
      children: [
        "esp 0xc8ce1d3c 198.51.100.1 198.51.100.2 aes-cbc \(aesKey)  hmac-sha256-128 \(sha256Key) ?"
      ]),
  ]

  @Test("Every form is recognised and read", arguments: samples)
  func forms(_ sample: Sample) {
    let material = read(sample.text)
    #expect(material.problems.isEmpty, "\(material.problems)")
    #expect(material.childSAs.map(summary) == sample.children)
    #expect(material.childSAs.allSatisfy { $0.origin.file == "keys" && $0.origin.line > 0 })
    // The line's end may be a DOS one.
    let dos = read(
      sample.text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
    )
    #expect(dos.childSAs.map(summary) == sample.children)
  }

  @Test("Every prefix and every damaged byte of a form is read without a trap", arguments: samples)
  func damage(_ sample: Sample) {
    let bytes = Array(sample.text.utf8)
    for length in stride(from: 0, to: bytes.count, by: 3) {
      let material = KeyFileReader.read(Array(bytes[..<length]), file: "keys")
      #expect(!material.isEmpty || !material.problems.isEmpty)
    }
    for index in stride(from: 0, to: bytes.count, by: 2) {
      for byte in [UInt8(0xff), 0x20, 0x22] {
        var damaged = bytes
        damaged[index] = byte
        let material = KeyFileReader.read(damaged, file: "keys")
        #expect(!material.isEmpty || !material.problems.isEmpty)
      }
    }
  }

  struct Wrong: Sendable, CustomTestStringConvertible {
    var text: String
    var line: Int
    var says: String
    var testDescription: String { says }
  }

  static let wrong: [Wrong] = [
    Wrong(
      text: "src 192.0.2.1 dst 192.0.2.2\n\tproto esp spi 0x1 mode tunnel\n\tenc cbc(aes) 0x0102",
      line: 1, says: "a key of aes-cbc has 16, 24 or 32 bytes, this one has 2"),
    Wrong(
      text: "src 192.0.2.1 dst 192.0.2.2\n\tproto esp spi 0x1 mode tunnel\n\tenc cbc(aria) 0x0102",
      line: 1, says: "the encryption algorithm cbc(aria) is not known"),
    Wrong(
      text:
        "src 192.0.2.1 dst 192.0.2.2\n\tproto esp spi 0x1 mode tunnel\n\tenc cbc(aes) <<Keys hidden>>",
      line: 3, says: "the key is hidden"),
    Wrong(
      text: "\"IPv4\",\"1.2.3.4\",\"1.2.3.5\",\"0x1\",\"AES-CBC\",\"0x01\",\"NULL\",\"\"",
      line: 1, says: "this one has 1"),
    Wrong(
      text: "\"IPv4\",\"1.2.3.4\",\"1.2.3.5\",\"0x1\",\"AES-CBC\",\"0x0\",\"NULL\",\"\"",
      line: 1, says: "even number of hexadecimal digits"),
    Wrong(
      text: "\"IPv4\",\"1.2.3.4\",\"1.2.3.5\",\"0x1\",\"ROT13\",\"\",\"NULL\",\"\"",
      line: 1, says: "the encryption algorithm ROT13 is not known"),
    Wrong(
      text: "\"IPv4\",\"1.2.3.400\",\"1.2.3.5\",\"0x1\",\"NULL\",\"\",\"NULL\",\"\"",
      line: 1, says: "the source must be an address"),
    Wrong(text: "fafaeb49382a763c,735b", line: 1, says: "5 to 56 bytes"),
    Wrong(text: "fafaeb49382a763c,xyz", line: 1, says: "must be hexadecimal"),
    Wrong(
      text: "\n\nname=x 1.1.1.1:0->2.2.2.2:0\n dec: spi=1 esp=aes key=16 0102", line: 4,
      says: "expected 16 bytes"),
    Wrong(text: "hello world\n", line: 0, says: "holds no key material"),
    Wrong(text: "", line: 0, says: "holds no key material"),
    Wrong(text: "{}", line: 1, says: "psk, ike_sas or child_sas"),
    Wrong(text: "{\"psk\": [\n {\"psk\": 5}\n]}", line: 2, says: "a string"),
    Wrong(text: "{\"psk\":\n\n 7}", line: 3, says: "must be an array"),
    Wrong(text: "{\"psk\": [", line: 1, says: "not JSON"),
    Wrong(
      text:
        "{\"child_sas\": [\n{\"spi\": \"1\", \"encryption\": \"aes-cbc\", \"encryption_key\": \"00\"}]}",
      line: 2, says: "this one has 1"),
    Wrong(
      text: "{\"child_sas\": [\n{\"spi\": \"zz\"}]}", line: 2, says: "up to 8 hexadecimal digits"),
    Wrong(
      text: "{\"ike_sas\": [\n{\"ike_version\": 3, \"keys\": {\"sk_d\": \"00\"}}]}", line: 2,
      says: "must be 1 or 2"),
    Wrong(
      text: "{\"ike_sas\": [\n{\"encryption\": \"aes-cbc\",\n \"keys\": {\"sk_ei\": \"00\"}}]}",
      line: 3, says: "sk_ei"),
    Wrong(text: "{\"ike_sas\": [{\"keys\": {}}]}", line: 1, says: "keys holds none of"),
    Wrong(text: String(repeating: "[", count: 100_000), line: 0, says: "holds no key material"),
    Wrong(
      text: "{\"a\":" + String(repeating: "[", count: 100_000), line: 1, says: "nested more than"),
    Wrong(
      text:
        "ikev2 I 0x8001020304050607 0xdebc583a8f40d0cf sha1:0xf4c101c72118cf31d4682f68b9a29c0700000000 aes128:0x0d085cb0db3e856c4d4745cc1ff5c9274f580827f03c1aad",
      line: 1, says: "a key of aes128 has 16 bytes, this one has 24"),
  ]

  @Test("What is wrong is said with its line, and no key in it", arguments: wrong)
  func problems(_ wrong: Wrong) throws {
    let material = read(wrong.text)
    let problem = try #require(material.problems.first)
    #expect(problem.message.contains(wrong.says), "\(problem)")
    #expect(problem.origin.line == wrong.line, "\(problem)")
    #expect(material.isEmpty)
    #expect(!problem.description.contains("f4c101c7"))
  }

  @Test("One bad row does not lose the others")
  func others() {
    let row = "\"IPv4\",\"1.2.3.4\",\"1.2.3.5\",\"0x1\",\"NULL\",\"\",\"NULL\",\"\""
    let material = read("\(row)\n\"IPv4\",\"x\n\(row)\nnonsense\n\(row)")
    #expect(material.childSAs.count == 3)
    #expect(material.problems.map(\.origin.line) == [2, 4])
  }
}

@Suite("Diffie-Hellman values of single children")
struct ExchangeSecretFormTests {
  private func read(_ child: String) -> KeyMaterial {
    KeyFileReader.read(Array(#"{"child_sas": [\#(child)]}"#.utf8), file: "keys.json")
  }

  @Test("are read from a child's entry that has no keys")
  func read() {
    let shared = read(#"{"spi": "0xc0ffee01", "dh_secret": "0102"}"#)
    #expect(shared.problems.isEmpty && shared.childSAs.isEmpty)
    #expect(
      shared.exchangeSecrets(spi: 0xc0ff_ee01).map(\.value) == [.shared(Secret([1, 2]))])
    let own = read(#"{"spi": "c0ffee01", "dh_private": "0a", "encryption": "aes-cbc"}"#)
    #expect(own.exchangeSecrets.map(\.value) == [.private(Secret([10]))])
  }

  @Test("name one child")
  func whichChild() throws {
    let material = read(#"{"spi": "*", "dh_secret": "0102"}"#)
    #expect(material.exchangeSecrets.isEmpty)
    let problem = try #require(material.problems.first)
    #expect("\(problem)".contains("keys.json:1"))
    #expect("\(problem)".contains("dh_secret belongs to one child: give its whole spi"))
  }

  @Test("do not stand in for keys that are there")
  func besideKeys() {
    let material = read(
      #"{"spi": "1", "encryption": "aes-cbc", "encryption_key": "000102030405060708090a0b0c0d0e0f", "dh_secret": "01"}"#
    )
    #expect(material.childSAs.count == 1 && material.exchangeSecrets.isEmpty)
  }
}
