import Foundation
import Reporting
import TestSupport
import Testing
import Timeline

/// What a sink wrote into a file of its own.
func written(_ write: (OutputTarget) -> Void) throws -> String {
  let path = FileManager.default.temporaryDirectory
    .appending(path: "ikescope-report-\(UUID().uuidString)").path
  defer { try? FileManager.default.removeItem(atPath: path) }
  let target = try OutputTarget(file: path)
  write(target)
  try target.finish()
  return try String(contentsOfFile: path, encoding: .utf8)
}

/// Delivers the sample to a sink.
func deliver(_ sink: any TimelineSink) {
  for event in SampleTimeline.events { sink.event(event) }
  sink.finished(SampleTimeline.records)
}

@Suite("JSON reports")
struct JSONReportTests {
  private func validator() throws -> SchemaValidator {
    var validator = try SchemaValidator(TimelineSchema.text)
    validator.refusesUnnamed = true
    return validator
  }

  @Test("a document holds every record and validates against the printed schema")
  func document() throws {
    let text = try written { deliver(JSONReport(target: $0)) }
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    #expect(try validator().problems(value, definition: "Timeline") == [])
    let object = try #require(value as? [String: Any])
    #expect((object["events"] as? [Any])?.count == SampleTimeline.events.count)
    #expect((object["tunnels"] as? [Any])?.count == 2)
    #expect(object["schema"] as? String == "ikescope.timeline/1")
  }

  @Test("a document without any event is one all the same")
  func empty() throws {
    let text = try written { JSONReport(target: $0).finished(TimelineRecords()) }
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    #expect(try validator().problems(value, definition: "Timeline") == [])
  }

  @Test("each line of NDJSON is an object of its own kind and validates")
  func lines() throws {
    let text = try written { deliver(NDJSONReport(target: $0)) }
    var kinds: [String] = []
    for line in text.split(separator: "\n") {
      let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
      let kind = try #require((value as? [String: Any])?["record"] as? String)
      kinds.append(kind)
      let definitions = [
        "timeline": "TimelineLine", "event": "EventLine", "capture": "CaptureLine",
        "configuration": "ConfigurationLine", "tunnel": "TunnelLine", "childSA": "ChildSALine",
        "flow": "FlowLine", "finding": "FindingLine", "eviction": "EvictionLine",
      ]
      let definition = try #require(definitions[kind])
      #expect(try validator().problems(value, definition: definition) == [])
    }
    let events = kinds.filter { $0 == "event" }.count
    #expect(events == SampleTimeline.events.count)
    #expect(Array(kinds[1...events]) == Array(repeating: "event", count: events))
    #expect(kinds.last == "eviction")
  }

  @Test("the same records give the same bytes")
  func stable() throws {
    let first = try written { deliver(JSONReport(target: $0)) }
    let second = try written { deliver(JSONReport(target: $0)) }
    #expect(first == second)
  }

  @Test("verdicts and checks validate as documents, as arrays and as lines")
  func answers() throws {
    let verdict = SampleTimeline.verdict
    var check = CheckRecord()
    var finding = CheckFindingRecord()
    finding.code = "C-HOSTBITS"
    finding.rules = ["A-ACL-08"]
    check.findings = [finding]
    var negotiation = NegotiationRecord()
    negotiation.subject = "phase 1"
    negotiation.verdict = verdict
    check.negotiations = [negotiation]
    let texts = try [
      written { JSONAnswers(target: $0).document(verdict) },
      written { JSONAnswers(target: $0).array([verdict, verdict]) },
      written { JSONAnswers(target: $0).lines("verdict", [verdict]) },
      written { JSONAnswers(target: $0).document(check) },
    ]
    for text in texts {
      let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
      #expect(try validator().problems(value) == [])
    }
    #expect(texts[0].contains(#""sourcePort":"1-1023","destinationPort":443"#))
    #expect(texts[0].contains(#""tried":[[5,null,"peer-mismatch"],[1,10,["encryption"]]]"#))
    #expect(texts[0].contains(#""chosen":{"encryption":"aes-256","group":14}"#))
  }

  @Test(
    "the validator itself refuses what is wrong",
    arguments: [
      ("Endpoint", #"{"address":"a","port":"500","identity":null,"natted":false}"#),
      ("Endpoint", #"{"address":"a","port":500,"natted":false}"#),
      ("Endpoint", #"{"address":"a","port":500,"identity":{"type":1},"natted":false}"#),
      ("Endpoint", #"{"address":"a","port":500,"identity":null,"natted":0}"#),
      ("Identity", #"{"type":"a","value":"b","more":1}"#),
      ("SPIs", #"{"toInitiator":"C0FFEE","toResponder":null}"#),
      ("TimelineLine", #"{"record":"event","schema":"ikescope.timeline/1","generator":{}}"#),
    ])
  func refusals(definition: String, text: String) throws {
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    #expect(try validator().problems(value, definition: definition) != [])
  }
}
