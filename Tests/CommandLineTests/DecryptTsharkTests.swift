import Foundation
import TestSupport
import Testing

/// tshark reads what `decrypt` writes, and opens with what `keys` writes.
@Suite(
  "Wireshark agrees",
  .enabled(if: OtherTool.hasTshark, "needs tshark"),
  .enabled(if: SharedMaterial.folder("captures/lab") != nil, "needs the laboratory's captures"))
struct DecryptTsharkTests {
  private func lab(_ name: String) -> String {
    SharedMaterial.folder("captures/lab")?.appending(path: name).path ?? name
  }

  private func analyzed(_ name: String) throws -> Answer {
    try Answer(
      Program.run([
        "analyze", lab("\(name).pcap"), "--keys", lab("\(name).keys.json"), "--format", "json",
      ]).output)
  }

  /// Lines that tshark prints, a row of fields each.
  private func rows(
    _ capture: String, _ fields: [String], options: String = "", profile: String = "/nonexistent"
  ) throws -> [[String]] {
    let named = fields.map { "-e \($0)" }.joined(separator: " ")
    let outcome = try Program.shell(
      "WIRESHARK_CONFIG_DIR='\(profile)' tshark -n -r '\(capture)' -T fields -E occurrence=f "
        + "-E separator=, \(options) \(named)")
    return outcome.text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  static let names = [
    "ah-sha1-ikev1", "esp-3des-sha1-ikev1", "esp-aes128-sha1-esn-ikev2", "esp-aes256gcm16-ikev2",
    "esp-chacha20poly1305-ikev2", "esp-null-sha1-ikev2", "espudp-aes256-sha256-interop",
    "ikev1-main-psk-pfs-ok", "ikev1-transport-ok", "ikev1-xauth-ok", "ikev2-ipv6-ok",
    "ikev2-rekey-phase1",
  ]

  @Test(
    "the inner packets of a decrypted capture have our five-tuples and counts", arguments: names)
  func fiveTuples(name: String) throws {
    try inTemporaryFolder { folder in
      let clear = folder.appending(path: "clear.pcap").path
      let outcome = try Program.run([
        "decrypt", lab("\(name).pcap"), "--keys", lab("\(name).keys.json"), "--format", "pcap",
        "--output", clear,
      ])
      #expect(outcome.status == 0)
      var theirs: [[String]: Int] = [:]
      let fields = [
        "ip.src", "ip.dst", "ipv6.src", "ipv6.dst", "tcp.srcport", "tcp.dstport", "udp.srcport",
        "udp.dstport", "_ws.malformed",
      ]
      for row in try rows(clear, fields) where row.count == fields.count {
        #expect(row[8].isEmpty, "malformed to tshark")
        let ports = (row[4] + row[6], row[5] + row[7])
        theirs[[row[0] + row[2], row[1] + row[3], ports.0, ports.1], default: 0] += 1
      }
      var ours: [[String]: Int] = [:]
      for flow in try analyzed(name).flows where flow["seen"] as? String != "clear" {
        func text(_ key: String) -> String { flow[key].map { "\($0)" } ?? "" }
        let hasPorts = ["tcp", "udp"].contains(text("protocol"))
        let ports = hasPorts ? [text("sourcePort"), text("destinationPort")] : ["", ""]
        ours[[text("source"), text("destination")] + ports, default: 0] +=
          flow["packets"] as? Int ?? 0
      }
      #expect(!ours.isEmpty)
      #expect(theirs == ours)
    }
  }

  @Test(
    "checksums of rebuilt IP headers are right, and times are those of the carriers",
    arguments: ["ikev1-transport-ok", "espudp-aes256-sha256-interop"])
  func headers(name: String) throws {
    try inTemporaryFolder { folder in
      let clear = folder.appending(path: "clear.pcapng").path
      _ = try Program.run([
        "decrypt", lab("\(name).pcap"), "--keys", lab("\(name).keys.json"), "--output", clear,
      ])
      let written = try rows(
        clear, ["ip.checksum.status", "frame.time_epoch", "frame.comment"],
        options: "-o ip.check_checksum:TRUE")
      #expect(written.count > 20)
      #expect(written.allSatisfy { $0.first == "1" })
      let times = try Set(rows(lab("\(name).pcap"), ["frame.time_epoch"]).compactMap(\.first))
      #expect(written.allSatisfy { times.contains($0[1]) })
      #expect(written.allSatisfy { $0[2].hasPrefix("t1") })
    }
  }

  @Test("opened IKE messages are dissected: identities, proof and selectors of IKEv2")
  func ikev2() throws {
    try inTemporaryFolder { folder in
      let clear = folder.appending(path: "clear.pcapng").path
      let name = "ikev2-ipv6-ok"
      _ = try Program.run([
        "decrypt", lab("\(name).pcap"), "--keys", lab("\(name).keys.json"), "--output", clear,
      ])
      let messages = try rows(
        clear,
        [
          "isakmp.exchangetype", "isakmp.auth.data", "isakmp.id.type", "isakmp.ts.type",
          "_ws.malformed",
        ],
        options: "-Y isakmp")
      let proofs = messages.filter { $0[0] == "35" && !$0[1].isEmpty }
      #expect(proofs.count == 2)
      #expect(proofs.allSatisfy { !$0[2].isEmpty && !$0[3].isEmpty })
      #expect(messages.allSatisfy { $0[4].isEmpty })
    }
  }

  @Test("opened IKE messages are dissected: hashes and identities of IKEv1")
  func ikev1() throws {
    try inTemporaryFolder { folder in
      let clear = folder.appending(path: "clear.pcapng").path
      let name = "ikev1-main-psk-pfs-ok"
      _ = try Program.run([
        "decrypt", lab("\(name).pcap"), "--keys", lab("\(name).keys.json"), "--output", clear,
      ])
      let messages = try rows(
        clear, ["isakmp.exchangetype", "isakmp.hash", "isakmp.id.type", "isakmp.flag_e"],
        options: "-Y isakmp")
      #expect(messages.filter { $0[0] == "2" && !$0[1].isEmpty && !$0[2].isEmpty }.count == 2)
      #expect(messages.filter { $0[0] == "32" && !$0[1].isEmpty }.count >= 3)
      #expect(messages.allSatisfy { $0[3] == "0" })
    }
  }

  @Test(
    "with our tables tshark opens the packets and messages that we open",
    arguments: [
      "esp-3des-sha1-ikev1", "esp-aes256gcm16-ikev2", "esp-aes192-sha1-ikev2",
      "espudp-aes256-sha256-interop", "ikev2-ipv6-ok", "ikev2-rekey-phase1", "ikev1-rekey-phase2",
    ])
  func tables(name: String) throws {
    try inTemporaryFolder { folder in
      // Nothing but the IKE SA's secrets is given: every child key in the tables is derived.
      let keys = folder.appending(path: "ike.json")
      let given = try JSONSerialization.jsonObject(
        with: Data(contentsOf: URL(filePath: lab("\(name).keys.json"))))
      var parts = try #require(given as? [String: Any])
      parts["child_sas"] = nil
      try JSONSerialization.data(withJSONObject: parts).write(to: keys)
      let outcome = try Program.run([
        "keys", keys.path, "--capture", lab("\(name).pcap"), "--to", "wireshark", "--show-keys",
        "--wireshark-folder", folder.path,
      ])
      #expect(outcome.status == 0)
      let opened = try rows(
        lab("\(name).pcap"), ["esp.icv_good"],
        options:
          "-o esp.enable_encryption_decode:TRUE -o esp.enable_authentication_check:TRUE -Y esp",
        profile: folder.path)
      let answer = try analyzed(name)
      #expect(opened.count { $0.first == "1" } == answer.sum("decrypted"))
      #expect(answer.sum("decrypted") > 10)
      let isV1 = answer.tunnels.contains { $0["ikeVersion"] as? Int == 1 }
      let messages = try rows(
        lab("\(name).pcap"), ["frame.number"],
        options: isV1 ? "-Y 'isakmp.flag_e==1 && isakmp.hash'" : "-Y isakmp.enc.decrypted",
        profile: folder.path)
      let clear = try Program.run([
        "decrypt", lab("\(name).pcap"), "--keys", keys.path, "--output", "/dev/null",
      ])
      #expect(clear.errors.contains("and \(messages.count) IKE messages"), "\(clear.errors)")
    }
  }
}
