import Bytes
import Foundation
import TestSupport
import Testing

@testable import Capture

@Suite("Public captures")
struct CorpusTests {
  struct Entry: CustomTestStringConvertible, Sendable {
    var path: String
    var packets: Int
    var testDescription: String { path }
  }

  static let folder = SharedMaterial.folder("corpus")

  /// The manifest's captures with the frame count that its owners' tools give.
  static let entries: [Entry] = {
    guard let folder,
      let text = try? String(contentsOf: folder.appending(path: "MANIFEST.tsv"), encoding: .utf8)
    else { return [] }
    return text.split(separator: "\n").dropFirst().compactMap { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard fields.count > 4, let packets = Int(fields[4]) else { return nil }
      return Entry(path: String(fields[0]), packets: packets)
    }
  }()

  @Test(
    "Every capture gives as many frames as its manifest says",
    .enabled(if: folder != nil, "the public captures are not beside this checkout"))
  func frameCounts() throws {
    #expect(Self.entries.count > 100)
    for entry in Self.entries {
      guard let path = Self.folder?.appending(path: entry.path).path else { continue }
      let read = try ReadCapture(try openCaptures([path]))
      #expect(read.frames.count == entry.packets, "\(entry.path): \(read.summary.warnings)")
    }
  }
}
