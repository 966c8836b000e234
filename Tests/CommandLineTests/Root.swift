import Foundation
import TestSupport

/// What only root can do for a test: be nobody, and make networks.
enum Root {
  /// Options of setpriv(1) that make it nobody.
  static let asNobody = "--reuid=65534 --regid=65534 --clear-groups"

  /// True where a command can be run as nobody, with a copy of the program.
  static let canBeNobody = geteuid() == 0 && succeeds("setpriv \(asNobody) true")

  /// True where network namespaces can be made, and captures replayed into them.
  static let canReplay = succeeds(
    "ip netns add ikescope-probe-$$ && ip netns del ikescope-probe-$$")

  /// True where a small file system of its own can be mounted.
  static let canMount = succeeds(
    "d=$(mktemp -d) && mount -t tmpfs -o size=64k tmpfs $d && umount $d && rmdir $d")

  private static func succeeds(_ line: String) -> Bool {
    (try? Program.shell(line).status) == 0
  }

  /// Lets everybody into a folder, with a copy of the program, since the folder it was built in may
  /// be closed to others.
  static func share(_ folder: URL) throws {
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.path)
    try FileManager.default.copyItem(
      atPath: Program.path, toPath: folder.appending(path: "ikescope").path)
  }
}

extension Program {
  /// Runs lines of bash with two namespaces joined by a veth pair: `live OPTION…` runs the program at
  /// one end and leaves its process in `$live`, `replay OPTION…` sends the demonstration from the
  /// other and prints the number of frames, `$device` of the namespace `$right` is what is captured
  /// from, and `seen TEXT FILE [LINES]` waits until the text stands in a file, in so many lines.
  static func network(_ lines: String) throws -> Outcome {
    let id = UUID().uuidString.prefix(6)
    return try shell(
      """
      left=left-\(id); right=right-\(id); device=v\(id)b
      ip netns add $left && ip netns add $right || exit 99
      trap 'ip netns del $left; ip netns del $right' EXIT
      ip link add v\(id)a netns $left type veth peer name $device netns $right
      ip -n $left link set v\(id)a up; ip -n $right link set $device up
      # The kernel takes up to a second to say that there is a link.
      for ((i = 0; i < 100; i++)); do
        ip -n $right -o link show $device | grep -q 'state UP' && break; sleep 0.05
      done
      capture='\(SharedMaterial.captures.appending(path: "demo.pcap").path)'
      live() {
        local before=$(sockets)
        ip netns exec $right "$IKESCOPE" live --interface $device "$@" & live=$!
        for ((i = 0; i < 200; i++)); do [ $(sockets) -gt $before ] && break; sleep 0.05; done
        sleep 0.3
      }
      sockets() { ip netns exec $right grep -c ' 0003 ' /proc/net/packet; }
      replay() { ip netns exec $left "${IKESCOPE%/*}/replay" v\(id)a "$capture" "$@"; }
      seen() {
        for ((i = 0; i < 200; i++)); do
          [ $(grep -c "$1" "$2") -ge ${3:-1} ] && break; sleep 0.05
        done
      }
      \(lines)
      """)
  }
}
