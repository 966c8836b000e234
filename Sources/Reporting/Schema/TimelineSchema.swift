import Timeline

/// The JSON Schema (2020-12) of everything that ikescope writes as JSON: the timeline as a document
/// and as lines, the verdicts of `explain`, the answer of `check`.
package enum TimelineSchema {
  /// The schema, a definition a line.
  package static var text: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.member("$schema", "https://json-schema.org/draft/2020-12/schema")
    json.member("$id", "urn:ikescope:timeline:1")
    json.member("title", "\(Generator.schema): what ikescope writes as JSON and NDJSON")
    json.key("anyOf")
    json.beginArray()
    for shape in outputs { shape.write(to: &json) }
    json.endArray()
    json.breakLine()
    json.key("$defs")
    json.beginObject()
    for definition in documents + records + lines + policy {
      json.breakLine()
      json.key(text: definition.name)
      definition.write(to: &json)
    }
    json.endObject()
    json.endObject()
    json.endLine()
    return Array(json.bytes)
  }

  /// What may stand at the top of an output, or on a line of it.
  private static var outputs: [Shape] {
    documents.map { .record($0.name) } + lines.map { .record($0.name) }
      + [
        .record("PolicyVerdict"), .list(.record("PolicyVerdict")), .record("Cause"),
        .list(.record("Cause")),
      ]
  }

  private static var lines: [Definition] {
    [
      Definition(
        "TimelineLine", "The first line of NDJSON.",
        [
          .always("record", .exactly("timeline")), .always("schema", .exactly(Generator.schema)),
          .always("generator", .record("Generator")),
        ]),
      Definition(
        "EvictionLine", "A line of NDJSON: what a limit made the analysis forget.",
        [.always("record", .exactly("eviction")), .always("text", .text)]),
      Definition(
        "SummaryLine", "A line of NDJSON: what many tunnels share.",
        [.always("record", .exactly("summary")), .always("text", .text)]),
      event.line("event"), capture.line("capture"), configuration.line("configuration"),
      tunnel.line("tunnel"), childSA.line("childSA", [.always("tunnel", .text)]),
      flow.line("flow"), finding.line("finding"), verdict.line("verdict"),
      checkFinding.line("checkFinding"), negotiation.line("negotiation"), cause.line("cause"),
    ]
  }

  private static var documents: [Definition] {
    [
      Definition(
        "Timeline", "A timeline as one document.",
        [
          .always("schema", .exactly(Generator.schema)),
          .always("generator", .record("Generator")),
          .always("events", .list(.record("Event"))),
          .always("captures", .list(.record("Capture"))),
          .always("configurations", .list(.record("Configuration"))),
          .always("tunnels", .list(.record("Tunnel"))), .always("flows", .list(.record("Flow"))),
          .always("findings", .list(.record("Finding"))),
          .sometimes("summary", .text), .always("evictions", .list(.text)),
        ]),
      Definition(
        "Check", "The answer of check.",
        [
          .always("schema", .exactly(Generator.checkSchema)),
          .always("generator", .record("Generator")),
          .always("configurations", .list(.record("Configuration"))),
          .always("findings", .list(.record("CheckFinding"))),
          .always("negotiations", .list(.record("Negotiation"))),
          .sometimes("notes", .list(.text)),
        ]),
    ]
  }

  private static var records: [Definition] {
    [
      Definition(
        "Generator", "What wrote the output.",
        [.always("name", .exactly(Generator.name)), .always("version", .text)]),
      event, payload, capture, captureCounts, configuration, configurationWarning, tunnel, endpoint,
      identity, ikeSA, natTraversal, vendor, certificate, proposal, transform, childSA, spis,
      selectors, trafficPair, traffic, flow, finding, evidence, configLine, ruledOut,
    ]
  }

  private static var policy: [Definition] {
    [
      verdict, ace, saScope, ikePolicy, step, stepLine, field, checkFinding, negotiation, cause,
    ]
  }
}
