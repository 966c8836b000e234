import Foundation
import Testing

/// What an enemy, or a careless administrator, may put wherever text can stand.
enum HostileText {
  static let all: [[UInt8]] = [
    Array("\u{1b}[31mred\u{1b}[0m".utf8),
    Array("\u{1b}]0;title\u{7}".utf8),
    Array("\u{1b}]8;;http://192.0.2.1/\u{1b}\\link".utf8),
    Array("\u{1b}[2J\u{1b}[H\u{1b}c".utf8),
    Array("\r\nikescope: all is well\r\n".utf8),
    Array("a\0b\u{8}\u{8}\u{7f}\t".utf8),
    // C1 controls, as UTF-8 and as the bare byte that old terminals obey.
    Array("\u{9b}31m\u{85}".utf8),
    [0x9b, 0x33, 0x31, 0x6d, 0x90, 0x9d],
    // Turned around: marks, embeddings, isolates.
    Array("\u{202e}drowssap\u{202c}\u{2066}x\u{2069}\u{200f}\u{61c}".utf8),
    // Seen by nobody: zero width, byte order mark, soft hyphen, tags.
    Array("a\u{200b}b\u{200d}c\u{feff}d\u{ad}e\u{2060}f\u{180e}g\u{e0001}\u{e0041}".utf8),
    Array("\u{2028}line\u{2029}\u{a0}\u{3000}".utf8),
    Array("\u{e000}\u{fffe}\u{10ffff}".utf8),
    // Not UTF-8: stray bytes, an overlong NUL, a surrogate, beyond Unicode, cut short.
    [0xff, 0xfe, 0xc0, 0x80, 0xed, 0xa0, 0x80, 0xf5, 0x80, 0xe2, 0x82],
    Array("<script>alert(1)</script>&lt;\"'><img src=x onerror=y>".utf8),
    Array("\"}],\"findings\":[],\"x\":[{\"\\u0000\\\"".utf8),
    Array("%s%n%x ${HOME} $(id) `id` ; | &".utf8),
    Array(("Z" + String(repeating: "\u{301}\u{489}", count: 40)).utf8),
    Array((String(repeating: "very long ", count: 50) + "\u{1b}[5m").utf8),
    [UInt8](repeating: 0, count: 64),
    [],
  ]

  /// What is wrong with an output: bytes and characters that must never be in one.
  static func rawPieces(_ output: Data, allowing: String = "\n") -> [String] {
    guard let text = String(validating: output, as: UTF8.self) else { return ["not UTF-8"] }
    return rawPieces(text, allowing: allowing)
  }

  /// The same of the strings in JSON, all of whose escapes are undone.
  static func rawPieces(json value: Any) -> [String] {
    switch value {
    case let text as String: rawPieces(text)
    case let list as [Any]: list.flatMap { rawPieces(json: $0) }
    case let members as [String: Any]:
      members.flatMap { rawPieces($0.key) + rawPieces(json: $0.value) }
    default: []
    }
  }

  static func rawPieces(_ text: String, allowing: String = "") -> [String] {
    var found: [String] = []
    var before: [Unicode.Scalar] = []
    for scalar in text.unicodeScalars {
      if isHarmful(scalar), !allowing.unicodeScalars.contains(scalar) {
        let near = String(String.UnicodeScalarView(before.suffix(40)))
        found.append("U+\(String(scalar.value, radix: 16)) behind '\(near)'")
      }
      before.append(scalar)
    }
    return found
  }

  private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7f }
    return switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      true
    default: false
    }
  }
}

extension HostileText {
  /// Names of files and words of the command line, as a shell's glob over hostile files gives them.
  static let names = all.compactMap { text -> String? in
    guard !text.isEmpty, !text.contains(0), !text.contains(UInt8(ascii: "/")), text.count < 200
    else { return nil }
    return String(validating: text, as: UTF8.self)
  }

  /// Runs the program and holds everything that it prints to the rule.
  @discardableResult
  static func clean(
    _ arguments: [String], status: ClosedRange<Int32> = 0...1, allowing: String = "\n",
    _ location: SourceLocation = #_sourceLocation
  ) throws -> Program.Outcome {
    let outcome = try Program.run(arguments)
    let name = "\(arguments.prefix(6))"
    #expect(status.contains(outcome.status), "\(name): \(outcome.errors)", sourceLocation: location)
    let raw = rawPieces(outcome.output, allowing: allowing)
    #expect(raw.isEmpty, "\(name): \(raw.count): \(raw.prefix(4))", sourceLocation: location)
    let said = rawPieces(outcome.errors, allowing: "\n")
    #expect(said.isEmpty, "\(name): \(said.prefix(4))", sourceLocation: location)
    return outcome
  }
}
