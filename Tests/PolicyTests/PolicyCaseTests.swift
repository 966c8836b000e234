import CiscoConfig
import TestSupport
import Testing

@testable import Policy

@Suite("Policy cases")
struct PolicyCaseTests {
  @Test(
    "every field that a case beside the checkout expects is answered so",
    .enabled(if: !PolicyCases.shared.isEmpty, "there are no policy cases beside the checkout"),
    arguments: PolicyCases.shared)
  func sharedCase(_ policyCase: PolicyCase) throws {
    let wrong = try policyCase.differences()
    #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
  }

  @Test("cases of kinds that are not known here are named")
  func unknownKinds() {
    for policyCase in PolicyCases.unknown {
      print("Policy case \(policyCase.id) is not asked: the kind \(policyCase.kind) is not known")
    }
    #expect(PolicyCases.shared.allSatisfy { $0.isKnown })
  }

  @Test("the own cases are there, and no two have one name")
  func ownCasesAreThere() {
    #expect(PolicyCases.own.count > 150)
    #expect(Set(PolicyCases.own.map(\.id)).count == PolicyCases.own.count)
  }

  @Test("every field that an own case expects is answered so", arguments: PolicyCases.own)
  func ownCase(_ policyCase: PolicyCase) throws {
    let wrong = try policyCase.differences()
    #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
  }
}

extension PolicyCaseTests {
  @Test(
    "an expectation that was altered is noticed, whichever field it is",
    .enabled(if: !PolicyCases.shared.isEmpty, "there are no policy cases beside the checkout"),
    arguments: PolicyCases.shared)
  func alteredCase(_ policyCase: PolicyCase) throws {
    for key in policyCase.expect.keys where !["why", "notes"].contains(key) {
      let isAsserted =
        key != "reason" || !["protect", "accept"].contains(policyCase.expectedVerdict)
      guard isAsserted else { continue }
      let altered = policyCase.altering(key)
      #expect(try !altered.differences().isEmpty, "\(policyCase.id) \(key)")
    }
  }
}

extension PolicyCase {
  fileprivate var expectedVerdict: String {
    if case .string(let word)? = expect["verdict"] { word } else { "" }
  }

  /// The case with another expectation for one field.
  fileprivate func altering(_ key: String) -> PolicyCase {
    var result = self
    result.expect[key] = expect[key]?.altered
    return result
  }
}

extension JSONValue {
  /// Another value of the same shape.
  fileprivate var altered: JSONValue {
    switch self {
    case .null: .string("something")
    case .bool(let value): .bool(!value)
    case .integer(let value): .integer(value &+ 1)
    case .number(let value): .number(value + 1)
    case .string(let text): .string(text + "x")
    case .array(let elements): .array(elements.map(\.altered))
    case .object(let fields): .object(fields.mapValues(\.altered))
    }
  }
}

extension PolicyCase {
  /// What is answered otherwise than expected, a line a field.
  func differences() throws -> [String] {
    guard let answer = try answer() else { return ["the kind \(kind) is not answered"] }
    return expect.sorted { $0.key < $1.key }.compactMap { key, wanted in
      difference(key, wanted, answer)
    }
  }

  private func answer() throws -> CaseFields? {
    guard Query.kinds.contains(kind) else { return try ruleAnswer() }
    let verdict = PolicyEngine(try configuration()).answer(try Query(input))
    return verdict.caseFields
  }

  private func difference(_ key: String, _ wanted: JSONValue, _ answer: CaseFields) -> String? {
    let got = answer[key] ?? .null
    let isRight: Bool
    switch key {
    case "reason":
      let verdict = expect["verdict"]
      isRight = verdict == .string("protect") || verdict == .string("accept") || got == wanted
    case "verdict_any":
      isRight = wanted.elements.contains(answer["verdict"] ?? .null)
    case "findings", "not_possible", "candidates":
      isRight = wanted.elements.allSatisfy { got.elements.contains($0) }
    case "findings_absent":
      isRight = wanted.elements.allSatisfy { answer["findings"]?.elements.contains($0) == false }
    case "findings_lines": isRight = includes(wanted, got)
    // For the sense, not for the letter.
    case "notes": isRight = !got.elements.isEmpty
    case "why": isRight = true
    case "transform_sets": isRight = sameSets(wanted, got)
    case "isakmp_policies", "crypto_maps", "interface_maps", "chosen", "nearest", "nat", "element":
      isRight = includes(wanted, got)
    default: isRight = matches(wanted, got)
    }
    return isRight ? nil : "\(id) \(key): wanted \(wanted.compact), got \(got.compact)"
  }

  /// Equal, nulls in lists not asserted.
  private func matches(_ wanted: JSONValue, _ got: JSONValue) -> Bool {
    guard case .array(let left) = wanted, case .array(let right) = got else { return wanted == got }
    guard left.count == right.count else { return false }
    return zip(left, right).allSatisfy { wanted, got in
      key(of: wanted) || matches(wanted, got)
    }
  }

  /// True for a null among answers, which says nothing; a null inside a tuple of a trail counts.
  private func key(of value: JSONValue) -> Bool {
    value == .null && ["valid", "peers_used"].contains { expect[$0] != nil }
  }

  /// Every member of the wanted object is in the other and equal, the order of lists apart.
  private func includes(_ wanted: JSONValue, _ got: JSONValue) -> Bool {
    guard case .object(let left) = wanted, case .object(let right) = got else {
      return wanted == got
    }
    return left.allSatisfy { key, value in right[key].map { includes(value, $0) } ?? false }
  }

  /// As above; the order of transforms has no meaning.
  private func sameSets(_ wanted: JSONValue, _ got: JSONValue) -> Bool {
    guard case .object(let left) = wanted, case .object(let right) = got else { return false }
    return left.allSatisfy { name, set in
      guard case .object(let wanted) = set, case .object(let got)? = right[name] else {
        return false
      }
      return wanted["mode"] == got["mode"]
        && Set((wanted["transforms"]?.elements ?? []).map(\.compact))
          == Set((got["transforms"]?.elements ?? []).map(\.compact))
    }
  }
}

extension JSONValue {
  var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }

  var compact: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .string(let value): "\"\(value)\""
    case .array(let values): "[" + values.map(\.compact).joined(separator: ", ") + "]"
    case .object(let fields):
      "{"
        + fields.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.compact)" }
        .joined(separator: ", ") + "}"
    }
  }
}
