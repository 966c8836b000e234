import CiscoConfig
import Foundation
import TestSupport
import Testing

/// Whatever the bytes, the answer comes, soon, without a trap.
@Suite("Hostile text")
struct HostileTextTests {
  static let samples = [
    PastedTextTests.plain, ResolutionTests.text,
    """
    version 15.4
    banner motd ^C hello ^C
    crypto isakmp policy 10
     encr aes 256
     authentication pre-share
     group 14
    crypto isakmp key 7 02050D480809 address 192.0.2.1 255.255.255.0
    crypto ikev2 keyring K
     peer A
      address 2001:db8::/32
      pre-shared-key local x
    crypto ikev2 profile F
     match identity remote address 192.0.2.2 255.255.255.255
     authentication remote rsa-sig
    crypto map m 10 ipsec-manual
     set session-key inbound esp 300 cipher 00112233 authenticator 44
     match address 101
    interface Tunnel0
     ip address 10.0.0.1 255.255.255.252
     tunnel protection ipsec profile P
    ip nat inside source static tcp 10.0.0.1 80 interface Tunnel0 80
    access-list 101 permit tcp 10.0.0.0 0.255.0.255 range 1 65535 any eq www established log
    route-map R permit 10
     match ip address 101
    crypto ca certificate map X 10
     subject-name attr ou eq "a b"
    tunnel-group 192.0.2.1 ipsec-attributes
     ikev2 remote-authentication pre-shared-key y
    nat (inside,outside) source static A B destination static C D service E F
    """,
  ]

  private func read(_ bytes: [UInt8]) {
    guard let configuration = try? CryptoConfiguration(parsing: bytes, path: "x") else { return }
    for list in configuration.accessLists {
      for entry in list.entries { _ = configuration.selectors(of: entry, limit: 100) }
    }
    #expect(configuration.lineCount <= bytes.count + 1)
  }

  @Test("Every beginning of a configuration is read", arguments: samples)
  func prefixes(_ sample: String) {
    let bytes = Array(sample.utf8)
    for length in 0...bytes.count { read(Array(bytes[..<length])) }
  }

  @Test("Every ending of a configuration is read", arguments: samples)
  func suffixes(_ sample: String) {
    let bytes = Array(sample.utf8)
    for start in stride(from: 0, to: bytes.count, by: 3) { read(Array(bytes[start...])) }
  }

  @Test("Mutated configurations are read", arguments: 0..<samples.count)
  func mutations(_ number: Int) {
    var random = Seeded(state: UInt64(number) + 1)
    let sample = Array(Self.samples[number].utf8)
    for _ in 0..<400 {
      var bytes = sample
      for _ in 0...(random.next() % 8) {
        Self.mutate(&bytes, &random)
      }
      read(bytes)
    }
  }

  /// Changes, drops, doubles or moves bytes, words or lines.
  private static func mutate(_ bytes: inout [UInt8], _ random: inout Seeded) {
    guard !bytes.isEmpty else { return }
    let at = Int(random.next() % UInt64(bytes.count))
    switch random.next() % 7 {
    case 0: bytes[at] = UInt8(truncatingIfNeeded: random.next())
    case 1: bytes.remove(at: at)
    case 2: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: at)
    case 3: bytes[at] = UInt8(ascii: "9")
    case 4: bytes[at] = [8, 9, 10, 13, 27, 32][Int(random.next() % 6)]
    case 5:
      let end = min(bytes.count, at + Int(random.next() % 40))
      bytes.insert(contentsOf: bytes[at..<end], at: Int(random.next() % UInt64(bytes.count)))
    default:
      bytes.removeSubrange(at..<min(bytes.count, at + Int(random.next() % 40)))
    }
  }

  @Test("Random bytes behind a command are read")
  func randomTails() {
    var random = Seeded(state: 99)
    let verbs = [
      "crypto map ", "access-list ", "nat (", "crypto isakmp key ", "object-group ", "\u{1b}[",
      "tunnel-group ", "ip nat inside source ", "crypto ipsec transform-set ", "static (",
    ]
    for round in 0..<2000 {
      let tail = (0..<(random.next() % 60)).map { _ in UInt8(truncatingIfNeeded: random.next()) | 32
      }
      read(Array(verbs[round % verbs.count].utf8) + tail)
    }
  }

  @Test("Very long lines, words and lists of words are read")
  func longLines() {
    let long = String(repeating: "a", count: 300_000)
    let words = String(repeating: "esp-aes ", count: 60_000)
    read(Array("crypto map \(long) 10 set peer \(long)\n".utf8))
    read(Array("crypto ipsec transform-set T \(words)\n".utf8))
    read(Array("crypto map m 10 set transform-set \(words)\n".utf8))
    read(Array(String(repeating: "\"", count: 200_000).utf8))
    read(Array(("crypto map m 1 " + String(repeating: "<", count: 200_000)).utf8))
    read(Array("access-list 1 permit 99999999999999999999999999.1.1.1 255.255.255.0\n".utf8))
  }

  @Test("A group that multiplies itself stays small")
  func multipliedGroups() throws {
    var text = ""
    for level in 0..<40 {
      text +=
        "object-group network G\(level)\n group-object G\(level + 1)\n group-object G\(level + 1)\n"
    }
    text += "object-group network G40\n network-object host 10.0.0.1\n group-object G0\n"
    text += "access-list C extended permit ip object-group G0 object-group G0\n"
    let configuration = try configuration(text, .asa)
    let entry = try #require(configuration.accessLists["C"]?.entries.first)
    #expect(configuration.selectors(of: entry).elements.count == 1)
  }

  @Test("Numbers at the edges of their types are refused or kept")
  func edges() throws {
    let configuration = try configuration(
      """
      crypto map m 99999999999999999999 set pfs
      crypto map m 4294967296 set pfs
      crypto map m 1 set pfs group99999999999999999999
      crypto map m 1 set session-key inbound esp 4294967296 cipher 00
      crypto isakmp policy 18446744073709551616
      ip route 0.0.0.0 0.0.0.0 999.1.1.1
      access-list 1 permit 10.0.0.0 0.0.0.999
      crypto ipsec security-association lifetime days 999999999999
      """, .ios)
    #expect(configuration.notUnderstood.count >= 5)
    #expect(configuration.cryptoMaps["m"]?.entries.allSatisfy { $0.pfs == nil } != false)
  }

  @Test(
    "The hazards of public configurations are met",
    .enabled(if: SharedMaterial.folder("policy/configs") != nil))
  func hazards() throws {
    let root = try #require(SharedMaterial.folder("policy/configs"))
    let table = try String(contentsOf: root.appending(path: "HAZARDS.tsv"), encoding: .utf8)
    var rows = 0
    for row in table.split(separator: "\n").dropFirst() {
      let columns = row.split(separator: "\t")
      let file = root.appending(path: String(columns[0]))
      guard let data = try? Data(contentsOf: file) else { continue }
      rows += 1
      let configuration = try CryptoConfiguration(parsing: [UInt8](data), path: String(columns[0]))
      let told =
        configuration.notes.contains { $0.kind == .placeholder }
        || !configuration.notUnderstood.isEmpty
      for hazard in columns[1].split(separator: ",") {
        switch hazard {
        case "placeholder":
          // Where the placeholder stands in a comment or description there is nothing to tell.
          #expect(told || Self.isHarmless(configuration), "\(columns[0])")
        case "certificate":
          #expect(configuration.notUnderstood.isEmpty, "\(columns[0])")
        case "banner":
          #expect(configuration.hostname != nil || !configuration.cryptoMaps.isEmpty)
        default:
          #expect(configuration.lineCount > 0)
        }
      }
    }
    print("hazards: \(rows) files")
    #expect(rows > 20)
  }

  private static func isHarmless(_ configuration: CryptoConfiguration) -> Bool {
    let names =
      configuration.cryptoMaps.map(\.name) + configuration.ipsecProfiles.map(\.name)
      + configuration.transformSets.map(\.name)
    return names.allSatisfy { !$0.hasPrefix("<") }
  }
}

@Suite("Texts of many lines")
struct ManyLinesTests {
  @Test("Far more lines than are listed are counted, and reading ends where it is hopeless")
  func hopeless() throws {
    let some = try configuration(String(repeating: "crypto\n", count: 150_000), .ios)
    #expect(some.notUnderstood.count == 100_000)
    #expect(some.unlistedCount == 50_000)
    #expect(some.notes.last?.kind == .unlisted)
    let many = String(repeating: "crypto\n", count: 700_000) + "crypto map m 1 ipsec-isakmp\n"
    let cut = try configuration(many, .ios)
    #expect(cut.lineCount == 700_001)
    #expect(cut.cryptoMaps.isEmpty)
    // The last line that was read is held back until the next one shows that it is not cut in two.
    #expect(cut.notes.last?.line.number == 600_002)
    #expect(cut.notes.last?.message.contains("nothing was read") == true)
  }
}
