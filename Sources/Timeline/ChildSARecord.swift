/// A child SA or phase 2 SA pair, or an attempt at one.
package struct ChildSARecord: Hashable, Sendable {
  /// `t1.c1`, …
  package var id: String = ""
  /// `esp` or `ah`.
  package var `protocol`: String = "esp"
  /// `tunnel` or `transport`, where known.
  package var mode: String? = nil
  /// `established`, `failed`, `incomplete`, `deleted` or `rekeyed`.
  package var outcome: String = "incomplete"
  /// What ties the flows to the tunnel: `spi` (negotiated in an opened exchange), `keys` (the key
  /// file names both), `addresses` (same ends and time only).
  package var linkedBy: String = "addresses"
  /// SPIs.
  package var spis: SPIPair = SPIPair()
  /// What was offered.
  package var offered: [ProposalRecord] = []
  /// What was chosen.
  package var chosen: ProposalRecord? = nil
  /// Group of the key exchange, where there was one.
  package var pfsGroup: String? = nil
  /// Traffic selectors or proxy identities.
  package var selectors: SelectorPair = SelectorPair()
  /// Lifetime in seconds.
  package var lifetimeSeconds: Int? = nil
  /// Lifetime in kilobytes.
  package var lifetimeKilobytes: Int? = nil
  /// `none`, `udp`, `tcp` or `udp-cisco`, as seen on its packets.
  package var encapsulation: String? = nil
  /// What was seen on it.
  package var traffic: TrafficPair = TrafficPair()
  /// The child SA that this one replaced.
  package var rekeys: String? = nil
  /// What the configuration says of it.
  package var policy: PolicyVerdictRecord? = nil
  /// First frame.
  package var firstFrame: Int = 0
  /// Last frame.
  package var lastFrame: Int = 0

  package init() {}
}

extension ChildSARecord: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("id", id)
    json.member("protocol", `protocol`)
    json.member("mode", mode)
    json.member("outcome", outcome)
    json.member("linkedBy", linkedBy)
    json.member("spis", spis)
    json.member("offered", offered)
    json.member("chosen", chosen)
    json.member("pfsGroup", pfsGroup)
    json.member("selectors", selectors)
    json.member("lifetimeSeconds", lifetimeSeconds)
    json.member("lifetimeKilobytes", lifetimeKilobytes)
    json.member("encapsulation", encapsulation)
    json.member("traffic", traffic)
    json.member("rekeys", rekeys)
    json.member("policy", policy)
    json.member("firstFrame", firstFrame)
    json.member("lastFrame", lastFrame)
    json.endObject()
  }
}

/// The SPIs of the two directions; each is chosen by its receiver.
package struct SPIPair: Hashable, Sendable {
  /// SPI of packets to the IKE initiator, 8 hex digits.
  package var toInitiator: String? = nil
  /// SPI of packets to the IKE responder, 8 hex digits.
  package var toResponder: String? = nil

  package init() {}
}

extension SPIPair: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("toInitiator", toInitiator)
    json.member("toResponder", toResponder)
    json.endObject()
  }
}

/// What each side may send from.
package struct SelectorPair: Hashable, Sendable {
  /// On the IKE initiator's side, as `10.1.0.0/24` with `/protocol/port` behind where narrower.
  package var initiator: [String] = []
  /// On the IKE responder's side.
  package var responder: [String] = []

  package init() {}
}

extension SelectorPair: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("initiator", initiator)
    json.member("responder", responder)
    json.endObject()
  }
}

/// Traffic of the two directions.
package struct TrafficPair: Hashable, Sendable {
  /// Packets to the IKE initiator.
  package var toInitiator: TrafficRecord? = nil
  /// Packets to the IKE responder.
  package var toResponder: TrafficRecord? = nil

  package init() {}
}

extension TrafficPair: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("toInitiator", toInitiator)
    json.member("toResponder", toResponder)
    json.endObject()
  }
}

/// What was seen of one SPI.
package struct TrafficRecord: Hashable, Sendable {
  /// Packets.
  package var packets: Int = 0
  /// Bytes of ESP or AH, header included.
  package var bytes: Int = 0
  /// Sequence number of the first packet seen.
  package var firstSequence: Int = 0
  /// Highest sequence number seen.
  package var lastSequence: Int = 0
  /// Sequence numbers between these that never came.
  package var lost: Int = 0
  /// Packets that came behind a higher sequence number.
  package var reordered: Int = 0
  /// Packets whose sequence number had come before.
  package var duplicates: Int = 0
  /// Packets that a receiver with the replay window would drop as too old.
  package var outsideReplayWindow: Int = 0
  /// Packets whose integrity value verifies.
  package var integrityGood: Int = 0
  /// Packets whose integrity value does not.
  package var integrityBad: Int = 0
  /// Packets that were opened.
  package var decrypted: Int = 0
  /// True when the packets are not encrypted (RFC 5879).
  package var nullEncryption: Bool = false
  /// First frame.
  package var firstFrame: Int = 0
  /// Last frame.
  package var lastFrame: Int = 0
  /// Longest time without a packet, in milliseconds.
  package var longestGapMilliseconds: Int = 0

  package init() {}
}

extension TrafficRecord: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("packets", packets)
    json.member("bytes", bytes)
    json.member("firstSequence", firstSequence)
    json.member("lastSequence", lastSequence)
    json.member("lost", lost)
    json.member("reordered", reordered)
    json.member("duplicates", duplicates)
    json.member("outsideReplayWindow", outsideReplayWindow)
    json.member("integrityGood", integrityGood)
    json.member("integrityBad", integrityBad)
    json.member("decrypted", decrypted)
    json.member("nullEncryption", nullEncryption)
    json.member("firstFrame", firstFrame)
    json.member("lastFrame", lastFrame)
    json.member("longestGapMilliseconds", longestGapMilliseconds)
    json.endObject()
  }
}
