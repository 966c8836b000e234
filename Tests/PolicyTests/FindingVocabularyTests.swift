import CiscoConfig
import Testing

@testable import Policy

@Suite("The vocabulary of findings")
struct FindingVocabularyTests {
  @Test("every finding of the vocabulary is made for some case, with its lines and a remedy")
  func everyCode() throws {
    var seen: [FindingCode: ConfigurationFinding] = [:]
    for policyCase in PolicyCases.own {
      for text in policyCase.configs.values {
        let configuration = try CryptoConfiguration(
          parsing: Array(text.utf8), path: policyCase.id, dialect: policyCase.dialect)
        for finding in PolicyEngine(configuration).findings { seen[finding.code] = finding }
      }
    }
    for code in FindingCode.allCases {
      let finding = try #require(seen[code], "\(code.rawValue) is made for no case")
      #expect(!finding.lines.isEmpty, "\(code.rawValue)")
      #expect(!finding.sentence.isEmpty && !finding.remedy.isEmpty, "\(code.rawValue)")
    }
  }
}
