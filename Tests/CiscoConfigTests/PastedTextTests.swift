import Bytes
import CiscoConfig
import Testing

@Suite("Configurations as people have them")
struct PastedTextTests {
  static let plain = """
    access-list 101 extended permit ip 10.0.0.0 255.255.255.0 10.1.1.0 255.255.255.0
    crypto ipsec ikev1 transform-set T esp-3des esp-sha-hmac
    crypto map m 1 match address 101
    crypto map m 1 set peer 192.0.2.2
    crypto map m 1 set ikev1 transform-set T
    crypto map m interface outside
    """

  /// True when a text says what `plain` says.
  private func saysTheSame(_ text: [UInt8]) throws {
    let configuration = try CryptoConfiguration(parsing: text, path: "x", dialect: .asa)
    #expect(configuration.notUnderstood.isEmpty, "\(configuration.notUnderstood)")
    #expect(configuration.accessLists["101"]?.entries.count == 1)
    let entry = try #require(configuration.cryptoMaps["m"]?.entry(1))
    #expect(entry.accessList?.value == "101")
    #expect(entry.peers.map(\.value.description) == ["192.0.2.2"])
    #expect(entry.transformSets?.value == ["T"])
    #expect(configuration.cryptoMaps["m"]?.interfaces.map(\.value) == ["outside"])
    #expect(
      configuration.transformSets["T"]?.transforms.map(\.name) == ["esp-3des", "esp-sha-hmac"])
  }

  @Test(
    "Line ends, marks, tabs, prompts and pager marks change nothing (X-PARSE-01, 02, 03, 08)",
    arguments: [
      "as it is": { $0 }, "CRLF": { $0.replacing("\n", with: "\r\n") },
      "CR": { $0.replacing("\n", with: "\r") }, "byte order mark": { "\u{feff}" + $0 },
      "tabs": { $0.replacing(" ", with: "\t") },
      "indented": { "   " + $0.replacing("\n", with: "\n   ") },
      "prompts": { "fw01(config)# " + $0.replacing("\n", with: "\nfw01(config)# ") },
      "prompts without a blank": { "fw01/ctx1#" + $0.replacing("\n", with: "\nfw01/ctx1#") },
      "more": { $0.replacing("\n", with: "\n<--- More --->\r              \r") },
      "more with backspaces": {
        $0.replacing(
          "\n", with: "\n --More-- \u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}        ")
      },
      "colours": { $0.replacing("crypto", with: "\u{1b}[1;31mcrypto\u{1b}[0m") },
      "saved": {
        ": Saved\n:\n: Serial Number: 123\n!\nASA Version 9.1(7) \n!\n" + $0 + "\n: end\n"
      },
      "comments": { $0.replacing("\n", with: " !note\n!\n") },
      "blank lines": { $0.replacing("\n", with: "\n\n  \n") },
      "upper case": { $0.replacing("crypto", with: "CRYPTO").replacing("set ", with: "Set ") },
      "abbreviations": {
        $0.replacing("crypto", with: "cry").replacing("match address", with: "mat add")
          .replacing("access-list", with: "access-l")
      },
      "backslashes": { $0.replacing("\n", with: "\\\n") },
    ] as [String: @Sendable (String) -> String])
  func decoration(_ name: String, _ change: @Sendable (String) -> String) throws {
    try saysTheSame(Array(change(Self.plain).utf8))
  }

  @Test("UTF-16 text of either byte order is read")
  func utf16() throws {
    let units = Array("\u{feff}\(Self.plain)".utf16)
    try saysTheSame(units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] })
    try saysTheSame(units.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] })
  }

  @Test("An abbreviation is flagged (X-PARSE-04)")
  func abbreviation() throws {
    let configuration = try configuration(
      "int gi0/0\n ip add 10.0.0.1 255.255.255.0\n cry map M\ncry isa pol 10\n encr aes 256\n auth pre\n"
        + " has md5\n gr 5\n", .ios)
    #expect(configuration.notUnderstood.isEmpty, "\(configuration.notUnderstood)")
    #expect(configuration.interfaces["gi0/0"]?.cryptoMap?.value == "M")
    let policy = try #require(configuration.ikev1Policies.first)
    #expect(policy.values(for: .ios).authentication == "pre-share")
    #expect(policy.encryption?.value == Algorithm("aes-256"))
    #expect(policy.hash?.value == Algorithm("md5"))
    #expect(policy.group?.value == 5)
    #expect(configuration.notes.contains { $0.kind == .abbreviation && $0.line.number == 4 })
  }

  @Test("Banners and certificates may hold anything (X-PARSE-07)")
  func rawText() throws {
    let configuration = try configuration(
      """
      banner motd ^C
      crypto map evil 10 ipsec-isakmp
      access-list 101 permit ip any any
      ^C
      banner exec # one line #
      banner login ~
      interface Bogus0
      text ~
      crypto pki certificate chain TP
       certificate self-signed 01
        30820229 30820192 A0030201 02020101 300D0609 2A864886 F70D0101 05050030
        deadbeef
        \tquit
      crypto isakmp policy 10
       group 2
      hostname after
      """, .ios)
    #expect(configuration.cryptoMaps.isEmpty)
    #expect(configuration.accessLists.isEmpty)
    #expect(configuration.interfaces.isEmpty)
    #expect(configuration.ikev1Policies.map(\.priority) == [10])
    #expect(configuration.hostname?.value == "after")
    #expect(configuration.notUnderstood.isEmpty, "\(configuration.notUnderstood)")
  }

  @Test("A banner of an ASA is one line each, whatever it begins with")
  func bannerOfASA() throws {
    let configuration = try configuration(
      "banner motd *****\nbanner motd # all rights\nbanner motd\n" + Self.plain, .asa)
    #expect(configuration.cryptoMaps.count == 1)
  }

  @Test("A certificate without its end does not swallow the rest")
  func unfinishedCertificate() throws {
    let configuration = try configuration(
      "crypto ca certificate chain X\n certificate 01\n  30820229 30820192\ncrypto map m 1 set pfs\n",
      .asa)
    #expect(configuration.cryptoMaps["m"]?.entry(1)?.pfs?.value.group == nil)
    #expect(configuration.cryptoMaps["m"]?.entry(1)?.pfs != nil)
  }

  @Test("A wrapped line is joined and told (M-21)")
  func wrappedLine() throws {
    let configuration = try configuration(
      """
      access-list 110 deny
                           ip 10.0.110.0 0.0.0.255 10.0.110.0 0.0.0.255
      access-list 110 permit ip 10.0.110.0 0.0.0.255 any
      """, .ios)
    let list = try #require(configuration.accessLists["110"])
    #expect(list.entries.map(\.line.number) == [1, 3])
    #expect(
      list.entries.first?.line.text
        == "access-list 110 deny ip 10.0.110.0 0.0.0.255 10.0.110.0 0.0.0.255")
    #expect(configuration.notes.map(\.kind) == [.wrappedLine])
    #expect(configuration.notes.map(\.line.number) == [1])
  }

  @Test("An incomplete line is not joined with a command (M-21)")
  func notJoined() throws {
    let configuration = try configuration(
      "crypto map m 10 ipsec-isakmp\n set peer\n match address 101\n", .ios)
    #expect(configuration.cryptoMaps["m"]?.entry(10)?.accessList?.value == "101")
    #expect(configuration.cryptoMaps["m"]?.entry(10)?.peers.isEmpty == true)
    #expect(configuration.notUnderstood.map(\.line.number) == [2])
  }

  @Test("Placeholders are told and do not stop the reading (X-PARSE-08)")
  func placeholders() throws {
    let configuration = try configuration(
      """
      crypto isakmp policy <n>
       lifetime <seconds>
       group <dh-group>
      crypto map <name> <seq> ipsec-isakmp
       set peer <peer-ip>
       set transform-set <xsl:value-of select="/Data/TS"/>
       match address "insert ACL here"
      """, .ios)
    #expect(configuration.notUnderstood.isEmpty, "\(configuration.notUnderstood)")
    #expect(Set(configuration.notes.map(\.kind)) == [.placeholder])
    #expect(configuration.notes.count >= 6)
    let entry = try #require(configuration.cryptoMaps["<name>"]?.entries.first)
    #expect(entry.peers.map(\.value.name) == [.hostname("<peer-ip>")])
    #expect(entry.transformSets?.value == ["<xsl:value-of select=\"/Data/TS\"/>"])
    #expect(entry.accessList?.value == "insert ACL here")
  }

  @Test("Flattened text finds its sub-modes by grammar (X-PARSE-03)")
  func flattened() throws {
    let indented = """
      crypto keyring K vrf V
       pre-shared-key address 192.0.2.2 key abc
      crypto isakmp profile P
       keyring K
       match identity address 192.0.2.2 255.255.255.255 V
       vrf inside
      crypto ipsec transform-set T esp-aes 256 esp-sha-hmac
       mode transport
      crypto map M 10 ipsec-isakmp
       set peer 192.0.2.2
       set transform-set T
       set isakmp-profile P
       match address A
      interface GigabitEthernet0/0
       description outside
       ip address 192.0.2.1 255.255.255.0
       ip nat outside
       duplex auto
       crypto map M
      interface Tunnel1
       tunnel source GigabitEthernet0/0
       tunnel mode ipsec ipv4
       tunnel protection ipsec profile X
      ip access-list extended A
       permit ip any host 10.0.0.1
       deny ip any any
      ip route 0.0.0.0 0.0.0.0 192.0.2.254
      """
    let flat = indented.split(separator: "\n")
      .map { String($0.drop { $0 == " " }) }.joined(separator: "\n")
    for text in [indented, flat] {
      let configuration = try configuration(text, .ios)
      #expect(configuration.notUnderstood.isEmpty, "\(configuration.notUnderstood)")
      #expect(configuration.keyrings["K"]?.keys.count == 1)
      let profile = try #require(configuration.isakmpProfiles["P"])
      #expect(profile.keyrings.map(\.value) == ["K"])
      #expect(profile.vrf?.value == "inside")
      #expect(profile.matches.map(\.value.vrf) == ["V"])
      #expect(configuration.transformSets["T"]?.mode?.value == .transport)
      let entry = try #require(configuration.cryptoMaps["M"]?.entry(10))
      #expect(entry.isakmpProfile?.value == "P")
      #expect(configuration.cryptoMap(onInterface: "gigabitethernet0/0")?.name == "M")
      #expect(configuration.interfaces["Tunnel1"]?.tunnel?.mode?.value == .ipsecIPv4)
      #expect(configuration.accessLists["A"]?.entries.count == 2)
      #expect(configuration.routes.count == 1)
    }
  }

  @Test("Several contexts in one file are read apart (X-PARSE-12)")
  func contexts() throws {
    let configuration = try configuration(
      """
      hostname fw
      changeto context red
      \(Self.plain)
      changeto context blue
      crypto map m 2 set peer 192.0.2.9
      """, .asa)
    #expect(configuration.contextName == "red")
    #expect(configuration.cryptoMaps["m"]?.entries.map(\.sequence) == [1])
    #expect(configuration.contexts.map(\.contextName) == [nil, "blue"])
    #expect(configuration.contexts.last?.cryptoMaps["m"]?.entries.map(\.sequence) == [2])
    #expect(configuration.contexts.last?.cryptoMaps["m"]?.line.number == 10)
  }

  @Test("A change of context behind a prompt is seen, and contexts have an end")
  func manyContexts() throws {
    let session = try configuration(
      "fw# changeto context red\nfw/red(config)# crypto map m 1 set pfs\n"
        + "fw/red# changeto context blue\nfw/blue(config)# crypto map m 2 set pfs\n", .asa)
    #expect(session.contextName == "red")
    #expect(session.contexts.map(\.contextName) == ["blue"])
    let text = (1...2000).map { "changeto context c\($0)\ncrypto map m \($0) set pfs\n" }
    let many = try configuration(text.joined(), .asa)
    #expect(many.contexts.count < 256)
    let entries = ([many] + many.contexts).flatMap { $0.cryptoMaps.flatMap(\.entries) }
    #expect(entries.count == 2000)
  }

  @Test("Two devices in one file are read apart")
  func devices() throws {
    let one = "version 15.4\nhostname r1\ncrypto map m 1 ipsec-isakmp\nend\n"
    let configuration = try configuration(one + one.replacing("r1", with: "r2"), .ios)
    #expect(configuration.hostname?.value == "r1")
    #expect(configuration.contexts.map { $0.hostname?.value } == ["r2"])
  }

  @Test(
    "The dialect is recognised (X-PARSE-11)",
    arguments: [
      ("ASA Version 9.1(7)\nhostname fw\n", .asa), ("version 15.4\nhostname r\n", .ios),
      ("access-list 101 permit ip 10.0.0.0 0.0.0.255 any\n", .ios),
      ("access-list 101 permit ip 10.0.0.0 255.255.255.0 any\n", .asa),
      ("crypto map m 10 ipsec-isakmp\n set peer 1.2.3.4\n", .ios),
      ("crypto map m 10 set peer 1.2.3.4\n", .asa), ("crypto keyring K\n", .ios),
      ("tunnel-group 1.2.3.4 type ipsec-l2l\n", .asa),
      ("isakmp policy 1 hash md5\n", .asa),
      ("crypto ipsec transform-set T esp-aes 256 esp-sha-hmac\n", .ios),
    ] as [(String, Dialect)])
  func dialects(_ text: String, _ dialect: Dialect) throws {
    #expect(try configuration(text).dialect == dialect)
    #expect(try configuration(text, .ios).dialect == .ios)
  }

  @Test("The release is read")
  func versions() throws {
    let asa = try configuration("ASA Version 9.1(7)16 \n!\nhostname a\n").version
    #expect(asa?.description == "9.1(7)16")
    #expect(asa?.isAtLeast(9, 1) == true)
    #expect(asa?.isAtLeast(9, 2) == false)
    #expect(try configuration("version 15.4\nhostname r\n").version?.major == 15)
    #expect(
      try configuration("PIX Version 6.3(5)\nnameif ethernet0 outside security0\n").version?.major
        == 6)
  }
}
