import Foundation
import TestSupport
import Testing

/// Public captures whose owners published what must come out.
@Suite("Published plaintexts", .enabled(if: SharedMaterial.folder("corpus/captures") != nil))
struct DecryptCorpusTests {
  private func file(_ name: String) -> String {
    SharedMaterial.folder("corpus/captures")?.appending(path: name).path ?? name
  }

  private func decrypt(
    _ capture: String, _ keys: [String], _ format: String = "pcapng"
  ) throws -> Program.Outcome {
    try Program.run(
      ["decrypt", file(capture), "--format", format, "--output", "-"]
        + keys.flatMap { ["--keys", $0] })
  }

  @Test(
    "Wireshark's own tests: the field that must be there is",
    arguments: [
      ("ikev1-certs.pcap", "4f70656e5377616e"),
      ("ikev1-bug-12610.pcapng.gz", "b52521f774967402c9f6cee95fd17e5b"),
      (
        "ikev2-decrypt-3des-sha1_160.pcap",
        "02f7a0d5f1fdc8ea81039818c65bb9bd09af9b8917319b887ff9ba3046c344c7"
      ),
      (
        "ikev2-decrypt-aes128ccm12-2.pcap",
        "aaa281c87b4a19046c57271d557488ca413b57228cb951f5fa9640992a0285b9"
      ),
      (
        "ikev2-decrypt-aes192ctr.pcap",
        "3ec23dcf9348485638407c754547aeb3085290082c49f583fdbae59263a20b4a"
      ),
      (
        "ikev2-decrypt-aes256ccm16.pcapng",
        "fa2e74bdc01e30fb0b3ddc9723c9449095969da51f69e560209d2c2b7940210a"
      ),
      (
        "ikev2-decrypt-aes256gcm8.pcap",
        "4a66d822d0afbc22ad9a92a2cf4287c920ad8ac3b069a4a7e75fe0a5d499f914"
      ),
    ])
  func wireshark(capture: String, field: String) throws {
    let keys = ["ikev1_decryption_table", "ikev2_decryption_table"]
    let outcome = try decrypt(
      "wireshark/\(capture)", keys.map { file("wireshark/keys/\($0)") })
    #expect(outcome.status == 0)
    #expect(!outcome.errors.contains("left out"), "\(outcome.errors)")
    #expect(outcome.output.holds(Data(hex: field)))
    #expect(
      try !Data(contentsOf: URL(filePath: file("wireshark/\(capture)"))).holds(
        Data(hex: field)))
  }

  @Test("Wireshark's wiki: 24 SAs of IPv4 and IPv6, every packet opened, every check value good")
  func wikiCapture1() throws {
    let name = "wireshark-wiki/ipsec_esp_capture_1"
    let outcome = try Program.run([
      "analyze", file("\(name).pcap"), "--keys", file("\(name).esp_sa"), "--format", "json",
    ])
    let answer = try Answer(outcome.output)
    #expect(answer.children.count == 24)
    #expect(answer.sum("decrypted") == 240)
    #expect(answer.sum("integrityBad") == 0)
    // Eight SAs of the 24 have no authentication.
    #expect(answer.sum("integrityGood") == 160)
    let inner = answer.flows.filter { $0["seen"] as? String == "decrypted" }
    #expect(inner.count == 24)
    #expect(inner.allSatisfy { $0["packets"] as? Int == 10 })
    #expect(Set(inner.compactMap { $0["protocol"] as? String }) == ["icmp", "icmp6"])
    let clear = RawCapture(
      try decrypt("\(name).pcap", [file("\(name).esp_sa")], "pcap").output)
    #expect(clear.frames.count == 240)
  }

  @Test(
    "Wireshark's wiki: Blowfish is opened, and Twofish, which nobody here has, is said to be not")
  func wikiCapture3() throws {
    let name = "wireshark-wiki/ipsec_esp_capture_3"
    let outcome = try decrypt("\(name).pcap", [file("\(name).esp_sa")])
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("wrote 3 inner packets"))
    #expect(outcome.errors.contains("left out 15 ESP packets under 2 SPIs without keys"))
  }

  /// An echo request as tcpdump prints it.
  private struct Echo: Hashable {
    var source: String
    var destination: String
    var identifier: Int
    var sequence: Int
  }

  private func echoes(printed name: String) throws -> [Echo] {
    let text = try String(contentsOfFile: file(name), encoding: .utf8)
    let pattern = #/IP ([0-9.]+) > ([0-9.]+): ICMP echo request, id (\d+), seq (\d+)/#
    return text.matches(of: pattern).map {
      Echo(
        source: String($0.1), destination: String($0.2), identifier: Int($0.3) ?? 0,
        sequence: Int($0.4) ?? 0)
    }
  }

  private func echoes(_ data: Data) -> [Echo] {
    RawCapture(data).frames.compactMap { frame in
      guard frame.bytes.count >= 28, frame.bytes[9] == 1, frame.bytes[20] == 8 else { return nil }
      return Echo(
        source: frame.address(at: 12), destination: frame.address(at: 16),
        identifier: frame.number(at: 24), sequence: frame.number(at: 26))
    }
  }

  @Test(
    "tcpdump's tests: the same packets in the same order",
    arguments: [
      (
        "02-sunrise-sunset-esp",
        "0x12345678@192.1.2.45 3des-cbc-hmac96:0x4043434545464649494a4a4c4c4f4f515152525454575758",
        "esp1"
      ),
      (
        "08-sunrise-sunset-esp2",
        """
        0x12345678@192.1.2.45 3des-cbc-hmac96:0x43434545464649494a4a4c4c4f4f51515252545457575840
        0xabcdabcd@192.0.1.1 3des-cbc-hmac96:0x434545464649494a4a4c4c4f4f5151525254545757584043
        """, "esp2"
      ),
      (
        "02-sunrise-sunset-esp",
        "3des-cbc-hmac96:0x4043434545464649494a4a4c4c4f4f515152525454575758", "esp1"
      ),
    ])
  func tcpdump(capture: String, secrets: String, expected: String) throws {
    try inTemporaryFolder { folder in
      let keys = folder.appending(path: "secrets").path
      try Data("\(secrets)\n".utf8).write(to: URL(filePath: keys))
      let outcome = try decrypt("tcpdump/\(capture).pcap", [keys], "pcap")
      let wanted = try echoes(printed: "tcpdump/\(expected).out")
      #expect(wanted.count == 8)
      #expect(echoes(outcome.output) == wanted)
    }
  }

  @Test("a file of secrets: nested ESP is opened to its innermost packet")
  func tcpdumpFile() throws {
    let outcome = try decrypt(
      "tcpdump/08-sunrise-sunset-esp2.pcap", [file("tcpdump/esp-secrets.txt")], "pcap")
    #expect(try echoes(outcome.output) == echoes(printed: "tcpdump/esp2.out"))
  }

  @Test(
    "secrets that do not fit give nothing, where tcpdump prints what comes out of them",
    arguments: ["espudp1", "isakmp4500", "02-sunrise-sunset-esp"])
  func wrongSecrets(capture: String) throws {
    let outcome = try decrypt("tcpdump/\(capture).pcap", [file("tcpdump/esp-secrets.txt")])
    #expect(outcome.status == 65)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("left out"))
  }

  @Test("tcpdump's IKEv2 test: its check value does not fit, and the comment says so")
  func tcpdumpIKEv2() throws {
    let keys = file("tcpdump/ikev2pI2-secrets.txt")
    let outcome = try decrypt("tcpdump/ikev2pI2.pcap", [keys])
    // IDi: FQDN "west", and the start of an AUTH payload by RSA signature.
    #expect(outcome.output.holds(Data(hex: "2700000c 02000000 77657374 000000c8 01000000")))
    #expect(outcome.output.holds(Data("its integrity value does not fit".utf8)))
    #expect(outcome.errors.contains("of the IKE messages 1 do not verify"))
    let report = try Program.run(["analyze", file("tcpdump/ikev2pI2.pcap"), "--keys", keys])
    #expect(!report.text.contains("west"))
  }
}
