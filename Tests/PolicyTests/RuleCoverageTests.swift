import Foundation
import TestSupport
import Testing

@testable import Policy

@Suite("Rules and their tests")
struct RuleCoverageTests {
  /// Rules by the own cases and the tests that name them.
  private static let named: [String: [String]] = {
    var result: [String: [String]] = [:]
    for policyCase in PolicyCases.own {
      for rule in policyCase.rules { result[rule, default: []].append(policyCase.id) }
    }
    let pattern = /(?:[AIX]-[A-Z]+|M|S-TRAP)-\d+/
    for (name, text) in sources {
      let lines = text.split(separator: "\n").filter {
        $0.contains("@Test(\"") || $0.contains("    \"")
      }
      for line in lines {
        for match in line.matches(of: pattern) {
          result[String(match.output), default: []].append(name)
        }
      }
    }
    return result
  }()

  /// The texts of this folder's tests, but for the table itself.
  private static var sources: [(name: String, text: String)] {
    let folder = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    let files =
      (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil))
      ?? []
    return files.filter { $0.lastPathComponent.hasSuffix("Tests.swift") }
      .compactMap { file in
        (try? String(contentsOf: file, encoding: .utf8)).map { (file.lastPathComponent, $0) }
      }
  }

  @Test("every rule has a test that names it, or a reason why there is none")
  func coverage() {
    for rule in RuleTable.rules {
      let tests = Self.named[rule] ?? []
      let reason = RuleTable.untested[rule]
      #expect(!tests.isEmpty || reason != nil, "\(rule) has neither a test nor a reason")
      #expect(tests.isEmpty || reason == nil, "\(rule) has a test and a reason why it has none")
    }
  }

  @Test("no case names a rule that does not exist")
  func unknownRules() {
    let known = Set(RuleTable.rules)
    for policyCase in PolicyCases.own {
      #expect(Set(policyCase.rules).isSubset(of: known), "\(policyCase.id)")
    }
    #expect(Set(RuleTable.untested.keys).isSubset(of: known))
  }

  @Test("the verdicts name rules that exist")
  func citedRules() throws {
    let known = Set(RuleTable.rules)
    for policyCase in PolicyCases.own where policyCase.text != nil {
      let engine = PolicyEngine(try policyCase.configuration())
      for finding in engine.findings { #expect(known.contains(finding.rule), "\(finding.code)") }
      guard Query.kinds.contains(policyCase.kind) else { continue }
      let verdict = engine.answer(try Query(policyCase.input))
      #expect(Set(verdict.rules).isSubset(of: known), "\(policyCase.id): \(verdict.rules)")
    }
  }

  @Test("the table of rules without a test is printed")
  func table() {
    let rows = RuleTable.rules.compactMap { rule in
      RuleTable.untested[rule].map {
        "  \(rule.padding(toLength: 11, withPad: " ", startingAt: 0))\($0)"
      }
    }
    print("Rules without a test (\(rows.count) of \(RuleTable.rules.count)):")
    print(rows.joined(separator: "\n"))
    #expect(rows.count == RuleTable.untested.count)
  }
}
