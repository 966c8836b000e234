import Foundation
import Keys
import Reporting
import TestSupport
import Testing

/// `UPDATE_GOLDEN=1 swift test --filter Golden` rewrites the files in `Goldens/`.
@Suite("Golden timelines")
struct GoldenTests {
  private static let folder = SharedMaterial.root.appending(path: "Tests/AnalysisTests/Goldens")
  private static let isUpdating = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil

  @Test("a capture alone gives its golden timeline", arguments: LabelledCapture.own)
  func bare(capture: LabelledCapture) throws {
    try check(capture, keys: KeyMaterial(), golden: "\(capture.name).json")
  }

  @Test(
    "a capture with its keys gives its golden timeline",
    arguments: LabelledCapture.own.filter { $0.has("keys.json") })
  func opened(capture: LabelledCapture) throws {
    try check(capture, keys: capture.keys(), golden: "\(capture.name).keys.json")
  }

  @Test("there is a golden timeline for at least 15 captures, and none without its capture")
  func complete() throws {
    #expect(LabelledCapture.own.count >= 15)
    let names = Set(LabelledCapture.own.map(\.name))
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    for file in files.sorted() {
      let name = file.replacingOccurrences(of: ".keys.json", with: "")
        .replacingOccurrences(of: ".json", with: "")
      #expect(names.contains(name), "\(file) belongs to no capture")
    }
  }

  private func check(_ capture: LabelledCapture, keys: KeyMaterial, golden: String) throws {
    let json = try document([capture.path], keys: keys, root: SharedMaterial.root.path)
    try validate(json)
    let text = PrettyJSON(json).text
    let file = Self.folder.appending(path: golden)
    if Self.isUpdating {
      try text.write(to: file, atomically: true, encoding: .utf8)
      return
    }
    let wanted = try String(contentsOf: file, encoding: .utf8)
    #expect(firstDifference(text, wanted) == nil, "\(golden)")
  }

  private func validate(_ json: String) throws {
    var validator = try SchemaValidator(TimelineSchema.text)
    validator.refusesUnnamed = true
    let value = try JSONSerialization.jsonObject(with: Data(json.utf8))
    #expect(validator.problems(value, definition: "Timeline") == [])
  }

  /// The first line that differs, as a person wants to read it; nil for equal texts.
  private func firstDifference(_ text: String, _ wanted: String) -> String? {
    guard text != wanted else { return nil }
    let (mine, golden) = (text.split(separator: "\n"), wanted.split(separator: "\n"))
    for index in 0..<max(mine.count, golden.count) {
      let now = index < mine.count ? String(mine[index]) : "(the end)"
      let was = index < golden.count ? String(golden[index]) : "(the end)"
      if now != was { return "line \(index + 1)\n  golden: \(was)\n  now:    \(now)" }
    }
    return "they differ in empty lines"
  }
}

@Suite("JSON laid out for people")
struct PrettyJSONTests {
  @Test(
    "keeps order, spelling and strings",
    arguments: [
      (#"{"b":1,"a":[true,null]}"#, "{\"b\": 1, \"a\": [true, null]}\n"),
      (#"{"t":"a,b:{\"c\\"}"#, "{\"t\": \"a,b:{\\\"c\\\\\"}\n"),
      ("[]", "[]\n"),
    ])
  func short(json: String, wanted: String) {
    #expect(PrettyJSON(json).text == wanted)
  }

  @Test("breaks what does not fit on a line")
  func long() {
    let word = String(repeating: "x", count: 60)
    let text = PrettyJSON(#"{"a":["\#(word)","\#(word)"],"b":{"c":-1.5}}"#).text
    #expect(text == "{\n \"a\": [\n  \"\(word)\",\n  \"\(word)\"\n ],\n \"b\": {\"c\": -1.5}\n}\n")
  }
}
