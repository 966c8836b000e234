import Bytes
import Foundation
import ISAKMP
import Registries
import TestSupport
import Testing

private let lab = SharedMaterial.folder("captures/lab")
private let vectors = SharedMaterial.folder("corpus/vectors")

private func captures(_ folder: URL?) -> [URL] {
  guard let folder else { return [] }
  let all = try? FileManager.default.contentsOfDirectory(
    at: folder, includingPropertiesForKeys: nil)
  return (all ?? []).filter { $0.pathExtension == "pcap" }
    .sorted { $0.lastPathComponent < $1.lastPathComponent }
}

@Suite("Messages of real daemons")
struct SharedCaptureTests {
  @Test(
    "are sound, but for those that were fragmented by IP",
    .enabled(if: lab != nil, "no shared captures here"))
  func labIsSound() throws {
    var count = 0
    for url in captures(lab) {
      for captured in try capturedMessages(url) {
        count += 1
        let place = "\(url.lastPathComponent) frame \(captured.frame)"
        let message = try #require(parsed(captured.bytes), "\(place)")
        #expect(message.malformed == nil, "\(place): \(String(describing: message.malformed))")
        #expect(message.oddities.isEmpty, "\(place): \(message.oddities)")
        #expect(checkInvariants(message.payloads, within: captured.bytes.count), "\(place)")
        #expect(message.payloads.filter(\.isUnknown).isEmpty, "\(place)")
      }
    }
    #expect(count > 800)
  }

  @Test(
    "cut after every thirteenth byte, or with bytes changed, are survived",
    .enabled(if: lab != nil, "no shared captures here"))
  func labIsSurvived() throws {
    var seen: Set<[UInt8]> = []
    var generator = SeededGenerator(state: 7)
    for url in captures(lab) {
      for captured in try capturedMessages(url).prefix(8) {
        // The same shape once: first payload, exchange, flags, length.
        let shape = Array(captured.bytes[16..<20] + captured.bytes[24..<28])
        guard seen.insert(shape).inserted else { continue }
        for count in stride(from: 0, to: captured.bytes.count, by: 13) {
          #expect(survives(Array(captured.bytes[..<count])), "\(url.lastPathComponent) \(count)")
        }
        var bytes = captured.bytes
        for _ in 0..<20 {
          bytes[Int.random(in: 28..<bytes.count, using: &generator)] = UInt8.random(
            in: 0...255, using: &generator)
          #expect(survives(bytes), "\(url.lastPathComponent): \(hexadecimal(bytes))")
        }
      }
    }
    #expect(seen.count > 20)
  }

  @Test(
    "published as vectors are sound", .enabled(if: vectors != nil, "no shared vectors here"),
    arguments: [
      ("rusticata-ike-sa-init-req.bin", "[ SA KE No"),
      ("rusticata-ike-sa-init-resp.bin", "[ SA KE No"), ("ancwrd1-mm.bin", "[ SA"),
    ])
  func vector(name: String, start: String) throws {
    let url = try #require(vectors).appending(path: name)
    let bytes = [UInt8](try Data(contentsOf: url))
    let message = try #require(parsed(bytes))
    #expect(message.malformed == nil)
    #expect(message.notation().hasPrefix(start), "\(message.notation())")
    for count in bytes.indices { #expect(survives(Array(bytes[..<count]))) }
  }
}
