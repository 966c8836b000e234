import Reporting
import Testing
import Timeline

@Suite("Answers of explain and check as text")
struct AnswerTextTests {
  private func explained(_ verdict: PolicyVerdictRecord, allACEs: Bool = false) throws -> String {
    try written {
      VerdictText(
        target: $0, options: TextOptions(), path: "fw-a.cfg", showsAllACEs: allACEs
      ).write(question: "tcp 10.1.0.5:1025 > 10.2.0.9:443", verdict)
    }
  }

  @Test("cite file and line, rule, and every field compared")
  func trace() throws {
    let text = try explained(SampleTimeline.verdict)
    for expected in [
      "QUESTION   tcp 10.1.0.5:1025 > 10.2.0.9:443",
      "VERDICT    protect  crypto map mymap 10 (fw-a.cfg:19), ACE CRY#1 (fw-a.cfg:12)",
      "  1 entry 10 mymap 10 match address CRY                    fw-a.cfg:19 [A-CM-12]\n",
      "      CRY#1      permit ip  → MATCH\n                 src 10.1.0.5 in 10.1.0.0/24\n",
      "entry 5: peer-mismatch", "NEAREST MISS  policy 10: encryption differs",
      "WHY        Before NAT", "WOULD WORK  with the peer offering encryption aes-256.",
      "C-HOSTBITS",
    ] { #expect(text.contains(expected), "\(expected)\n\(text)") }
  }

  @Test("cut a long list to its first, nearest and matching lines, unless all are asked for")
  func longList() throws {
    var verdict = PolicyVerdictRecord()
    verdict.trace = [SampleTimeline.step(rows: 100)]
    let short = try explained(verdict)
    #expect(short.contains("… 98 steps that did not match (--all-aces)"))
    #expect(short.contains("CRY#100    permit ip  → MATCH"))
    #expect(short.contains("CRY#50 ") == false)
    #expect(try explained(verdict, allACEs: true).contains("CRY#50 "))
  }

  @Test("list what is wrong with a configuration, and what two make of each other")
  func check() throws {
    var check = CheckRecord()
    var finding = CheckFindingRecord()
    finding.code = "C-SHADOWED-ACE"
    finding.sentence = "ACE 2 of CRY can never match: ACE 1 covers it."
    var line = ConfigLineRecord()
    line.path = "asa.cfg"
    line.line = 9
    line.text = "access-list CRY permit ip host 10.1.0.5 any"
    finding.config = [line]
    check.findings = [finding]
    var negotiation = NegotiationRecord()
    negotiation.subject = "phase 1"
    negotiation.initiator = "a.cfg"
    negotiation.responder = "b.cfg"
    check.negotiations = [negotiation]
    let text = try written { CheckText(target: $0, options: TextOptions()).write(check) }
    #expect(text.hasPrefix("1 warning\n"))
    #expect(text.contains("WARNING  ACE 2 of CRY can never match"))
    #expect(text.contains("asa.cfg:9  access-list CRY"))
    #expect(text.contains("[C-SHADOWED-ACE]"))
    #expect(text.contains("phase 1: a.cfg asks b.cfg"))
  }

  @Test("say plainly that nothing is wrong")
  func clean() throws {
    let text = try written { CheckText(target: $0, options: TextOptions()).write(CheckRecord()) }
    #expect(text.hasPrefix("Nothing found wrong."))
  }
}
