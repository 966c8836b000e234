import Foundation
import TestSupport
import Testing

@Suite("Hostile text")
struct HostileTests {
  /// Runs the program and holds everything that it prints to the rule.
  @discardableResult
  private func clean(
    _ arguments: [String], status: ClosedRange<Int32> = 0...1,
    _ location: SourceLocation = #_sourceLocation
  ) throws -> Program.Outcome {
    try HostileText.clean(arguments, status: status, allowing: "\n", location)
  }

  /// The same for every format; what is JSON must be JSON, and clean with its escapes undone.
  @discardableResult
  private func cleanInEveryFormat(
    _ arguments: [String], _ location: SourceLocation = #_sourceLocation
  ) throws -> Program.Outcome {
    try clean(arguments + ["--color", "never"], status: 0...1, location)
    let document = try clean(arguments + ["--format", "json"], status: 0...1, location)
    var values = [try JSONSerialization.jsonObject(with: document.output)]
    let lines = try clean(arguments + ["--format", "ndjson"], status: 0...1, location)
    for line in lines.output.split(separator: UInt8(ascii: "\n")) {
      values.append(try JSONSerialization.jsonObject(with: line))
    }
    let raw = values.flatMap { HostileText.rawPieces(json: $0) }
    #expect(raw.isEmpty, "JSON: \(raw.count): \(raw.prefix(4))", sourceLocation: location)
    return document
  }

  @Test("from the wire, in clear, reaches no output raw")
  func clear() throws {
    try inTemporaryFolder { folder in
      let file = folder.appending(path: "clear.pcap")
      try HostileCapture.clear().write(to: file)
      let outcome = try cleanInEveryFormat(["analyze", file.path, "--verbose", "--all"])
      #expect(outcome.text.contains(#"\\u{1b}[31mred"#))
      #expect(outcome.text.contains(#"\\u{202e}drowssap"#))
    }
  }

  @Test("from opened messages reaches no output raw")
  func opened() throws {
    try inTemporaryFolder { folder in
      guard let made = try HostileCapture.sealed(folder: folder) else { return }
      let file = folder.appending(path: "sealed.pcap")
      let keys = folder.appending(path: "keys.json")
      try made.capture.write(to: file)
      try made.keys.write(to: keys)
      let outcome = try cleanInEveryFormat(
        ["analyze", file.path, "--keys", keys.path, "--verbose", "--all"])
      #expect(outcome.text.contains(#""decrypted":true"#))
      #expect(outcome.text.contains(#"\\u{1b}[31mred"#))
      let clear = folder.appending(path: "clear.pcapng").path
      try clean(["decrypt", file.path, "--keys", keys.path, "--output", clear])
      try clean(["analyze", clear, "--verbose", "--all"])
      let comments = packetComments(try Data(contentsOf: URL(filePath: clear)))
      #expect(comments.count > 10)
      let raw = comments.flatMap { HostileText.rawPieces($0) }
      #expect(raw.isEmpty, "\(raw.prefix(4))")
    }
  }

  @Test(
    "from a live interface reaches no output raw",
    .enabled(if: Root.canReplay, "needs root and network namespaces"))
  func live() throws {
    try inTemporaryFolder { folder in
      let file = folder.appending(path: "clear.pcap")
      try HostileCapture.clear().write(to: file)
      let outcome = try Program.network(
        """
        cd '\(folder.path)'; capture='\(file.path)'
        for format in text ndjson; do
          live --format $format --verbose --color never > $format
          replay >/dev/null; sleep 0.7; kill -INT $live; wait $live
        done
        { sleep 1; replay >/dev/null; } & replaying=$!
        ip netns exec $right env TERM=xterm script -qec \
          "$IKESCOPE live --interface $device --duration 2" typescript > terminal
        wait $replaying
        """)
      for name in ["text", "ndjson"] {
        let output = try Data(contentsOf: folder.appending(path: name))
        #expect(String(decoding: output, as: UTF8.self).contains(#"\u{1b}[31mred"#), "\(name)")
        let raw = HostileText.rawPieces(output)
        #expect(raw.isEmpty, "\(name): \(raw.prefix(4)) \(outcome.errors)")
      }
      // A terminal is drawn on with escapes of the program's own: the hostile ones are looked for.
      let drawn = String(
        decoding: try Data(contentsOf: folder.appending(path: "terminal")), as: UTF8.self)
      #expect(drawn.contains("Capture"))
      for hostile in ["\u{1b}]", "\u{1b}c", "\u{202e}", "\u{9b}", "\u{200b}", "\u{7}"] {
        #expect(!drawn.contains(hostile), "\(hostile.unicodeScalars.map(\.value))")
      }
    }
  }

  /// The comments of a pcapng file's packets (opt_comment of enhanced packet blocks).
  private func packetComments(_ file: Data) -> [String] {
    let bytes = [UInt8](file)
    let number = { (offset: Int, count: Int) in
      (0..<count).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
    }
    var comments: [String] = []
    var block = 0
    while block + 12 <= bytes.count {
      let end = block + number(block + 4, 4)
      if number(block, 4) == 6 {
        var option = block + 28 + (number(block + 20, 4) + 3) / 4 * 4
        while option + 8 <= end, number(option, 2) != 0 {
          let length = number(option + 2, 2)
          if number(option, 2) == 1 {
            comments.append(
              String(decoding: bytes[option + 4..<option + 4 + length], as: UTF8.self))
          }
          option += 4 + (length + 3) / 4 * 4
        }
      }
      block = end
    }
    return comments
  }

  @Test("of a configuration reaches no output raw")
  func configuration() throws {
    try inTemporaryFolder { folder in
      var files: [String] = []
      for (index, text) in HostileText.all.enumerated() {
        let file = folder.appending(path: "\(index).cfg")
        let line = text.filter { $0 != 10 && $0 != 13 }
        try HostileConfiguration.asa(line).write(to: file)
        files.append(file.path)
        // Much of it makes the file binary data for the reader, which is said as well.
        try clean(["check", file.path], status: 0...65)
      }
      let all = folder.appending(path: "all.cfg")
      try HostileConfiguration.allTexts().write(to: all)
      try cleanInEveryFormat(["check", all.path])
      try cleanInEveryFormat(["check", all.path, files[0]])
      try cleanInEveryFormat(
        [
          "explain", "--config", all.path, "--all-aces",
          "--flow", "tcp 10.1.0.5:1025 > 10.2.0.9:443",
        ])
      let ios = folder.appending(path: "ios.cfg")
      try HostileConfiguration.ios().write(to: ios)
      try cleanInEveryFormat(["check", ios.path])
      let demo = SharedMaterial.captures.appending(path: "demo.pcap").path
      try cleanInEveryFormat(
        ["analyze", demo, "--config", all.path, "--config", ios.path, "--verbose"])
    }
  }

  @Test("in names of files reaches no output raw, and no error")
  func fileNames() throws {
    let demo = try Data(contentsOf: SharedMaterial.captures.appending(path: "demo.pcap"))
    let config = try Data(contentsOf: SharedMaterial.captures.appending(path: "demo.asa.cfg"))
    try inTemporaryFolder { folder in
      #expect(HostileText.names.count > 8)
      for name in HostileText.names {
        let file = folder.appending(path: name).path
        try clean(["analyze", file], status: 66...66)
        try demo.write(to: URL(filePath: file))
        let outcome = try clean(["analyze", file, "--format", "json"])
        let value = try JSONSerialization.jsonObject(with: outcome.output)
        #expect(HostileText.rawPieces(json: value).isEmpty)
        try clean(["check", file], status: 65...65)
        try clean(["analyze", file, "--keys", file], status: 65...65)
        try config.write(to: URL(filePath: file))
        try clean(["check", file])
        try clean(["schema", "--output", "\(folder.path)/none/\(name)"], status: 73...73)
      }
    }
  }

  @Test("in the words of a command reaches no error raw")
  func words() throws {
    let config = SharedMaterial.captures.appending(path: "demo.asa.cfg").path
    let demo = SharedMaterial.captures.appending(path: "demo.pcap").path
    for word in HostileText.names {
      for arguments in [
        [word], ["--\(word)"], ["analyze", demo, "--\(word)"],
        ["analyze", demo, "--format", word], ["analyze", demo, "--filter", "host \(word)"],
        ["analyze", demo, "--config", config, "--local", word],
        ["explain", "--config", config, "--flow", word],
        ["explain", "--config", config, "--flow", "tcp \(word) > 10.0.0.1"],
        ["explain", "--cause", word], ["live", "--interface", word],
        ["live", "--interface", "lo", "--duration", "0.01", "--user", word],
      ] {
        let outcome = try clean(arguments, status: 0...77)
        #expect(outcome.status >= 64)
        #expect(outcome.errors.split(separator: "\n").count == 1, "\(arguments)")
      }
    }
  }

  @Test("in key files and questions reaches no error raw")
  func keyFiles() throws {
    let demo = SharedMaterial.captures.appending(path: "demo.pcap").path
    let config = SharedMaterial.captures.appending(path: "demo.asa.cfg").path
    try inTemporaryFolder { folder in
      let file = folder.appending(path: "keys")
      func damage(_ form: String, _ texts: [[UInt8]]) throws {
        let filled = texts.map { HostileConfiguration.fill(form, with: $0) }
        try filled.reduce(Data(), +).write(to: file)
        try clean(["analyze", demo, "--keys", file.path, "--quiet"], status: 0...65)
      }
      for form in Self.keyLines { try damage(form, HostileText.all) }
      for text in HostileText.all {
        try damage(Self.keyDocument, [text])
        try HostileConfiguration.fill(#"{"kind":"@","packet":{"@":"@"}}"#, with: text)
          .write(to: file)
        try clean(["explain", "--config", config, "--query", file.path], status: 0...65)
      }
    }
  }

  private static let keyDocument =
    #"{"ike_sas":[{"spi_i":"@","encryption":"@","keys":{"@":"@"}}],"psk":[{"psk":"@"}],"#
    + #""child_sas":[{"spi":"00000001","protocol":"esp","encryption":"@"}]}"#

  private static let keyLines = [
    "#@\n", "\"IPv4\",\"@\",\"*\",\"0x1\",\"@\",\"0x00\",\"@\",\"0x00\"\n",
    "src @ dst 192.0.2.1\n\tproto esp spi 0x1 reqid 1 mode tunnel\n\tenc @ 0x00\n",
    "192.0.2.1 @\n\tesp mode=tunnel spi=1(0x00000001) reqid=0\n\tE: @ 00\n",
    "00[IKE] SKEYID_d secret => 2 bytes @\n00[ENC] encryption key Ka => @\n",
  ]
}
