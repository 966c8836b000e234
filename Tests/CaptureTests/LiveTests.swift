import Foundation
import TestSupport
import Testing

@testable import Capture

/// Runs a shell command and tells whether it succeeded.
@discardableResult
private func shell(_ command: String) -> Bool {
  let process = Process()
  process.executableURL = URL(filePath: "/bin/bash")
  process.arguments = ["-c", command]
  process.standardError = FileHandle.nullDevice
  guard (try? process.run()) != nil else { return false }
  process.waitUntilExit()
  return process.terminationStatus == 0
}

@Suite("Live capture", .serialized)
struct LiveTests {
  static let mayCapture: Bool = {
    guard let interruption = try? Interruption() else { return false }
    return (try? LiveSource(interface: "lo", filter: "", interruption: interruption)) != nil
  }()

  static let mayMakeInterfaces: Bool = {
    guard mayCapture, shell("ip link add ikst0 type veth peer name ikst1") else { return false }
    return shell("ip link del ikst0")
  }()

  @Test("An interface that is not there is an error that names those that are")
  func noSuchInterface() throws {
    let interruption = try Interruption()
    let error = #expect(throws: CaptureError.self) {
      try LiveSource(interface: "nonexistent0", filter: "", interruption: interruption)
    }
    guard case .badInterface = error else {
      // Without the privilege, libpcap may tell of that first.
      #expect(error?.exitCode == 77)
      return
    }
    #expect(error?.exitCode == 66)
    #expect(error?.description.contains("there are: ") == true)
    #expect(interfaceNames().contains("lo"))
  }

  @Test(
    "Frames come while they happen, through the filter, with counted drops",
    .enabled(if: mayCapture, "capturing is not permitted here"), .timeLimit(.minutes(1)))
  func loopback() throws {
    let interruption = try Interruption()
    let source = try LiveSource(
      interface: "lo", filter: "udp dst port 45001", interruption: interruption)
    #expect(source.linkType == .ethernet)
    shell("for i in 1 2 3 4 5; do echo hello $i > /dev/udp/127.0.0.1/45001; done")
    shell("echo other > /dev/udp/127.0.0.1/45002")
    var payloads: Set<String> = []
    while payloads.count < 5, let batch = try source.nextBatch() {
      for frame in batch.frames {
        payloads.insert(String(decoding: batch.bytes[frame.range].dropFirst(42), as: UTF8.self))
      }
    }
    #expect(payloads == ["hello 1\n", "hello 2\n", "hello 3\n", "hello 4\n", "hello 5\n"])
    interruption.raise()
    while try source.nextBatch() != nil {}
    // Loopback shows some kernels' frames twice, outgoing and incoming.
    #expect(source.captures[0].frames >= 5)
    #expect(source.captures[0].dropped == 0)
    #expect(source.captures[0].timestampDigits == 9)
  }

  @Test(
    "A quiet interface still gives a batch in time, and a duration ends it",
    .enabled(if: mayCapture, "capturing is not permitted here"), .timeLimit(.minutes(1)))
  func quiet() throws {
    var options = LiveOptions()
    options.duration = 700_000_000
    let source = try LiveSource(
      interface: "lo", filter: "udp dst port 45003", options: options,
      interruption: try Interruption())
    var ticks = 0
    while let batch = try source.nextBatch() {
      #expect(batch.frames.isEmpty)
      ticks += 1
    }
    #expect(ticks >= 3)
  }

  @Test(
    "The filter of live captures compiles for every link type it is made for",
    arguments: [LinkType.ethernet, .raw, .linuxCooked, .linuxCooked2, .null])
  func defaultFilter(linkType: LinkType) throws {
    var capture = CaptureBuilder()
    capture.pcapHeader(linkType: UInt32(linkType.rawValue))
    capture.pcapRecord([UInt8](repeating: 0, count: 80))
    let read = try ReadCapture(capture.bytes, filter: LiveSource.defaultFilter(for: linkType))
    #expect(read.frames.isEmpty)
  }

  @Test("The filter of live captures passes ESP, plain and behind VLAN tags, and not DNS")
  func defaultFilterPasses() throws {
    let addresses = [UInt8](repeating: 2, count: 12)
    let esp: [UInt8] =
      [0x45, 0, 0, 28, 0, 0, 0, 0, 64, 50, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2]
      + [0, 0, 0, 1, 0, 0, 0, 1]
    var dns = esp
    dns[9] = 17
    dns.replaceSubrange(20..<24, with: [0, 53, 0, 53])
    var capture = CaptureBuilder()
    capture.pcapHeader()
    capture.pcapRecord(addresses + [8, 0] + esp)
    capture.pcapRecord(addresses + [0x81, 0, 0, 5, 8, 0] + esp)
    capture.pcapRecord(addresses + [0x81, 0, 0, 5, 0x81, 0, 0, 6, 8, 0] + esp)
    capture.pcapRecord(addresses + [8, 0] + dns)
    let read = try ReadCapture(capture.bytes, filter: LiveSource.defaultFilter(for: .ethernet))
    #expect(read.frames.map(\.number) == [1, 2, 3])
  }

  @Test(
    "An interface that goes away is an error, after everything that was captured",
    .enabled(if: mayMakeInterfaces, "making interfaces is not permitted here"),
    .timeLimit(.minutes(1)))
  func interfaceGone() throws {
    #expect(shell("ip link add ikst0 type veth peer name ikst1"))
    defer { shell("ip link del ikst0") }
    #expect(shell("ip link set ikst0 up && ip link set ikst1 up"))
    let source = try LiveSource(
      interface: "ikst1", filter: "", interruption: try Interruption())
    var frames = 0
    Thread.sleep(forTimeInterval: 1)
    #expect(shell("ip link del ikst0"))
    let error = #expect(throws: CaptureError.self) {
      while let batch = try source.nextBatch() { frames += batch.frames.count }
    }
    #expect(frames > 0)
    guard case .interfaceLost(let name, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(name == "ikst1")
    #expect(try source.nextBatch() == nil)
  }

  /// The sender of the tests: beside the test bundle.
  static let sender = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "replay").path

  @Test(
    "Under a replay at full speed every frame is captured and written, or counted as dropped",
    .enabled(if: mayMakeInterfaces, "making interfaces is not permitted here"),
    .timeLimit(.minutes(1)))
  func replay() throws {
    let count = 20_000
    try WriterTests.withFolder { folder in
      var capture = CaptureBuilder()
      capture.pcapHeader()
      let header: [UInt8] = [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 0x88, 0xb5]
      for number in 0..<count {
        let digits = [UInt8(number >> 16), UInt8(number >> 8 & 255), UInt8(number & 255)]
        capture.pcapRecord(header + digits + [UInt8](repeating: 0, count: 200))
      }
      try Data(capture.bytes).write(to: URL(filePath: folder + "/sent.pcap"))
      #expect(shell("ip link add ikst2 type veth peer name ikst3"))
      defer { shell("ip link del ikst2") }
      #expect(shell("ip link set ikst2 up && ip link set ikst3 up"))

      var options = LiveOptions()
      options.duration = 20_000_000_000
      let interruption = try Interruption()
      let source = try LiveSource(
        interface: "ikst3", filter: "ether proto 0x88b5", options: options,
        interruption: interruption)
      let writer = try PcapWriter(
        path: folder + "/seen.pcap", linkType: source.linkType, mode: .direct)
      #expect(shell("'\(Self.sender)' ikst2 \(folder)/sent.pcap > /dev/null &"))
      while let batch = try source.nextBatch() {
        for frame in batch.frames { try writer.write(frame, of: batch.bytes) }
        try writer.flush()
        let seen = source.captures[0]
        if seen.frames + seen.dropped >= count { interruption.raise() }
      }
      try writer.close()
      let summary = source.captures[0]
      #expect(summary.frames > 0)
      #expect(summary.frames + summary.dropped == count)
      let written = try ReadCapture(openCaptures([folder + "/seen.pcap"]))
      #expect(written.frames.count == summary.frames)
      #expect(written.summary.warnings.isEmpty)
    }
  }
}

@Suite("Privileges")
struct PrivilegeTests {
  @Test(
    "Root's privileges are given up for good",
    .enabled(if: geteuid() == 0, "this is not root"))
  func givenUp() async {
    await #expect(processExitsWith: .exitCode(42)) {
      try dropPrivileges()
      let isHarmless =
        getuid() != 0 && geteuid() != 0 && getgid() != 0 && setuid(0) != 0 && seteuid(0) != 0
        && setgid(0) != 0
      // Root could write there.
      let file = try? OutputFile(path: "/ikescope-test", mode: .direct)
      exit(isHarmless && file == nil ? 42 : 1)
    }
  }

  @Test(
    "A user that is not there, or is root, is refused",
    .enabled(if: geteuid() == 0, "this is not root"))
  func refused() {
    for user in ["no-such-user", "root"] {
      let error = #expect(throws: CaptureError.self) { try dropPrivileges(to: user) }
      #expect(error?.exitCode == 77)
    }
    #expect(geteuid() == 0)
  }
}
