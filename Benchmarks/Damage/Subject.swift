import Analysis
import Capture
import CiscoConfig
import Foundation
import Keys
import Reporting
import TestSupport
import Timeline

/// A capture to be damaged, with the keys and the configuration that belong to it.
final class Subject {
  /// What is done with what was damaged.
  enum Kind: CustomStringConvertible {
    /// It is analysed, with and without keys and configuration, to each kind of report.
    case alone
    /// It is analysed with keys and so many threads, and again with one.
    case threads(Int)
    /// It is analysed together with other captures, damaged as well, so many in all.
    case merged(Int)

    var description: String {
      switch self {
      case .alone: "alone"
      case .threads(let count): "jobs-\(count)"
      case .merged(let count): "merge-\(count)"
      }
    }
  }

  let name: String
  let bytes: [UInt8]
  private let kind: Kind
  private let folder: URL
  private let frames: CaptureBytes
  private let others: [[UInt8]]
  private let keys: KeyMaterial
  private let configurations: [CryptoConfiguration]
  private let target: OutputTarget

  init(_ name: String, kind: Kind, folder: URL) throws {
    let file = { (suffix: String) in SharedMaterial.captures.appending(path: "\(name).\(suffix)") }
    self.name = name
    self.kind = kind
    self.folder = folder
    bytes = try [UInt8](Data(contentsOf: file("pcap")))
    frames = try CaptureBytes(file("pcap").path)
    if case .merged = kind {
      others = try Self.names().map {
        try [UInt8](Data(contentsOf: SharedMaterial.captures.appending(path: "\($0).pcap")))
      }
    } else {
      others = []
    }
    let keyFile = try? Data(contentsOf: file("keys.json"))
    keys = keyFile.map { KeyFileReader.read(Array($0), file: name) } ?? KeyMaterial()
    configurations = ["asa", "ios"].compactMap { dialect in
      guard let text = try? Data(contentsOf: file("\(dialect).cfg")) else { return nil }
      return try? CryptoConfiguration(
        parsing: Array(text), path: file("\(dialect).cfg").path, dialect: nil)
    }
    target = try OutputTarget(file: "/dev/null")
  }

  /// The names of the project's captures.
  static func names() -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: SharedMaterial.captures.path)
    return (names ?? []).filter { $0.hasSuffix(".pcap") }.map { String($0.dropLast(5)) }.sorted()
  }

  /// The first `count` bytes.
  func analyseCut(_ count: Int) {
    analyse(number: count, Array(bytes[..<count]))
  }

  /// Damage that its number decides: to the bytes of the file, or to what the frames carry.
  func analyseMutation(_ number: Int) {
    var random = SeededGenerator(seed: UInt64(number) &* 0x1_0001 &+ UInt64(bytes.count))
    if number & 1 == 0 {
      analyse(number: number >> 1, damaged(bytes, &random))
    } else {
      var copy = frames
      for _ in 0..<Int.random(in: 1...4, using: &random) { copy.damage(&random) }
      if case .alone = kind {
        analyse(copy.source, number: number >> 1)
      } else {
        analyse(number: number >> 1, copy.pcap)
      }
    }
  }

  private func analyse(number: Int, _ file: [UInt8]) {
    switch kind {
    case .alone:
      guard let source = try? openCapture(bytes: file) else { return }
      analyse(source, number: number)
    case .threads(let count):
      compare(file, threads: count, number: number)
    case .merged(let count):
      merge(file, count, number: number)
    }
  }

  /// With and without keys and configuration, to each kind of report in turn.
  private func analyse(_ source: any FrameSource, number: Int) {
    var options = AnalysisOptions()
    if number % 2 == 0 { options.keys = keys }
    if number % 4 < 2 { options.configurations = configurations }
    options.verbose = number % 3 == 0
    options.diagnosesMeanwhile = number % 5 == 0
    if number % 7 == 0 { options.opened = { _ = $0.comment } }
    let sink: any TimelineSink =
      switch number % 3 {
      case 0: JSONReport(target: target)
      case 1: NDJSONReport(target: target)
      default: TextReport(target: target, options: TextOptions())
      }
    try? Analyzer(options: options, sink: sink).run(source)
  }

  /// With keys, in batches so short that packets are opened ahead.
  private func compare(_ file: [UInt8], threads: Int, number: Int) {
    let reports = [1, threads].compactMap { jobs -> Data? in
      let path = folder.appending(path: "\(jobs).json")
      guard let source = try? openCapture(bytes: file),
        let target = try? OutputTarget(file: path.path, appearsWhole: false)
      else { return nil }
      var options = AnalysisOptions()
      options.keys = keys
      options.jobs = jobs
      let analyzer = Analyzer(options: options, sink: JSONReport(target: target))
      try? analyzer.run(ShortBatches(source, length: 1 + number % 16))
      try? target.finish()
      return try? Data(contentsOf: path)
    }
    if reports.count == 2, reports[0] != reports[1] {
      Watch.fail("\(threads) threads say something else than one: \(name), a half of \(number)")
    }
  }

  private func merge(_ file: [UInt8], _ count: Int, number: Int) {
    var random = SeededGenerator(seed: UInt64(number) &+ 77)
    var paths: [String] = []
    for index in 0..<count {
      let bytes = index == 0 ? file : damaged(others.randomElement(using: &random) ?? [], &random)
      let path = folder.appending(path: "\(index).pcap").path
      try? Data(bytes).write(to: URL(filePath: path))
      paths.append(path)
    }
    paths.shuffle(using: &random)
    guard let source = try? openCaptures(paths) else { return }
    analyse(source, number: number)
  }
}

/// The frames of a source, few at a time.
private final class ShortBatches: FrameSource {
  private let source: any FrameSource
  private let length: Int
  private var rest: FrameBatch?

  init(_ source: any FrameSource, length: Int) {
    self.source = source
    self.length = length
  }

  var captures: [CaptureSummary] { source.captures }

  func nextBatch() throws(CaptureError) -> FrameBatch? {
    if rest?.frames.isEmpty ?? true { rest = try source.nextBatch() }
    guard let batch = rest else { return nil }
    rest = FrameBatch(bytes: batch.bytes, frames: Array(batch.frames.dropFirst(length)))
    return FrameBatch(bytes: batch.bytes, frames: Array(batch.frames.prefix(length)))
  }
}
