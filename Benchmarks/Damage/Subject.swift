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
  let name: String
  let bytes: [UInt8]
  private let frames: CaptureBytes
  private let keys: KeyMaterial
  private let configurations: [CryptoConfiguration]
  private let target: OutputTarget

  init(_ capture: URL) throws {
    let name = String(capture.lastPathComponent.dropLast(".pcap".count))
    self.name = name
    bytes = try [UInt8](Data(contentsOf: capture))
    frames = try CaptureBytes(capture.path)
    let folder = capture.deletingLastPathComponent()
    let keyFile = try? Data(contentsOf: folder.appending(path: "\(name).keys.json"))
    keys = keyFile.map { KeyFileReader.read(Array($0), file: name) } ?? KeyMaterial()
    configurations = ["asa", "ios"].compactMap { dialect in
      let file = folder.appending(path: "\(name).\(dialect).cfg")
      guard let text = try? Data(contentsOf: file) else { return nil }
      return try? CryptoConfiguration(parsing: Array(text), path: file.path, dialect: nil)
    }
    target = try OutputTarget(file: "/dev/null")
  }

  /// The project's captures.
  static func all() -> [Subject] {
    let folder = SharedMaterial.captures
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".pcap") }.sorted()
      .compactMap { try? Subject(folder.appending(path: $0)) }
  }

  /// The first `count` bytes.
  func analyseCut(_ count: Int) {
    guard let source = try? openCapture(bytes: Array(bytes[..<count])) else { return }
    analyse(source, number: count)
  }

  /// Damage that its number decides: to the bytes of the file, or to what the frames carry.
  func analyseMutation(_ number: Int) {
    var random = SeededGenerator(seed: UInt64(number) &* 0x1_0001 &+ UInt64(bytes.count))
    if number & 1 == 0 {
      guard let source = try? openCapture(bytes: damaged(bytes, &random)) else { return }
      analyse(source, number: number >> 1)
    } else {
      var copy = frames
      for _ in 0..<Int.random(in: 1...4, using: &random) { copy.damage(&random) }
      analyse(copy.source, number: number >> 1)
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
}
