import Foundation
import TestSupport
import Testing
import Timeline

/// Captures of other projects, which are not in this one: those beside the checkout, and those in
/// the folders named in `IKESCOPE_CORPUS`.
private let captures: [URL] = {
  let named = ProcessInfo.processInfo.environment["IKESCOPE_CORPUS"] ?? ""
  let folders =
    [SharedMaterial.folder("corpus")].compactMap { $0 }
    + named.split(separator: ":").map { URL(filePath: String($0)) }
  let endings = [".pcap", ".pcapng", ".cap", ".pcap.gz", ".pcapng.gz", ".snoop"]
  return folders.flatMap { folder in
    let names = FileManager.default.enumerator(atPath: folder.path)?.allObjects ?? []
    return names.compactMap { $0 as? String }.sorted()
      .filter { name in endings.contains { name.hasSuffix($0) } }
      .map { folder.appending(path: $0) }
  }
}()

private let tshark = ["/usr/bin/tshark", "/usr/local/bin/tshark"].first {
  FileManager.default.isExecutableFile(atPath: $0)
}

/// A capture with what its corpus's list says of it.
struct ListedCapture: Sendable, CustomTestStringConvertible {
  var url: URL
  var ike: Int
  var esp: Int

  var testDescription: String { url.lastPathComponent }
}

/// The captures of `MANIFEST.tsv`; its seventh column has what tshark found in them.
private let listed: [ListedCapture] = {
  guard let folder = SharedMaterial.folder("corpus"),
    let list = try? String(contentsOf: folder.appending(path: "MANIFEST.tsv"), encoding: .utf8)
  else { return [] }
  return list.split(separator: "\n").dropFirst().compactMap { line in
    let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
    guard fields.count > 6 else { return nil }
    let url = folder.appending(path: String(fields[0]))
    guard captures.contains(where: { $0.path == url.path }) else { return nil }
    let ike = fields[6].firstMatch(of: /IKE v[^|]*? (\d+) msgs/).flatMap { Int($0.1) }
    let esp = fields[6].firstMatch(of: /ESP (\d+) pkts/).flatMap { Int($0.1) }
    return ListedCapture(url: url, ike: ike ?? 0, esp: esp ?? 0)
  }
}()

@Suite(
  "Public captures",
  .enabled(if: !captures.isEmpty, "no corpus of captures is beside the checkout"))
struct CorpusTests {
  /// Captures in which the dissector counts otherwise, and why.
  private static let known: [String: String] = [
    "ikev1_id_ipv6_addr_subnet-oobr.pcap":
      "a fuzzer's bytes behind port 500: exchange type, flags and length are none that exist",
    "isakmp-various-oobr.pcap":
      "a fuzzer's bytes behind port 500: exchange type, flags and length are none that exist",
    "lp106-v1rwnatM3.pcap":
      "IKE on port 4500 without its marker is IKE by all its fields; tshark takes it for ESP",
    "lp108-v1rwnatQI1.pcap":
      "IKE on port 4500 without its marker is IKE by all its fields; tshark takes it for ESP",
  ]

  @Test("each is read to its end, in time", arguments: captures)
  func read(url: URL) throws {
    let clock = ContinuousClock()
    let start = clock.now
    let got = try Analysed([url.path])
    #expect(clock.now - start < .seconds(20))
    let capture = try #require(got.timeline.captures.first)
    let counts = capture.counts
    for count in [counts.ike, counts.esp, counts.ah, counts.malformed, counts.other] {
      #expect((0...capture.frames).contains(count))
    }
  }

  @Test("frames with IKE and ESP are as many as its list says", arguments: listed)
  func likeList(entry: ListedCapture) throws {
    let got = try Analysed([entry.url.path])
    let agrees = got.counts.ike == entry.ike && got.counts.esp == entry.esp
    #expect(
      agrees == (Self.known[entry.url.lastPathComponent] == nil),
      "IKE \(got.counts.ike), listed \(entry.ike); ESP \(got.counts.esp), listed \(entry.esp)")
  }

  @Test(
    "frames with IKE and ESP are those that tshark finds",
    .enabled(
      if: tshark != nil && ProcessInfo.processInfo.environment["IKESCOPE_SOAK"] != nil,
      "compared in the long run alone, and where tshark is installed"), arguments: captures)
  func likeDissector(url: URL) throws {
    let protocols = try frameProtocols(url)
    let ike = protocols.filter { $0.contains(":isakmp") }.count
    let esp = protocols.filter {
      ($0.components(separatedBy: ":icmp").first ?? "").contains(":esp")
    }.count
    let got = try Analysed([url.path])
    #expect(got.timeline.captures.first?.frames == protocols.count)
    let agrees = got.counts.ike == ike && got.counts.esp == esp
    #expect(
      agrees == (Self.known[url.lastPathComponent] == nil),
      "IKE \(got.counts.ike), tshark \(ike); ESP \(got.counts.esp), tshark \(esp)")
  }

  /// The chain of protocols of every frame.
  private func frameProtocols(_ url: URL) throws -> [Substring] {
    let process = Process()
    process.executableURL = URL(filePath: tshark ?? "")
    process.arguments = ["-n", "-r", url.path, "-T", "fields", "-e", "frame.protocols"]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: output, as: UTF8.self).split(separator: "\n")
  }
}
