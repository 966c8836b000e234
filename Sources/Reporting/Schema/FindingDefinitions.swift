// Findings, verdicts and the answer of check as JSON Schema.

extension TimelineSchema {
  static var finding: Definition {
    Definition(
      "Finding", "A cause with its evidence.",
      [
        .always("id", .text), .always("severity", severity), .always("cause", .text),
        .always("certainty", .word(["certain", "likely", "possible"])), .always("title", .text),
        .always("explanation", .text), .always("remedy", .text), .always("tunnel", .maybe(.text)),
        .always("childSA", .maybe(.text)),
        .always("side", .word(["initiator", "responder", "path", "both", "local"])),
        .always("evidence", .list(.record("Evidence"))),
        .always("config", .list(.record("ConfigLine"))),
        .always("ruledOut", .list(.record("RuledOut"))), .always("needs", .list(.text)),
      ])
  }

  private static var severity: Shape { .word(["error", "warning", "info"]) }

  static var evidence: Definition {
    Definition(
      "Evidence", "A frame and what it shows.",
      [.always("frame", .integer), .always("capture", .integer), .always("what", .text)])
  }

  static var configLine: Definition {
    Definition(
      "ConfigLine", "A line of a configuration.",
      [.always("path", .text), .always("line", .integer), .always("text", .text)])
  }

  static var ruledOut: Definition {
    Definition(
      "RuledOut", "A cause that looks alike, and why it is not the one.",
      [.always("cause", .text), .always("because", .text)])
  }

  static var verdict: Definition {
    Definition(
      "PolicyVerdict", "What a configuration says of a flow or a negotiation.",
      [
        .always(
          "verdict",
          .word([
            "protect", "bypass", "drop", "accept", "refuse", "retry", "no-response", "cannot-tell",
          ])), .always("reason", .text), .always("sentence", .text),
        .always("interface", .maybe(.text)), .always("map", .maybe(.text)),
        .always("sequence", .maybe(.integer)), .always("entryLine", .maybe(.integer)),
        .always("dynamicMap", .maybe(.text)), .always("dynamicSequence", .maybe(.integer)),
        .always("acl", .maybe(.text)), .always("ace", .maybe(.record("ACE"))),
        .always("peer", .maybe(.text)), .always("saScope", .maybe(.record("SAScope"))),
        .sometimes("negotiates", .flag), .always("transformSet", .maybe(.text)),
        .always("proposal", .maybe(.text)), .always("lifetimeSeconds", .maybe(.integer)),
        .always("lifetimeKilobytes", .maybe(.integer)),
        .sometimes("chosen", .open(.either([.text, .integer]))),
        .always("notify", .maybe(.integer)), .always("ikePolicy", .maybe(.record("IKEPolicy"))),
        .always("tunnelGroup", .maybe(.text)), .always("findings", .list(.text)),
        .always("observed", .word(["agrees", "contradicts", "silent"])),
        .always("rules", .list(.text)), .always("tried", .list(.list(.any))),
        .always("trace", .list(.record("Step"))), .sometimes("notes", .list(.text)),
        .sometimes("candidates", .list(.text)), .sometimes("nearest", .text),
        .sometimes("why", .list(.text)), .sometimes("wouldWork", .text),
      ])
  }

  static var ace: Definition {
    Definition(
      "ACE", "An access list element.",
      [.always("index", .integer), .always("line", .integer), .always("text", .text)])
  }

  static var saScope: Definition {
    let port = Shape.maybe(.either([.integer, .text]))
    return Definition(
      "SAScope", "What an SA covers.",
      [
        .always("source", .maybe(.text)), .always("destination", .maybe(.text)),
        .always("protocol", .maybe(.text)), .always("sourcePort", port),
        .always("destinationPort", port),
      ])
  }

  static var ikePolicy: Definition {
    Definition(
      "IKEPolicy", "A phase 1 policy.", [.always("number", .integer), .always("line", .integer)])
  }

  static var step: Definition {
    Definition(
      "Step", "One step of an evaluation.",
      [
        .always("what", .text), .always("result", .word(["match", "no-match", "skip", "stop"])),
        .always("config", .maybe(.record("StepLine"))),
        .always("fields", .list(.record("Field"))), .always("steps", .list(.record("Step"))),
        .sometimes("rule", .text), .sometimes("label", .text),
      ])
  }

  static var stepLine: Definition {
    Definition(
      "StepLine", "The line that a step looked at.",
      [.always("line", .integer), .always("text", .text)])
  }

  static var field: Definition {
    Definition(
      "Field", "A field that was compared.",
      [
        .always("name", .text), .always("wanted", .text), .always("got", .text),
        .always("equal", .flag), .sometimes("relation", .text),
      ])
  }

  static var checkFinding: Definition {
    Definition(
      "CheckFinding", "Something wrong with a configuration.",
      [
        .always("code", .text), .always("severity", severity), .always("sentence", .text),
        .always("remedy", .text), .always("config", .list(.record("ConfigLine"))),
        .always("rules", .list(.text)),
      ])
  }

  static var cause: Definition {
    Definition(
      "Cause", "What a root cause means, how it shows and what to do.",
      [
        .always("cause", .text), .always("family", .text), .always("severity", severity),
        .always("title", .text), .always("meaning", .text), .always("shows", .text),
        .always("remedy", .text), .always("asa", .maybe(.text)), .always("ios", .maybe(.text)),
        .always("lookAlikes", .list(.text)),
      ])
  }

  static var negotiation: Definition {
    Definition(
      "Negotiation", "One question that two configurations answer together.",
      [
        .always("subject", .text), .always("initiator", .text), .always("responder", .text),
        .sometimes("mirror", .text), .always("verdict", .record("PolicyVerdict")),
      ])
  }
}
