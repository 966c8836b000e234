import Foundation
import TestSupport
import Testing

@Suite("Privileges and what is left behind")
struct PrivilegesTests {
  @Test(
    "are given up once the interface is open, all of them and for good",
    .enabled(if: Root.canReplay, "needs root and network namespaces"))
  func givenUp() throws {
    let outcome = try Program.network(
      """
      live --duration 30 --user nobody >/dev/null
      grep -E '^(Name|Uid|Gid|Groups|CapPrm|CapEff|CapAmb):' /proc/$live/status
      kill -TERM $live; wait $live
      """)
    var status: [String: [Substring]] = [:]
    for line in outcome.text.split(separator: "\n") {
      let words = line.split(whereSeparator: \.isWhitespace)
      status[String(words[0])] = Array(words.dropFirst())
    }
    #expect(status["Name:"] == ["ikescope"], "\(outcome.text) \(outcome.errors)")
    #expect(status["Uid:"]?.count == 4 && status["Gid:"]?.count == 4)
    #expect(Set(status["Uid:"] ?? []) == ["65534"])
    #expect(Set(status["Gid:"] ?? []).isDisjoint(with: ["0"]))
    #expect(status["Groups:"]?.contains("0") == false)
    for name in ["CapPrm:", "CapEff:", "CapAmb:"] {
      #expect(status[name] == ["0000000000000000"], "\(name)")
    }
  }

  @Test("are kept from root itself, and nobody is captured for who does not exist")
  func refused() throws {
    for (user, words) in [("root", "is root"), ("no-such-user", "there is no user")] {
      let outcome = try Program.run([
        "live", "--interface", "lo", "--duration", "0.1", "--user", user,
      ])
      #expect(outcome.status == 77)
      #expect(geteuid() != 0 || outcome.errors.contains(words), "\(outcome.errors)")
    }
  }

  @Test(
    "keys are out of reach of core dumps and of other processes of the same user",
    .enabled(if: Root.canBeNobody, "needs root and setpriv, to look at nobody's process"))
  func memory() throws {
    try inTemporaryFolder { folder in
      try Root.share(folder)
      for suffix in ["keys.json", "pcap"] {
        let copy = folder.appending(path: "demo.\(suffix)")
        try FileManager.default.copyItem(
          at: SharedMaterial.captures.appending(path: "demo.\(suffix)"), to: copy)
      }
      let outcome = try Program.shell(
        """
        cd '\(folder.path)'; ulimit -c unlimited
        for keys in "" "--keys demo.keys.json"; do
          mkfifo -m 666 pipe
          setpriv \(Root.asNobody) ./ikescope analyze - $keys < pipe >/dev/null & running=$!
          exec 3> pipe; sleep 0.4
          grep 'core file size' /proc/$running/limits | awk '{print $5, $6}'
          stat -c %u /proc/$running/environ
          cat demo.pcap >&3; exec 3>&-
          wait $running; rm pipe
        done
        """)
      #expect(outcome.text == "unlimited unlimited\n65534\n0 0\n0\n", "\(outcome.errors)")
    }
  }

  @Test("outputs that hold keys, or what was under them, are their owner's alone")
  func modes() throws {
    let base = SharedMaterial.captures.appending(path: "demo").path
    try inTemporaryFolder { folder in
      let outcome = try Program.shell(
        """
        cd '\(folder.path)'; umask 0; mkdir tables
        touch old; chmod 666 old
        for file in new old; do
          "$IKESCOPE" keys '\(base).keys.json' --to json --show-keys --output $file
        done
        "$IKESCOPE" keys '\(base).keys.json' --to wireshark --show-keys --wireshark-folder tables
        for format in pcap pcapng; do
          "$IKESCOPE" decrypt '\(base).pcap' --keys '\(base).keys.json' --format $format \
            --output clear.$format --quiet
        done
        "$IKESCOPE" decrypt '\(base).pcap' --keys '\(base).keys.json' --output old.pcapng --quiet
        stat -c '%a %n' new old tables/* clear.* old.pcapng
        """)
      let lines = outcome.text.split(separator: "\n")
      #expect(lines.count == 8, "\(outcome.text) \(outcome.errors)")
      #expect(lines.allSatisfy { $0.hasPrefix("600 ") }, "\(outcome.text)")
    }
  }

  @Test("no command writes a file that nobody asked for")
  func nothingWritten() throws {
    let base = SharedMaterial.captures.appending(path: "demo").path
    try inTemporaryFolder { folder in
      let outcome = try Program.shell(
        """
        cd '\(folder.path)'; export HOME=$PWD TMPDIR=$PWD XDG_CACHE_HOME=$PWD XDG_CONFIG_HOME=$PWD
        known="--keys \(base).keys.json --config \(base).asa.cfg"
        { "$IKESCOPE" analyze '\(base).pcap' $known --verbose
          "$IKESCOPE" analyze '\(base).pcap' --format json
          "$IKESCOPE" check '\(base).asa.cfg'
          "$IKESCOPE" explain --config '\(base).asa.cfg' --flow 'tcp 10.2.0.5:1 > 10.1.0.9:2'
          "$IKESCOPE" decrypt '\(base).pcap' $known --output -
          "$IKESCOPE" keys '\(base).keys.json' --to xfrm --show-keys
          "$IKESCOPE" analyze nosuch --output report; "$IKESCOPE" check nosuch --output report
          "$IKESCOPE" decrypt '\(base).pcap' --keys /dev/null --output clear
          "$IKESCOPE" schema; } > /dev/null 2>&1
        find . -mindepth 1
        """)
      #expect(outcome.text.isEmpty, "\(outcome.text)")
    }
  }
}
