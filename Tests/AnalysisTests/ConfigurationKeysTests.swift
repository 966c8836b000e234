import Bytes
import Crypto
import Keys
import Testing

@testable import Analysis

/// A Cisco configuration as a file of keys.
@Suite("Keys of a Cisco configuration")
struct ConfigurationKeysTests {
  private static let aesKey = "f6ddb555acfd9d77b03ea3843f265325"
  private static let shaKey = "96358c90783bbfa3d7b196ceabe0536b5a3c4d5e"
  private static let longKey = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

  private func read(_ text: String) throws -> KeyMaterial {
    try #require(KeyMaterial(configuration: Array(text.utf8), path: "keys"))
  }

  static let samples: [(String, [String])] = [
    ("crypto isakmp key SeCret address 192.0.2.2", ["192.0.2.2=SeCret"]),
    (
      "crypto isakmp key 0 SeCret address 192.0.2.0 255.255.255.0 no-xauth", ["192.0.2.0/24=SeCret"]
    ),
    ("crypto isakmp key SeCret address 0.0.0.0 0.0.0.0", ["*=SeCret"]),
    ("crypto isakmp key 6 ABCDEF address 192.0.2.2", ["192.0.2.2=encrypted"]),
    ("crypto isakmp key SeCret hostname gw.example.com", ["gw.example.com=SeCret"]),
    ("crypto isakmp key SeCret address ipv6 2001:db8::2/128", ["2001:db8::2=SeCret"]),
    ("crypto isakmp key 7 address 192.0.2.2", ["192.0.2.2=7"]),
    ("isakmp key ******** address 192.0.2.2 netmask 255.255.255.255", ["192.0.2.2=masked"]),
    (
      "tunnel-group 192.0.2.2 type ipsec-l2l\ntunnel-group 192.0.2.2 ipsec-attributes\n ikev1 pre-shared-key SeCret\n ikev2 remote-authentication pre-shared-key one\n ikev2 local-authentication pre-shared-key two\n",
      ["192.0.2.2=SeCret", "192.0.2.2=two", "192.0.2.2=one"]
    ),
    ("tunnel-group 192.0.2.2 ipsec-attributes\n pre-shared-key *****\n", ["192.0.2.2=masked"]),
    ("tunnel-group X ipsec-attributes\n ikev1 pre-shared-key 8 Abc+/=\n", ["*=encrypted"]),
    (
      "crypto keyring K\n  local-address 192.0.2.1\n  pre-shared-key address 192.0.2.2 key SeCret\n  pre-shared-key hostname h key 6 XYZ\n",
      ["192.0.2.2=SeCret", "h=encrypted"]
    ),
    (
      "crypto ikev2 keyring K\n peer one\n  address 192.0.2.2 255.255.255.255\n  pre-shared-key local mine\n  pre-shared-key remote 0 theirs\n peer two\n  address 0.0.0.0 0.0.0.0\n  pre-shared-key SeCret\n",
      ["192.0.2.2=mine", "192.0.2.2=theirs", "*=SeCret", "*=SeCret"]
    ),
    ("crypto isakmp key 7 02050D480809 address 192.0.2.2", ["192.0.2.2=cisco"]),
  ]

  @Test("Pre-shared keys are found, and hidden ones named", arguments: samples)
  func preShared(_ text: String, _ expected: [String]) throws {
    let material = try read(text)
    let found = material.preSharedKeys.map { key -> String in
      let value =
        switch key.value {
        case .known(let secret): String(decoding: secret.exposed(), as: UTF8.self)
        case .masked: "masked"
        case .encrypted: "encrypted"
        }
      return "\(key.remote ?? "*")=\(value)"
    }
    #expect(found == expected)
    #expect(material.problems.isEmpty)
    #expect(material.preSharedKeys.allSatisfy { $0.origin.file == "keys" && $0.origin.line > 0 })
  }

  private static let manual = """
    crypto ipsec transform-set MANUAL esp-aes esp-sha-hmac
    crypto ipsec transform-set AHONLY ah-md5-hmac
    !
    crypto map VPN 8 ipsec-manual
     set peer 192.0.2.2
     set session-key inbound esp 1000 cipher \(aesKey) authenticator \(shaKey)
     set session-key outbound esp 1001 cipher \(aesKey) authenticator \(shaKey)
     set transform-set MANUAL
     match address 102
    crypto map VPN 9 ipsec-manual
     set peer 192.0.2.3
     set session-key inbound ah 300 \(aesKey)
     set transform-set AHONLY
    """
  private static let manualOfASA = """
    crypto ipsec transform-set MAN esp-aes-256 esp-sha-hmac
    crypto map outside 5 ipsec-manual
    crypto map outside 5 match address acl
    crypto map outside 5 set peer 192.0.2.2
    crypto map outside 5 set transform-set MAN
    crypto map outside 5 set session-key inbound esp 256 cipher \(longKey) authenticator \(shaKey)
    crypto map outside 6 set peer 192.0.2.9
    """

  @Test(
    "Session keys of manual entries open their SAs",
    arguments: [
      (
        manual,
        [
          "esp 000003e8 192.0.2.2 any aes-cbc \(aesKey) hmac-sha1-96 \(shaKey)",
          "esp 000003e9 any 192.0.2.2 aes-cbc \(aesKey) hmac-sha1-96 \(shaKey)",
          "ah 0000012c 192.0.2.3 any -  hmac-md5-96 \(aesKey)",
        ]
      ),
      (
        manualOfASA,
        ["esp 00000100 192.0.2.2 any aes-cbc \(longKey) hmac-sha1-96 \(shaKey)"]
      ),
    ])
  func sessionKeys(_ text: String, _ expected: [String]) throws {
    let material = try read(text)
    #expect(material.problems.isEmpty, "\(material.problems)")
    let found = material.childSAs.map { keys in
      [
        keys.protocol.rawValue, keys.spi.description.replacing("0x", with: ""),
        keys.source?.description ?? "any", keys.destination?.description ?? "any",
        keys.encryption ?? "-", hexadecimal(keys.encryptionKey.exposed()),
        keys.integrity ?? "-", hexadecimal(keys.integrityKey.exposed()),
      ].joined(separator: " ")
    }
    #expect(found == expected)
  }

  @Test("A masked session key is a problem that names its line")
  func masked() throws {
    let text = """
      crypto ipsec transform-set T esp-aes esp-sha-hmac
      crypto map M 1 ipsec-manual
       set peer 192.0.2.2
       set session-key inbound esp 300 cipher ***** authenticator *****
       set transform-set T
      """
    let material = try read(text)
    #expect(material.childSAs.isEmpty)
    #expect(material.problems.first?.origin.line == 4)
  }

  @Test(
    "What is no configuration, or has no key, gives nothing",
    arguments: ["hello\n", "hostname r\ninterface Gi0\n ip address 10.0.0.1 255.0.0.0\n", ""])
  func nothing(_ text: String) {
    #expect(KeyMaterial(configuration: Array(text.utf8), path: "keys") == nil)
  }
}
