import Bytes
import Foundation
import TestSupport
import Testing

/// Hostile text in what stands around the packets: containers, key files, names of outputs.
@Suite("Hostile text around the packets")
struct HostileFileTests {
  /// The demonstration's frames in pcapng, with the texts in every option that holds text: of the
  /// section (comment, hardware, system, application), of interfaces (name, description, filter,
  /// hardware, system), of packets (comment), in names of hosts, and in blocks of nobody's.
  private func container(_ texts: [[UInt8]]) throws -> Data {
    let whole = try CaptureBytes(SharedMaterial.captures.appending(path: "demo.pcap").path)
    var builder = CaptureBuilder()
    builder.sectionHeader(options: texts.flatMap { text in (1...4).map { ($0, text) } })
    builder.interface(
      options: texts.flatMap { text in [1, 2, 3, 11, 12, 15].map { ($0, text) } })
    for text in texts {
      // A record of an IPv4 address and its name, and one of a MAC address (pcapng, NRB).
      let record = [UInt8]([1, 0, UInt8(truncatingIfNeeded: 5 + text.count), 0, 192, 0, 2, 1])
      builder.block(4, record + text + [0])
      builder.block(5, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 8, 0] + text)
      builder.block(0xbad, text)
      builder.block(10, [0x4b, 0x53, 0x4c, 0x54, UInt8(text.count & 255), 0, 0, 0] + text)
    }
    for (index, record) in whole.records.enumerated() {
      builder.enhancedPacket(
        record.bytes, ticks: UInt64(record.time.nanoseconds / 1000),
        options: [(1, texts[index % texts.count])])
    }
    return Data(builder.bytes)
  }

  @Test("in options and comments of a capture reaches no output", arguments: ["json", "text"])
  func containers(format: String) throws {
    try inTemporaryFolder { folder in
      let file = folder.appending(path: "capture.pcapng")
      let clear = folder.appending(path: "clear.pcapng").path
      let keys = SharedMaterial.captures.appending(path: "demo.keys.json").path
      try container(HostileText.all).write(to: file)
      let outcome = try HostileText.clean(
        ["analyze", file.path, "--verbose", "--all", "--format", format])
      // All of it is there, the texts apart: nothing is shown of what was not sent.
      #expect(outcome.text.contains(format == "json" ? #""frames":55"# : "55 frames"))
      #expect(!outcome.text.contains("drowssap"))
      try HostileText.clean(["decrypt", file.path, "--keys", keys, "--output", clear])
      let written = try Data(contentsOf: URL(filePath: clear))
      #expect(!String(decoding: written, as: UTF8.self).contains("drowssap"))
    }
  }

  @Test("in key files reaches neither converted keys nor what is said of them")
  func convertedKeys() throws {
    let demo = SharedMaterial.captures.appending(path: "demo.pcap").path
    try inTemporaryFolder { folder in
      let file = folder.appending(path: "keys.json")
      for text in HostileText.all {
        try HostileConfiguration.fill(Self.keyDocument, with: text).write(to: file)
        for format in ["json", "wireshark", "xfrm"] {
          let convert = ["keys", file.path, "--to", format, "--show-keys"]
          // Lines of xfrm begin with a tab.
          try HostileText.clean(convert, status: 0...65, allowing: "\n\t")
          try HostileText.clean(
            convert + ["--capture", demo], status: 0...65, allowing: "\n\t")
        }
        // What is written reads back as it was.
        let once = try Program.run(["keys", file.path, "--to", "json", "--show-keys"])
        guard once.status == 0 else { continue }
        let again = try Program.run(
          ["keys", "-", "--to", "json", "--show-keys"], input: once.output)
        #expect(again.output == once.output)
      }
    }
  }

  /// Good keys, with text wherever it is not a number.
  private static let keyDocument = """
    {"ike_sas":[{"ike_version":2,"spi_i":"4141000000000001","spi_r":"0000000000000007",
      "initiator":"@","responder":"@","encryption":"aes-cbc","encryption_bits":128,"dh":"@",
      "integrity":"hmac-sha256-128","prf":"hmac-sha256","@":"@",
      "keys":{"sk_ei":"1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a","sk_d":"00112233","@":"@"}}],
     "child_sas":[{"spi":"00000001","protocol":"esp","mode":"@","src":"@","dst":"192.0.2.1",
      "encryption":"aes-cbc","encryption_key":"1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a",
      "integrity":"@","integrity_key":"00"},
      {"spi":"00000002","protocol":"esp","src":"192.0.2.1","dst":"192.0.2.2","mode":"tunnel",
      "encryption":"aes-cbc","encryption_key":"1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a","x":"@"}],
     "psk":[{"local":"@","remote":"@","psk":"@"},{"local":"*","remote":"192.0.2.1","psk":"~"}]}
    """

  @Test("in names of outputs, and of inputs of every command, reaches no error raw")
  func names() throws {
    let base = SharedMaterial.captures.appending(path: "demo").path
    let (demo, keys, config) = ("\(base).pcap", "\(base).keys.json", "\(base).asa.cfg")
    try inTemporaryFolder { folder in
      for name in HostileText.names {
        let nowhere = "\(folder.path)/none/\(name)"
        for arguments in [
          ["analyze", demo, "--output", nowhere], ["analyze", demo, demo, nowhere],
          ["decrypt", demo, "--keys", keys, "--output", nowhere],
          ["decrypt", nowhere, "--keys", keys, "--output", "-"],
          ["keys", keys, "--to", "xfrm", "--show-keys", "--output", nowhere],
          ["keys", keys, "--to", "wireshark", "--show-keys", "--wireshark-folder", nowhere],
          ["keys", keys, "--to", "xfrm", "--show-keys", "--capture", nowhere],
          ["keys", nowhere, "--to", "xfrm", "--show-keys"],
          ["check", config, nowhere], ["check", config, "--output", nowhere],
          ["explain", "--config", nowhere, "--flow", "tcp 10.0.0.1:1 > 10.0.0.2:2"],
          ["explain", "--config", config, "--query", nowhere],
          ["live", "--interface", "lo", "--duration", "0.01", "--write", nowhere],
        ] {
          let outcome = try HostileText.clean(arguments, status: 66...77)
          #expect(outcome.errors.split(separator: "\n").count == 1, "\(arguments)")
        }
        // What is there is named in the report, and in the comments of what was opened.
        let there = folder.appending(path: name).path
        try FileManager.default.copyItem(atPath: demo, toPath: there)
        let clear = folder.appending(path: "clear").path
        try HostileText.clean(["decrypt", there, "--keys", keys, "--output", clear])
        try HostileText.clean(["analyze", there, demo, "--format", "ndjson", "--all"])
      }
    }
  }

  @Test("in questions reaches no answer raw", arguments: ["text", "json", "ndjson"])
  func questions(format: String) throws {
    let config = SharedMaterial.captures.appending(path: "demo.asa.cfg").path
    try inTemporaryFolder { folder in
      let file = folder.appending(path: "query.json")
      for text in HostileText.all {
        for form in [
          #"{"kind":"flow","packet":{"protocol":"@","src":"@","dst":"@","@":"@"},"interface":"@"}"#,
          #"{"kind":"phase1","peer":"@","identity":"@","offers":[{"encryption":"@"}]}"#,
          #"[{"kind":"@"},{"kind":"child_sa","peer":"198.51.100.1","selectors":["@"]}]"#,
        ] {
          try HostileConfiguration.fill(form, with: text).write(to: file)
          let outcome = try HostileText.clean(
            ["explain", "--config", config, "--query", file.path, "--format", format],
            status: 0...65)
          guard outcome.status == 0, format == "json" else { continue }
          let value = try JSONSerialization.jsonObject(with: outcome.output)
          #expect(HostileText.rawPieces(json: value).isEmpty)
        }
      }
    }
  }

  @Test(
    "in the name of an interface reaches no output raw",
    .enabled(if: Root.canReplay, "needs root and network namespaces"))
  func interfaces() throws {
    let names = HostileText.names.filter { name in
      name.utf8.count <= 15 && !name.contains(":") && !name.contains(where: \.isWhitespace)
    }
    #expect(names.count >= 2)
    for name in names {
      try inTemporaryFolder { folder in
        try Data(name.utf8).write(to: folder.appending(path: "name"))
        let outcome = try Program.network(
          """
          name=$(cat '\(folder.path)/name'; echo .); name=${name%.}
          ip -n $right link set $device down
          ip -n $right link set $device name "$name" || exit 98
          ip -n $right link set "$name" up; device=$name
          cd '\(folder.path)'
          for format in text ndjson; do
            live --format $format --color never --duration 30 > $format 2> $format.errors
            replay >/dev/null
            ip -n $right link set "$name" down; seen 'went down' $format
            ip -n $right link set "$name" up; seen 'up again' $format; sleep 0.3
            kill -INT $live; wait $live
          done
          ip netns exec $right "$IKESCOPE" live --interface nosuch 2> listed
          live --quiet --duration 30 > gone 2> gone.errors
          ip -n $right link del "$name"; wait $live
          """)
        #expect(outcome.status != 98, "\(outcome.errors)")
        for file in ["text", "ndjson", "text.errors", "ndjson.errors", "listed", "gone.errors"] {
          let output = try Data(contentsOf: folder.appending(path: file))
          let raw = HostileText.rawPieces(output)
          #expect(raw.isEmpty, "\(file): \(raw.prefix(4))")
          #expect(!output.isEmpty || file.contains("."), "\(file)")
        }
      }
    }
  }
}
