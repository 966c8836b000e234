import Foundation
import TestSupport
import Testing

@Suite("A new user's mistakes")
struct RobustMistakeTests {
  /// A command in a folder of files that are not what they should be: its arguments, the exit code,
  /// and words of the one sentence that says what to do.
  struct Mistake: CustomTestStringConvertible, Sendable {
    var arguments: String
    var status: Int32
    var words: String
    var testDescription: String { arguments }

    init(_ arguments: String, _ status: Int32, _ words: String) {
      self.arguments = arguments
      self.status = status
      self.words = words
    }
  }

  static let mistakes: [Mistake] = [
    Mistake("analyze nosuch.pcap", 66, "nosuch.pcap: cannot be read: there is no such file"),
    Mistake("analyze demo.pcap nosuch.pcap", 66, "there is no such file"),
    Mistake("analyze empty", 65, "an empty file"),
    Mistake("analyze text", 65, "a configuration belongs to --config"),
    Mistake("analyze .", 66, "it is a directory; give the capture files in it"),
    Mistake("analyze zeros", 65, "a file of zeros"),
    Mistake("analyze tiny", 65, "too short for its header"),
    Mistake("analyze demo.asa.cfg", 65, "a configuration belongs to --config"),
    Mistake("analyze demo.keys.json", 65, "key material belongs to --keys"),
    Mistake("analyze demo.pcap --config demo.pcap", 65, "it is a packet capture"),
    Mistake("analyze demo.pcap --config demo.keys.json", 65, "key material belongs to --keys"),
    Mistake("analyze demo.pcap --config empty", 65, "it is empty"),
    Mistake("analyze demo.pcap --config zeros", 65, "show running-config"),
    Mistake("analyze demo.pcap --config .", 66, "it is a directory"),
    Mistake("analyze demo.pcap --keys demo.pcap", 65, "holds no key material; expected"),
    Mistake("analyze demo.pcap --keys empty", 65, "holds no key material; expected"),
    Mistake("analyze demo.pcap --keys zeros", 65, "holds no key material; expected"),
    Mistake("analyze demo.pcap --keys nosuch", 66, "there is no such file"),
    Mistake("analyze demo.pcap --output .", 73, "is a directory"),
    Mistake("analyze demo.pcap --filter nonsense", 64, "see pcap-filter(7)"),
    Mistake("check demo.pcap", 65, "it is a packet capture"),
    Mistake("check nosuch.cfg", 66, "there is no such file"),
    Mistake("check demo.asa.cfg nosuch.cfg", 66, "there is no such file"),
    Mistake("explain --config demo.asa.cfg --query empty", 65, "Give one object, or an array"),
    Mistake("explain --config demo.asa.cfg --query demo.keys.json", 65, "\"kind\" is missing"),
    Mistake("explain --config demo.pcap --flow tcp", 65, "it is a packet capture"),
    Mistake("explain --config demo.asa.cfg --flow demo.pcap", 64, "Begin with tcp"),
    Mistake("decrypt demo.pcap --output clear", 64, "give keys (--keys)"),
    Mistake("decrypt demo.pcap --keys text --output clear", 65, "holds no key material"),
    Mistake("keys demo.pcap --to json --show-keys", 65, "holds no key material"),
    Mistake("keys demo.keys.json --to json", 64, "--show-keys"),
    Mistake("demo.pcap", 64, "say what to do with it: ikescope analyze demo.pcap"),
    Mistake("demo.asa.cfg", 64, "ikescope check demo.asa.cfg"),
    Mistake("analyse demo.pcap", 64, "analyse is no command; did you mean analyze?"),
    Mistake("chekc demo.asa.cfg", 64, "did you mean check?"),
    Mistake("frobnicate", 64, "there are analyze, live, explain, check"),
    Mistake(
      "analyze demo.pcap --keys masked", 65, "masked:3: the pre-shared key is masked (*****)"),
    Mistake(
      "analyze demo.pcap --keys masked.json", 65,
      "masked.json:1: the pre-shared key is masked (*****)"),
  ]

  @Test("are answered by one sentence that says what to do, and the exit code", arguments: mistakes)
  func mistake(_ mistake: Mistake) throws {
    try inTemporaryFolder { folder in
      try fill(folder)
      let outcome = try Program.shell("cd '\(folder.path)' && \"$IKESCOPE\" \(mistake.arguments)")
      #expect(outcome.status == mistake.status, "\(outcome.errors)")
      #expect(outcome.output.isEmpty)
      #expect(outcome.errors.hasPrefix("ikescope: "))
      #expect(outcome.errors.contains(mistake.words), "\(outcome.errors)")
      #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "clear").path))
    }
  }

  private static let maskedConfiguration = """
    ASA Version 9.8(2)
    tunnel-group 192.0.2.1 ipsec-attributes
     ikev1 pre-shared-key *****
    tunnel-group 192.0.2.2 ipsec-attributes
     ikev1 pre-shared-key *****
    crypto map OUT 10 set peer 192.0.2.1

    """

  private func fill(_ folder: URL) throws {
    for name in ["demo.pcap", "demo.asa.cfg", "demo.keys.json"] {
      try FileManager.default.copyItem(
        at: SharedMaterial.captures.appending(path: name), to: folder.appending(path: name))
    }
    let capture = try Data(contentsOf: folder.appending(path: "demo.pcap"))
    let files = [
      ("empty", Data()), ("text", Data("hello, this is text\n".utf8)),
      ("zeros", Data(count: 100_000)), ("tiny", capture.prefix(10)),
      ("masked", Data(Self.maskedConfiguration.utf8)),
      ("masked.json", Data(#"{"psk":[{"remote":"*","psk":"*****"}]}"#.utf8)),
    ]
    for (name, data) in files { try data.write(to: folder.appending(path: name)) }
  }

  @Test(
    "of permission are said as such",
    .enabled(if: Root.canBeNobody, "needs root and setpriv, to be nobody"))
  func permission() throws {
    try inTemporaryFolder { folder in
      try fill(folder)
      try Root.share(folder)
      for name in ["demo.pcap", "demo.asa.cfg", "demo.keys.json"] {
        let file = folder.appending(path: name).path
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
      }
      let line = """
        cd '\(folder.path)'; ikescope() { setpriv \(Root.asNobody) ./ikescope "$@"; }
        ikescope analyze demo.pcap; echo $?
        ikescope check demo.asa.cfg; echo $?
        ikescope schema --output /etc/ikescope.json; echo $?
        ikescope live --interface lo --duration 1; echo $?
        """
      let outcome = try Program.shell(line)
      #expect(outcome.text == "66\n66\n73\n77\n")
      let said = outcome.errors.split(separator: "\n")
      #expect(said.count == 4, "\(outcome.errors)")
      #expect(said.filter { $0.contains("permission denied") }.count == 3, "\(outcome.errors)")
      #expect(said.last?.contains("run as root, or give the program CAP_NET_RAW") == true)
    }
  }

  @Test("a reader that has seen enough ends every command quietly")
  func closedPipe() throws {
    let captures = SharedMaterial.captures.path
    for command in [
      "analyze '\(captures)/demo.pcap' --verbose", "analyze '\(captures)/demo.pcap' --format json",
      "analyze '\(captures)/demo.pcap' --format ndjson", "check '\(captures)/demo.asa.cfg'",
      "explain --cause list",
      "decrypt '\(captures)/demo.pcap' --keys '\(captures)/demo.keys.json' --quiet --output -",
      "decrypt '\(captures)/demo.pcap' --keys '\(captures)/demo.keys.json' --format pcap "
        + "--quiet --output -",
    ] {
      let outcome = try Program.shell(
        #"{ sleep 0.05; "$IKESCOPE" \#(command); echo $? >&2; } | true"#)
      #expect(outcome.errors == "0\n", "\(command): \(outcome.errors)")
      // The same where the parent left the signal on, which a shell's child inherits.
      let signalled = try Program.shell(
        #"{ sleep 0.05; env --default-signal=PIPE "$IKESCOPE" \#(command); echo $? >&2; } | true"#)
      #expect(signalled.errors == "0\n", "\(command): \(signalled.errors)")
    }
  }

  @Test("a file that may not grow is said as such, and leaves nothing behind")
  func fileSize() throws {
    let base = SharedMaterial.captures.appending(path: "demo").path
    try inTemporaryFolder { folder in
      let outcome = try Program.shell(
        """
        cd '\(folder.path)'; ulimit -f 2
        "$IKESCOPE" analyze '\(base).pcap' --verbose --output report; echo $?
        "$IKESCOPE" decrypt '\(base).pcap' --keys '\(base).keys.json' --output clear --quiet; echo $?
        "$IKESCOPE" schema --output schema; echo $?
        find . -type f
        """)
      #expect(outcome.text == "73\n73\n73\n")
      #expect(outcome.errors.components(separatedBy: "cannot be written: ").count == 4)
    }
  }

  @Test("a standard descriptor that was closed is no file of the program's")
  func closedDescriptors() throws {
    let base = SharedMaterial.captures.appending(path: "demo").path
    try inTemporaryFolder { folder in
      let outcome = try Program.shell(
        """
        cd '\(folder.path)'
        "$IKESCOPE" analyze - <&-; echo $?
        timeout 20 "$IKESCOPE" analyze '\(base).pcap' >&-; echo $?
        "$IKESCOPE" analyze '\(base).pcap' --output report <&- >&- 2>&-; echo $?
        "$IKESCOPE" analyze nosuch 2>&-; echo $?
        "$IKESCOPE" decrypt '\(base).pcap' --keys '\(base).keys.json' --output clear <&- 2>&-; echo $?
        "$IKESCOPE" analyze '\(base).pcap' > /dev/full; echo $?
        grep -c 'tunnels: ' report
        """)
      #expect(outcome.text == "66\n73\n0\n66\n0\n73\n1\n", "\(outcome.errors)")
    }
  }

  @Test("a capture cut anywhere is explained as far as it goes, and exits with 0")
  func cut() throws {
    let capture = try Data(contentsOf: SharedMaterial.captures.appending(path: "demo.pcap"))
    try inTemporaryFolder { folder in
      let file = folder.appending(path: "cut.pcap")
      for length in [24, 25, 39, 40, 4000, capture.count - 1] {
        try capture.prefix(length).write(to: file)
        let outcome = try Program.run(["analyze", file.path, "--format", "json"])
        #expect(outcome.status == 0, "\(length): \(outcome.errors)")
        let document = try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any]
        let captures = try #require(document?["captures"] as? [[String: Any]])
        #expect(captures.first?["truncated"] as? Bool == (length != 24), "\(length)")
      }
    }
  }
}
