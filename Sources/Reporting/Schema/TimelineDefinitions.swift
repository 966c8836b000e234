// The records of the timeline as JSON Schema: one table each, in the order the members are written.

private let moment = Shape.matching(
  #"^-?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.([0-9]{6}|[0-9]{9})Z$"#)
private let childSPI = Shape.matching("^[0-9a-f]{8}$")

extension TimelineSchema {
  static var event: Definition {
    Definition(
      "Event", "Something that happened, in the order of the wire.",
      [
        .sometimes("time", moment), .always("frame", .integer), .always("capture", .integer),
        .always("kind", .text), .sometimes("tunnel", .text), .sometimes("childSA", .text),
        .sometimes("exchange", .text), .sometimes("messageID", .integer),
        .sometimes("from", .text), .sometimes("to", .text), .always("summary", .text),
        .sometimes("payloads", .list(.record("Payload"))), .sometimes("retransmitOf", .integer),
        .sometimes("responseTo", .integer), .sometimes("malformed", .text),
        .sometimes("cause", .text), .sometimes("certainty", .text),
      ])
  }

  static var payload: Definition {
    Definition(
      "Payload", "A payload of an IKE message.",
      [.always("type", .text), .always("fields", .list(.text))])
  }

  static var capture: Definition {
    Definition(
      "Capture", "A capture that was read.",
      [
        .always("path", .text), .always("format", .text), .always("compression", .text),
        .always("linkTypes", .list(.text)), .always("frames", .integer),
        .always("bytes", .integer), .always("firstFrame", .maybe(moment)),
        .always("lastFrame", .maybe(moment)), .always("truncated", .flag),
        .always("dropped", .integer), .always("warnings", .list(.text)),
        .always("counts", .record("CaptureCounts")),
      ])
  }

  static var captureCounts: Definition {
    Definition(
      "CaptureCounts", "Frames by what they hold.",
      ["ike", "esp", "ah", "natKeepalive", "ipFragments", "malformed", "other"].map {
        .always($0, .integer)
      })
  }

  static var configuration: Definition {
    Definition(
      "Configuration", "A configuration that was read.",
      [
        .always("path", .text), .always("dialect", .text), .always("hostname", .maybe(.text)),
        .always("localAddresses", .list(.text)),
        .always("warnings", .list(.record("ConfigurationWarning"))),
      ])
  }

  static var configurationWarning: Definition {
    Definition(
      "ConfigurationWarning", "A line that was not understood, or something odd about it.",
      [.always("line", .integer), .always("text", .text), .always("message", .text)])
  }

  static var tunnel: Definition {
    Definition(
      "Tunnel", "An IKE SA or an attempt at one, with its children.",
      [
        .always("id", .text), .always("ikeVersion", .integer),
        .always("mode", .word(["main", "aggressive", "base", "ikev2", "none"])),
        .always("outcome", .word(["established", "failed", "incomplete", "deleted"])),
        .always("initiator", .record("Endpoint")), .always("responder", .record("Endpoint")),
        .always("initiatorSPI", .matching("^([0-9a-f]{16})?$")),
        .always("responderSPI", .matching("^([0-9a-f]{16})?$")),
        .always("ikeSA", .record("IKESA")), .always("natTraversal", .record("NATTraversal")),
        .always("vendors", .list(.record("Vendor"))),
        .always("certificates", .list(.record("Certificate"))),
        .always("childSAs", .list(.record("ChildSA"))), .always("rekeys", .maybe(.text)),
        .always("policy", .maybe(.record("PolicyVerdict"))), .always("firstFrame", .integer),
        .always("lastFrame", .integer), .always("capture", .integer),
        .always("start", .maybe(moment)), .always("end", .maybe(moment)),
        .always("messages", .integer), .always("retransmissions", .integer),
        .always("roundTripMicroseconds", .maybe(.integer)),
      ])
  }

  static var endpoint: Definition {
    Definition(
      "Endpoint", "One end of a tunnel.",
      [
        .always("address", .text), .always("port", .integer),
        .always("identity", .maybe(.record("Identity"))), .always("natted", .flag),
      ])
  }

  static var identity: Definition {
    Definition(
      "Identity", "An identity and its type.", [.always("type", .text), .always("value", .text)])
  }

  static var ikeSA: Definition {
    Definition(
      "IKESA", "What was offered and chosen for the IKE SA.",
      [
        .always("offered", .list(.record("Proposal"))),
        .always("chosen", .maybe(.record("Proposal"))),
        .always("lifetimeSeconds", .maybe(.integer)),
        .always("lifetimeKilobytes", .maybe(.integer)), .always("decrypted", .flag),
      ])
  }

  static var natTraversal: Definition {
    Definition(
      "NATTraversal", "What is known of NAT on the path.",
      [
        .always("supported", .flag),
        .always("detected", .word(["none", "initiator", "responder", "both"])),
        .always("encapsulation", encapsulation),
      ])
  }

  static var vendor: Definition {
    Definition("Vendor", "A vendor identifier.", [.always("name", .text), .always("id", .text)])
  }

  static var certificate: Definition {
    Definition(
      "Certificate", "A certificate that an end sent.",
      [
        .always("frame", .integer), .always("from", .text), .always("subject", .text),
        .always("issuer", .text), .always("serial", .text), .always("names", .list(.text)),
        .always("notBefore", .text), .always("notAfter", .text), .always("key", .text),
      ])
  }

  static var proposal: Definition {
    Definition(
      "Proposal", "A proposal.",
      [
        .always("number", .integer), .always("protocol", .text),
        .always("transforms", .list(.record("Transform"))),
      ])
  }

  static var transform: Definition {
    Definition(
      "Transform", "A transform.",
      [
        .always("type", .text), .always("name", .text), .always("id", .integer),
        .always("keyBits", .maybe(.integer)),
      ])
  }

  static var childSA: Definition {
    Definition(
      "ChildSA", "A child SA or phase 2 SA pair, or an attempt at one.",
      [
        .always("id", .text), .always("protocol", .text), .always("mode", .maybe(.text)),
        .always("outcome", .text), .always("linkedBy", .text), .always("spis", .record("SPIs")),
        .always("offered", .list(.record("Proposal"))),
        .always("chosen", .maybe(.record("Proposal"))), .always("pfsGroup", .maybe(.text)),
        .always("selectors", .record("Selectors")), .always("lifetimeSeconds", .maybe(.integer)),
        .always("lifetimeKilobytes", .maybe(.integer)),
        .always("encapsulation", .maybe(encapsulation)),
        .always("traffic", .record("TrafficPair")), .always("rekeys", .maybe(.text)),
        .always("policy", .maybe(.record("PolicyVerdict"))), .always("firstFrame", .integer),
        .always("lastFrame", .integer),
      ])
  }

  private static var encapsulation: Shape { .word(["none", "udp", "tcp", "udp-cisco"]) }

  static var spis: Definition {
    Definition(
      "SPIs", "The SPIs of the two directions.",
      [.always("toInitiator", .maybe(childSPI)), .always("toResponder", .maybe(childSPI))])
  }

  static var selectors: Definition {
    Definition(
      "Selectors", "What each side may send from.",
      [.always("initiator", .list(.text)), .always("responder", .list(.text))])
  }

  static var trafficPair: Definition {
    Definition(
      "TrafficPair", "Traffic of the two directions.",
      [
        .always("toInitiator", .maybe(.record("Traffic"))),
        .always("toResponder", .maybe(.record("Traffic"))),
      ])
  }

  static var traffic: Definition {
    Definition(
      "Traffic", "What was seen of one SPI.",
      [
        "packets", "bytes", "firstSequence", "lastSequence", "lost", "reordered", "duplicates",
        "outsideReplayWindow", "integrityGood", "integrityBad", "decrypted",
      ].map { .always($0, .integer) } + [.always("nullEncryption", .flag)]
        + ["firstFrame", "lastFrame", "longestGapMilliseconds"].map { .always($0, .integer) })
  }

  static var flow: Definition {
    Definition(
      "Flow", "An inner or clear flow.",
      [
        .always("id", .text), .always("protocol", .text), .always("source", .text),
        .always("destination", .text), .always("sourcePort", .maybe(.integer)),
        .always("destinationPort", .maybe(.integer)), .always("packets", .integer),
        .always("bytes", .integer),
        .always("seen", .word(["decrypted", "authenticated", "clear"])),
        .always("childSA", .maybe(.text)),
        .always("direction", .word(["outbound", "inbound", "unknown"])),
        .always("policy", .maybe(.record("PolicyVerdict"))), .always("firstFrame", .integer),
        .always("lastFrame", .integer), .always("start", .maybe(moment)),
        .always("end", .maybe(moment)),
      ])
  }
}
