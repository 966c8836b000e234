import Foundation
import Keys
import TestSupport
import Testing

/// A capture with what is known of it: `NAME.pcap`, `NAME.keys.json`, `NAME.truth.json`.
struct LabelledCapture: Sendable, CustomTestStringConvertible {
  var name: String
  var folder: URL

  var testDescription: String { name }

  /// The capture's path.
  var path: String { url("pcap").path }

  /// True where a file of the capture with that ending is there.
  func has(_ ending: String) -> Bool {
    FileManager.default.fileExists(atPath: url(ending).path)
  }

  func url(_ ending: String) -> URL { folder.appending(path: "\(name).\(ending)") }

  /// What is true of it.
  func truth() throws -> Truth {
    try JSONDecoder().decode(Truth.self, from: Data(contentsOf: url("truth.json")))
  }

  /// Its key material; of it only what a user's own file would hold, and without `omitted` parts.
  func keys(omitting omitted: [String] = []) throws -> KeyMaterial {
    let text = try Data(contentsOf: url("keys.json"))
    guard !omitted.isEmpty else { return KeyFileReader.read(Array(text), file: "keys.json") }
    var root = try #require(JSONSerialization.jsonObject(with: text) as? [String: Any])
    for part in omitted { root[part] = nil }
    let rest = try JSONSerialization.data(withJSONObject: root)
    return KeyFileReader.read(Array(rest), file: "keys.json")
  }

  /// The project's own captures.
  static let own = list(SharedMaterial.captures)

  /// Those with a truth file: the project's own, those beside the checkout, and those of the
  /// folders named in `IKESCOPE_CAPTURES`.
  static let withTruth: [LabelledCapture] = {
    var captures: [String: LabelledCapture] = [:]
    let named = ProcessInfo.processInfo.environment["IKESCOPE_CAPTURES"] ?? ""
    let further = named.split(separator: ":").map { URL(filePath: String($0)) }
    let folders = [SharedMaterial.captures, SharedMaterial.folder("captures/lab")]
    for folder in folders.compactMap({ $0 }) + further {
      for capture in list(folder) where capture.has("truth.json") {
        captures[capture.name] = captures[capture.name] ?? capture
      }
    }
    return captures.values.sorted { $0.name < $1.name }
  }()

  private static func list(_ folder: URL) -> [LabelledCapture] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".pcap") }.sorted().map {
      LabelledCapture(name: String($0.dropLast(5)), folder: folder)
    }
  }
}

/// What a truth file says, as far as tests hold the analysis to it.
struct Truth: Decodable {
  struct SA: Decodable {
    var spi: String
    var `protocol`: String
    var encryption: String
    var integrity: String
    var ts_src: [String]
    var ts_dst: [String]
    var pfs_group: String?

    var hasPFS: Bool { !(pfs_group ?? "").isEmpty }
  }

  struct Flow: Decodable {
    var src: String
    var dst: String
    var `protocol`: String
    var src_port: Int?
    var dst_port: Int?
    var packets: Int
  }

  var root_cause: String
  var lossy: Bool?
  var expected_sas: [SA]
  var flows: [Flow]
}
