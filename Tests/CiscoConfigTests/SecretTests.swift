import CiscoConfig
import Foundation
import TestSupport
import Testing

@Suite("Secrets stay inside")
struct SecretTests {
  static let lines: [(String, String)] = [
    ("crypto isakmp key HUSH address 192.0.2.1", "crypto isakmp key ***** address 192.0.2.1"),
    ("crypto isakmp key 6 HUSH address 192.0.2.1", "crypto isakmp key 6 ***** address 192.0.2.1"),
    ("crypto isakmp key 0 HUSH hostname x", "crypto isakmp key 0 ***** hostname x"),
    (
      "isakmp key HUSH address 192.0.2.1 netmask 255.255.255.255",
      "isakmp key ***** address 192.0.2.1 netmask 255.255.255.255"
    ),
    (
      "tunnel-group 192.0.2.1 ipsec-attributes\n ikev1 pre-shared-key HUSH",
      "ikev1 pre-shared-key *****"
    ),
    ("tunnel-group 192.0.2.1 ipsec-attributes\n pre-shared-key HUSH HUSH", "pre-shared-key *****"),
    (
      "tunnel-group 192.0.2.1 ipsec-attributes\n ikev2 local-authentication pre-shared-key HUSH",
      "ikev2 local-authentication pre-shared-key *****"
    ),
    (
      "crypto keyring K\n pre-shared-key address 192.0.2.1 key 7 HUSH",
      "pre-shared-key address 192.0.2.1 key 7 *****"
    ),
    ("crypto ikev2 keyring K\n peer P\n  pre-shared-key local HUSH", "pre-shared-key local *****"),
    ("crypto ikev2 keyring K\n peer P\n  pre-shared-key 6 HUSH", "pre-shared-key 6 *****"),
    (
      "crypto ikev2 profile P\n authentication remote pre-share key HUSH",
      "authentication remote pre-share key *****"
    ),
    ("crypto isakmp key !HUSH address 192.0.2.1", "crypto isakmp key *****"),
    ("crypto isakmp key HUSH", "crypto isakmp key *****"),
    (
      "crypto map m 10 ipsec-manual\n set session-key inbound ah 300 00HUSH",
      "set session-key inbound ah 300 *****"
    ),
    ("crypto isakmp client configuration group G\n key HUSH", ""),
    ("username u password 0 HUSH", ""), ("enable secret 5 HUSH", ""),
    ("snmp-server community HUSH RO", ""),
    ("crypto isakmp bogus password HUSH", "crypto isakmp bogus password *****"),
  ]

  @Test("No description, dump or list shows a key", arguments: lines)
  func hidden(_ text: String, _ shown: String) throws {
    let configuration = try configuration("hostname r\n" + text)
    var dumped = ""
    dump(configuration, to: &dumped)
    #expect(!dumped.contains("HUSH"))
    #expect(!"\(configuration)".contains("HUSH"))
    #expect(!String(reflecting: configuration).contains("HUSH"))
    if !shown.isEmpty { #expect("\(configuration)".contains("\"\(shown)\""), "\(configuration)") }
  }

  @Test("A secret tells how it was written, not what it is")
  func description() {
    let secret = Secret(form: .clear, bytes: Array("abc".utf8))
    #expect("\(secret)" == "(clear key)")
    #expect(secret.isKnown)
    #expect(secret.revealed() == Array("abc".utf8))
    #expect(Secret(form: .masked, bytes: nil).revealed() == nil)
  }

  @Test(
    "Keys that the file hides are known as such (X-KEY-01)",
    arguments: [
      ("*****", Secret.Form.masked), ("********", .masked), ("<removed>", .masked),
      ("6 AQBZ_Y", .encrypted), ("7 02050D480809", .obfuscated), ("<psk>", .placeholder),
      ("${sharedSecret1}", .placeholder), ("0 clear", .clear), ("clear", .clear),
    ])
  func forms(_ text: String, _ form: Secret.Form) throws {
    let configuration = try configuration(
      "crypto isakmp key \(text) address 192.0.2.1", .ios)
    #expect(configuration.isakmpKeys.map(\.key.form) == [form])
    let isKnown = form == .clear || form == .obfuscated
    #expect(configuration.isakmpKeys.first?.key.isKnown == isKnown)
  }

  @Test("Type 7 is an obfuscation and is decoded")
  func type7() throws {
    func key(_ text: String) throws -> Secret? {
      try configuration("crypto isakmp key 7 \(text) address 192.0.2.1", .ios).isakmpKeys.first?.key
    }
    #expect(try key("02050D480809")?.revealed() == Array("cisco".utf8))
    #expect(try key("094F471A1A0A")?.revealed() == Array("cisco".utf8))
    #expect(try key("0205zz")?.revealed() == nil)
    #expect(try key("99FF")?.revealed() != nil)
  }

  @Test(
    "Keys of public configurations are masked in every list",
    .enabled(if: SharedMaterial.folder("policy/configs") != nil))
  func publicKeys() throws {
    var keys = 0
    for file in PublicConfigurationTests.files(PublicConfigurationTests.configurations) {
      let bytes = [UInt8](try Data(contentsOf: file))
      guard let configuration = try? CryptoConfiguration(parsing: bytes, path: "x") else {
        continue
      }
      let lines = configuration.keyLines
      for (secret, line) in lines {
        keys += 1
        guard let bytes = secret.revealed(), bytes.count > 4 else { continue }
        #expect(!line.text.contains(String(decoding: bytes, as: UTF8.self)), "\(file.path) \(line)")
      }
    }
    #expect(keys > 50)
  }
}

extension CryptoConfiguration {
  /// Every key with the line it stands on.
  fileprivate var keyLines: [(Secret, SourceLine)] {
    isakmpKeys.map { ($0.key, $0.line) } + keyrings.flatMap(\.keys).map { ($0.key, $0.line) }
      + ikev2Keyrings.flatMap(\.peers).flatMap { [$0.localKey, $0.remoteKey].compactMap(\.self) }
      .map { ($0.value, $0.line) }
      + tunnelGroups.compactMap(\.ikev1Key).map { ($0.value, $0.line) }
  }
}
