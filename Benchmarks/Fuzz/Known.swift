import CiscoConfig
import Foundation
import Keys
import Policy

@testable import Capture

/// The folder with the project's captures; `run` starts the program at the checkout's top.
private let folder = URL(filePath: "Captures")

func files(_ ending: String) -> [URL] {
  let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
  return names.filter { $0.hasSuffix(ending) }.sorted().map { folder.appending(path: $0) }
}

/// The keys of all captures, so that what the seeds hold is opened.
let knownKeys: KeyMaterial = {
  var keys = KeyMaterial()
  for file in files(".keys.json") {
    if let text = try? Data(contentsOf: file) {
      keys.add(KeyFileReader.read(Array(text), file: file.path))
    }
  }
  return keys
}()

/// An opener for every kind of cipher among them.
nonisolated(unsafe) let openers: [ESPOpener] = {
  var seen: Set<String> = []
  return knownKeys.childSAs.filter {
    seen.insert("\($0.encryption ?? "") \($0.integrity ?? "")").inserted
  }.compactMap { try? ESPOpener($0) }
}()

/// A configuration to ask.
let knownPolicy: PolicyEngine? = files("mix-8-peers.asa.cfg").first.flatMap {
  guard let text = try? Data(contentsOf: $0),
    let configuration = try? CryptoConfiguration(
      parsing: Array(text), path: "asa.cfg", dialect: nil)
  else { return nil }
  return PolicyEngine(configuration)
}

/// A file in memory as a stream.
final class MemoryFile: ByteStream {
  private let bytes: [UInt8]
  private var position = 0
  var damage: String? { nil }

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  func read(into block: inout OutputSpan<UInt8>) throws(CaptureError) -> Int {
    let count = min(block.freeCapacity, bytes.count - position)
    for index in position..<position + count { block.append(bytes[index]) }
    position += count
    return count
  }

  /// The frames of a capture file in memory.
  static func source(_ bytes: [UInt8]) throws(CaptureError) -> any FrameSource {
    let stream = MemoryFile(bytes)
    let start = try head(of: stream, count: PcapParser.fileHeaderLength)
    return try fileSource(
      of: stream, head: start, CaptureSummary(path: "memory", format: .pcap, compression: .none),
      filter: nil)
  }
}
