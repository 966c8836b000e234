/// What a configuration says of a flow or a negotiation.
package struct PolicyVerdictRecord: Hashable, Sendable {
  /// `protect`, `bypass`, `drop`, `accept`, `refuse`, `retry`, `no-response` or `cannot-tell`.
  package var verdict: String = "cannot-tell"
  /// A reason code of the policy rules.
  package var reason: String = ""
  /// The verdict in words.
  package var sentence: String = ""
  /// The interface whose crypto map was asked.
  package var interface: String? = nil
  /// Name of the crypto map.
  package var map: String? = nil
  /// Sequence number of the entry.
  package var sequence: Int? = nil
  /// Line of the entry.
  package var entryLine: Int? = nil
  /// Name of the dynamic map.
  package var dynamicMap: String? = nil
  /// Sequence number in the dynamic map.
  package var dynamicSequence: Int? = nil
  /// Name of the access list.
  package var acl: String? = nil
  /// The ACE that decided.
  package var ace: ACERecord? = nil
  /// The peer.
  package var peer: String? = nil
  /// What the SA covers.
  package var saScope: SAScopeRecord? = nil
  /// True when the device would start IKE.
  package var negotiates: Bool? = nil
  /// Transform set.
  package var transformSet: String? = nil
  /// IKEv2 IPsec proposal.
  package var proposal: String? = nil
  /// Lifetime in seconds.
  package var lifetimeSeconds: Int? = nil
  /// Lifetime in kilobytes.
  package var lifetimeKilobytes: Int? = nil
  /// Algorithms chosen, by kind.
  package var chosen: [AlgorithmRecord]? = nil
  /// Notify type of a refusal.
  package var notify: Int? = nil
  /// The phase 1 policy.
  package var ikePolicy: IKEPolicyReference? = nil
  /// The tunnel group.
  package var tunnelGroup: String? = nil
  /// Codes of configuration findings.
  package var findings: [String] = []
  /// How the capture compares: `agrees`, `contradicts` or `silent`.
  package var observed: String = "silent"
  /// Rules that were applied.
  package var rules: [String] = []
  /// The failures on the way, in order.
  package var tried: [AttemptRecord] = []
  /// The evaluation, step by step.
  package var trace: [StepRecord] = []
  /// Remarks for the reader, a sentence each.
  package var notes: [String] = []
  /// What else it could be, and what would decide, a sentence each (`cannot-tell`).
  package var candidates: [String] = []
  /// Why it came so, where the verdict alone does not say it, a sentence each.
  package var why: [String] = []
  /// What would make a refused negotiation work.
  package var wouldWork: String? = nil
  /// The failure with the fewest differing fields, or the element that came nearest, in words.
  package var nearest: String? = nil

  package init() {}
}

extension PolicyVerdictRecord: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("verdict", verdict)
    json.member("reason", reason)
    json.member("sentence", sentence)
    json.member("interface", interface)
    json.member("map", map)
    json.member("sequence", sequence)
    json.member("entryLine", entryLine)
    json.member("dynamicMap", dynamicMap)
    json.member("dynamicSequence", dynamicSequence)
    json.member("acl", acl)
    json.member("ace", ace)
    json.member("peer", peer)
    json.member("saScope", saScope)
    if let negotiates { json.member("negotiates", negotiates) }
    json.member("transformSet", transformSet)
    json.member("proposal", proposal)
    json.member("lifetimeSeconds", lifetimeSeconds)
    json.member("lifetimeKilobytes", lifetimeKilobytes)
    if let chosen {
      json.key("chosen")
      json.beginObject()
      for algorithm in chosen { algorithm.writeMember(to: &json) }
      json.endObject()
    }
    json.member("notify", notify)
    json.member("ikePolicy", ikePolicy)
    json.member("tunnelGroup", tunnelGroup)
    json.member("findings", findings)
    json.member("observed", observed)
    json.member("rules", rules)
    json.member("tried", tried)
    json.member("trace", trace)
    if !notes.isEmpty { json.member("notes", notes) }
    if !candidates.isEmpty { json.member("candidates", candidates) }
    if let nearest { json.member("nearest", nearest) }
    if !why.isEmpty { json.member("why", why) }
    if let wouldWork { json.member("wouldWork", wouldWork) }
    json.endObject()
  }
}

/// An ACE.
package struct ACERecord: Hashable, Sendable {
  /// Position among the list's entries, from 1.
  package var index: Int = 0
  /// Line of the configuration.
  package var line: Int = 0
  /// The line's text.
  package var text: String = ""

  package init() {}
}

extension ACERecord: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("index", index)
    json.member("line", line)
    json.member("text", text)
    json.endObject()
  }
}

/// What an SA covers.
package struct SAScopeRecord: Hashable, Sendable {
  /// Source.
  package var source: String? = nil
  /// Destination.
  package var destination: String? = nil
  /// Protocol.
  package var `protocol`: String? = nil
  /// Source port: a number, or a range as text.
  package var sourcePort: String? = nil
  /// Destination port: a number, or a range as text.
  package var destinationPort: String? = nil

  package init() {}
}

extension SAScopeRecord: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("source", source)
    json.member("destination", destination)
    json.member("protocol", `protocol`)
    json.key("sourcePort")
    write(port: sourcePort, to: &json)
    json.key("destinationPort")
    write(port: destinationPort, to: &json)
    json.endObject()
  }

  /// One port is a number; a range stays text.
  private func write(port: String?, to json: inout JSONWriter) {
    switch (port, port.flatMap(UInt16.init)) {
    case (_, let number?): json.value(number)
    case (let text?, nil): json.value(text)
    case (nil, nil): json.null()
    }
  }
}

/// A phase 1 policy.
package struct IKEPolicyReference: Hashable, Sendable {
  /// Its priority.
  package var number: Int = 0
  /// Its line.
  package var line: Int = 0

  package init() {}
}

extension IKEPolicyReference: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("number", number)
    json.member("line", line)
    json.endObject()
  }
}
