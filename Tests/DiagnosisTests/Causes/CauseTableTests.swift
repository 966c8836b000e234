import Diagnosis
import TestSupport
import Testing
import Timeline

/// Every cause through a whole analysis: frames, layers, tracking, policy, diagnosis.
@Suite("Each cause, and what looks like it")
struct CauseTableTests {
  @Test("no cause of the catalogue is without a row, and none has two")
  func complete() {
    #expect(Set(CauseRow.all.map(\.cause)) == Set(Catalogue.all.map(\.id)))
    #expect(CauseRow.all.count == Catalogue.all.count)
  }

  @Test("is the answer to the capture that shows it", arguments: CauseRow.all)
  func positive(row: CauseRow) throws {
    let timeline = try row.positive.analysed()
    let cause = try #require(Catalogue.cause(row.cause))
    let found = try #require(
      timeline.findings.first { $0.cause == row.cause }, "found \(timeline.findings.map(\.cause))")
    let answers = timeline.loud.filter { !row.beside.contains($0) }
    #expect(answers == (cause.severity == .info ? [] : [row.cause]))
    #expect(!found.evidence.isEmpty && !found.explanation.isEmpty && !found.remedy.isEmpty)
    let frames = timeline.captures.reduce(0) { $0 + $1.frames }
    #expect(found.evidence.allSatisfy { (1...frames).contains($0.frame) })
    if let tunnel = found.tunnel { #expect(timeline.tunnels.contains { $0.id == tunnel }) }
    #expect(found.ruledOut.allSatisfy { Catalogue.cause($0.cause) != nil })
    #expect(!found.ruledOut.contains { $0.cause == row.cause })
  }

  @Test("is not found where something else is, or nothing", arguments: CauseRow.all)
  func negative(row: CauseRow) throws {
    let timeline = try row.negative.analysed()
    #expect(!timeline.findings.map(\.cause).contains(row.cause))
    if let lookAlike = row.lookAlike {
      #expect(
        timeline.findings.map(\.cause).contains(lookAlike),
        "found \(timeline.findings.map(\.cause))")
    } else {
      #expect(timeline.loud.isEmpty)
    }
  }
}
