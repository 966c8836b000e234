import Foundation
import TestSupport
import Testing

@testable import CiscoConfig
@testable import Policy

/// One case of the form `policy-case/1`: configurations, a question, and what is expected.
struct PolicyCase: Sendable, CustomTestStringConvertible {
  let id: String
  let title: String
  let rules: [String]
  let platform: String
  let configs: [String: String]
  let input: JSONValue
  var expect: [String: JSONValue]

  var testDescription: String { "\(id): \(title)" }

  init?(_ value: JSONValue) {
    guard let fields = try? QueryFields(value), let id = try? fields.string("id"),
      case .object(let expect)? = fields["expect"], let input = fields["input"]
    else { return nil }
    self.id = id
    title = (try? fields.string("title")) ?? ""
    rules = (try? fields.strings("rules")) ?? []
    platform = (try? fields.string("platform")) ?? ""
    var configs: [String: String] = [:]
    if case .object(let texts)? = fields["configs"] {
      for case (let name, .string(let text)) in texts { configs[name] = text }
    }
    self.configs = configs
    self.input = input
    self.expect = expect
  }

  var kind: String { (try? QueryFields(input).string("kind")) ?? "" }

  /// True when questions of this kind can be asked.
  var isKnown: Bool { Query.kinds.contains(kind) || Self.ruleKinds.contains(kind) }

  var dialect: Dialect { platform.hasPrefix("ios") ? .ios : .asa }

  /// The text of the device that is asked.
  var text: String? {
    let device = try? QueryFields(input).string("device")
    return device.flatMap { configs[$0] } ?? configs.values.first
  }

  func configuration() throws -> CryptoConfiguration {
    try CryptoConfiguration(parsing: Array((text ?? "").utf8), path: "\(id).cfg", dialect: dialect)
  }
}

/// All cases that can be found: of the material beside the checkout, of the folders named by
/// `IKESCOPE_POLICY_EXAMPLES`, and the project's own.
enum PolicyCases {
  static let shared = found.filter(\.isKnown)
  /// Cases whose question has a form that is not known here.
  static let unknown = found.filter { !$0.isKnown }
  static let own = cases(in: [SharedMaterial.root.appending(path: "Tests/PolicyCases")])

  private static let found = cases(in: sharedFolders)

  private static var sharedFolders: [URL] {
    let named = ProcessInfo.processInfo.environment["IKESCOPE_POLICY_EXAMPLES"] ?? ""
    let extra = named.split(separator: ":").map { URL(filePath: String($0)) }
    return [SharedMaterial.folder("policy/examples")].compactMap { $0 } + extra
  }

  private static func cases(in folders: [URL]) -> [PolicyCase] {
    var result: [PolicyCase] = []
    for folder in folders {
      let files =
        (try? FileManager.default.contentsOfDirectory(
          at: folder.resolvingSymlinksInPath(), includingPropertiesForKeys: nil))
        ?? []
      for file in files.filter({ $0.pathExtension == "json" }).sorted(by: { $0.path < $1.path }) {
        guard let data = try? Data(contentsOf: file),
          let document = try? QueryFields(JSONValue(parsing: Array(data))),
          case .array(let cases)? = document["cases"]
        else { continue }
        result += cases.compactMap { PolicyCase($0) }
      }
    }
    return result
  }
}
