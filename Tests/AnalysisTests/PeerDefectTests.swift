import Foundation
import Keys
import TestSupport
import Testing
import Timeline

private let folder = SharedMaterial.folder("captures/peer-defects")

/// Small captures that the usual dissector gets wrong.
@Suite(
  "Where other tools go wrong",
  .enabled(if: folder != nil, "the captures are not beside the checkout"))
struct PeerDefectTests {
  private func analysed(_ name: String, keys: String? = nil) throws -> Analysed {
    let folder = try #require(folder)
    let material = keys.map { KeyFileReader.read(Array($0.utf8), file: "keys") } ?? KeyMaterial()
    return try Analysed([folder.appending(path: "\(name).pcap").path], keys: material)
  }

  private func messages(_ got: Analysed) -> [EventRecord] {
    got.events.filter { $0.kind == .message }
  }

  @Test("an exchange in which everything comes twice is opened whole; nothing is malformed")
  func repeated() throws {
    let got = try analysed(
      "ikev1-retrans",
      keys: "fafaeb49382a763c,735be0cb62f82675c4f7bf8fbab9b56834ba76d6ab4fa240\n")
    let messages = messages(got)
    #expect(messages.count == 20)
    #expect(messages.filter { $0.malformed != nil } == [])
    #expect(messages.filter { $0.summary.contains("…") } == [])
    #expect(messages.filter { $0.retransmitOf == nil }.count == 9)
    #expect(got.counts.malformed == 0)
    let tunnel = try #require(got.timeline.tunnels.first)
    #expect(tunnel.retransmissions == 11)
    #expect(tunnel.childSAs.count == 1)
  }

  @Test(
    "IKEv1 fragments find together in any order, interleaved and repeated",
    arguments: [
      ("v1frag-clean", 1, 0), ("v1frag-reorder", 1, 0), ("v1frag-interleaved", 2, 0),
      ("v1frag-retrans", 2, 1),
    ])
  func fragmentsV1(name: String, whole: Int, copies: Int) throws {
    let got = try analysed(name)
    let messages = messages(got)
    #expect(messages.map(\.summary) == Array(repeating: "MM3 [ KE NONCE ]", count: whole))
    #expect(messages.filter { $0.retransmitOf != nil }.count == copies)
    #expect(got.counts.malformed == 0)
    #expect(got.counts.ike == got.timeline.captures.first?.frames)
  }

  @Test(
    "IKEv2 fragments find together in any order and repeated",
    arguments: [
      ("v2frag-clean", 1), ("v2frag-reorder", 1), ("v2frag-lastfirst", 1), ("v2frag-retrans", 2),
    ])
  func fragmentsV2(name: String, whole: Int) throws {
    // The row of Wireshark's own table for these SPIs: no encryption, no integrity.
    let got = try analysed(
      name,
      keys: """
        1234567890123456,0987654321098765,,,"NULL [RFC2410]",,,"NONE [RFC4306]"

        """)
    let messages = messages(got)
    #expect(messages.count == whole)
    #expect(messages.allSatisfy { $0.summary.hasPrefix("IKE_AUTH request 1 [ SKF×3") })
    #expect(got.counts.malformed == 0)
    #expect(got.timeline.tunnels.first?.retransmissions == whole - 1)
  }

  @Test("one SPI towards two hosts is two flows; one reorder, one duplicate, one jump")
  func sequences() throws {
    let got = try analysed("seq")
    let flows = got.childSAs.flatMap { [$0.traffic.toInitiator, $0.traffic.toResponder] }
      .compactMap { $0 }.sorted { $0.packets < $1.packets }
    #expect(flows.map(\.packets) == [2, 8])
    #expect(flows.map(\.reordered) == [0, 1])
    #expect(flows.map(\.duplicates) == [0, 1])
    #expect(flows.map(\.outsideReplayWindow) == [0, 0])
    let jumps = got.events.filter { $0.kind == .gap && !$0.summary.hasPrefix("1 ") }
    #expect(jumps.map(\.frame) == [9])
  }

  @Test("a refusal in clear is told, in either version; unknown numbers have names")
  func refusals() throws {
    let got = try analysed("misc")
    #expect(
      messages(got).map(\.summary) == [
        "INFO [ N(NO-PROPOSAL-CHOSEN) ]",
        "IKE_SA_INIT response 0 [ N(NO_PROPOSAL_CHOSEN) ]",
        "IKE_INTERMEDIATE request 1 [ SK { … } ]", "IKE_SA_INIT request 0 [ SA ]",
      ])
    let offered = try #require(got.timeline.tunnels.last?.ikeSA.offered.first)
    #expect(offered.transforms.map(\.name).contains("ml-kem-768"))
  }

  @Test("packets with extended sequence numbers stay unopened without their keys, and are counted")
  func extendedNumbers() throws {
    let got = try analysed("esn")
    let traffic = try #require(got.traffic(spi: "11223344"))
    #expect(traffic.packets == 10)
    #expect(traffic.decrypted == 0)
    #expect(got.timeline.flows.isEmpty)
  }

  @Test("packets with extended sequence numbers verify, whichever high half they were made with")
  func extendedNumbersOpened() throws {
    let got = try analysed(
      "esn",
      keys: """
        "IPv4","*","*","0x11223344","AES-GCM with 16 octet ICV [RFC4106]","0x000102030405060708090a0b0c0d0e0f01020304","NULL",""

        """)
    let traffic = try #require(got.traffic(spi: "11223344"))
    #expect(traffic.integrityGood == 10)
    #expect(traffic.decrypted == 10)
    // The low halves come twice, under two high halves: nothing is repeated, and nothing is reused.
    #expect(traffic.duplicates == 0 && traffic.reordered == 0 && traffic.lost == 0)
    #expect(got.timeline.findings.filter { $0.severity != "info" }.map(\.cause) == [])
    #expect(got.timeline.flows.map(\.packets) == [10])
  }
}
