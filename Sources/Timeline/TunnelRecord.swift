/// One IKE SA or attempt at one, with its children: `tunnels[]` of the timeline.
package struct TunnelRecord: Hashable, Sendable {
  /// `t1`, `t2`, … in the order of first frames.
  package var id: String = ""
  /// 1 or 2.
  package var ikeVersion: Int = 1
  /// `main`, `aggressive`, `base`, `ikev2` or `none` (no phase 1 seen).
  package var mode: String = "none"
  /// `established`, `failed`, `incomplete` or `deleted`.
  package var outcome: String = "incomplete"
  /// The end that sent the first message.
  package var initiator: EndpointRecord = EndpointRecord()
  /// The end that answered.
  package var responder: EndpointRecord = EndpointRecord()
  /// Initiator's SPI or cookie, 16 hex digits.
  package var initiatorSPI: String = ""
  /// Responder's SPI or cookie, 16 hex digits; zeros when it never answered.
  package var responderSPI: String = ""
  /// What was offered and chosen for the IKE SA.
  package var ikeSA: IKESARecord = IKESARecord()
  /// What is known of NAT on the path.
  package var natTraversal: NATRecord = NATRecord()
  /// Vendor identifiers that either end sent.
  package var vendors: [VendorRecord] = []
  /// Certificates seen.
  package var certificates: [CertificateRecord] = []
  /// Child (phase 2) SAs, in the order they were negotiated or first seen.
  package var childSAs: [ChildSARecord] = []
  /// The tunnel whose IKE SA this one replaced.
  package var rekeys: String? = nil
  /// What the configuration says of phase 1.
  package var policy: PolicyVerdictRecord? = nil
  /// First frame.
  package var firstFrame: Int = 0
  /// Last frame.
  package var lastFrame: Int = 0
  /// Index of the capture that holds the first frame.
  package var capture: Int = 0
  /// Time of the first frame.
  package var start: Moment? = nil
  /// Time of the last frame.
  package var end: Moment? = nil
  /// IKE messages seen, copies included.
  package var messages: Int = 0
  /// IKE messages that repeat an earlier one.
  package var retransmissions: Int = 0
  /// Shortest time between a request and its response, as seen at the capture point.
  package var roundTripMicroseconds: Int? = nil

  package init() {}
}

extension TunnelRecord: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("id", id)
    json.member("ikeVersion", ikeVersion)
    json.member("mode", mode)
    json.member("outcome", outcome)
    json.member("initiator", initiator)
    json.member("responder", responder)
    json.member("initiatorSPI", initiatorSPI)
    json.member("responderSPI", responderSPI)
    json.member("ikeSA", ikeSA)
    json.member("natTraversal", natTraversal)
    json.member("vendors", vendors)
    json.member("certificates", certificates)
    json.member("childSAs", childSAs)
    json.member("rekeys", rekeys)
    json.member("policy", policy)
    json.member("firstFrame", firstFrame)
    json.member("lastFrame", lastFrame)
    json.member("capture", capture)
    json.member("start", start)
    json.member("end", end)
    json.member("messages", messages)
    json.member("retransmissions", retransmissions)
    json.member("roundTripMicroseconds", roundTripMicroseconds)
    json.endObject()
  }
}

/// One end of a tunnel.
package struct EndpointRecord: Hashable, Sendable {
  /// Address on the wire.
  package var address: String = ""
  /// UDP port of the last message.
  package var port: Int = 500
  /// The identity it claimed, where it is in clear or was opened.
  package var identity: IdentityRecord? = nil
  /// True when a NAT stands before this end.
  package var natted: Bool = false

  package init() {}
}

extension EndpointRecord: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("address", address)
    json.member("port", port)
    json.member("identity", identity)
    json.member("natted", natted)
    json.endObject()
  }
}

/// An identity payload's type and value.
package struct IdentityRecord: Hashable, Sendable {
  /// `ipv4-addr`, `fqdn`, `user-fqdn`, `der-asn1-dn`, …
  package var type: String = ""
  /// Its value as text.
  package var value: String = ""

  package init() {}
}

extension IdentityRecord: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("type", type)
    json.member("value", value)
    json.endObject()
  }
}

/// Phase 1, or the IKE SA.
package struct IKESARecord: Hashable, Sendable {
  /// What the initiator offered.
  package var offered: [ProposalRecord] = []
  /// What the responder chose.
  package var chosen: ProposalRecord? = nil
  /// Lifetime chosen, in seconds (IKEv1).
  package var lifetimeSeconds: Int? = nil
  /// Lifetime chosen, in kilobytes (IKEv1).
  package var lifetimeKilobytes: Int? = nil
  /// True when encrypted messages were opened.
  package var decrypted: Bool = false

  package init() {}
}

extension IKESARecord: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("offered", offered)
    json.member("chosen", chosen)
    json.member("lifetimeSeconds", lifetimeSeconds)
    json.member("lifetimeKilobytes", lifetimeKilobytes)
    json.member("decrypted", decrypted)
    json.endObject()
  }
}

/// NAT traversal.
package struct NATRecord: Hashable, Sendable {
  /// Both ends announced it.
  package var supported: Bool = false
  /// Which end is behind a NAT: `none`, `initiator`, `responder`, `both`.
  package var detected: String = "none"
  /// How ESP travels: `none`, `udp`, `tcp`, `udp-cisco`.
  package var encapsulation: String = "none"

  package init() {}
}

extension NATRecord: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("supported", supported)
    json.member("detected", detected)
    json.member("encapsulation", encapsulation)
    json.endObject()
  }
}

/// A vendor identifier.
package struct VendorRecord: Hashable, Sendable {
  /// What it stands for, or `unknown`.
  package var name: String = ""
  /// Its bytes in hex.
  package var id: String = ""

  package init() {}
}

extension VendorRecord: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("name", name)
    json.member("id", id)
    json.endObject()
  }
}

/// A certificate that an end sent.
package struct CertificateRecord: Hashable, Sendable {
  /// Frame of the message.
  package var frame: Int = 0
  /// `initiator` or `responder`.
  package var from: String = ""
  /// Subject name.
  package var subject: String = ""
  /// Issuer name.
  package var issuer: String = ""
  /// Serial number in hex.
  package var serial: String = ""
  /// Subject alternative names.
  package var names: [String] = []
  /// Start of validity.
  package var notBefore: String = ""
  /// End of validity.
  package var notAfter: String = ""
  /// Key type and size.
  package var key: String = ""

  package init() {}
}

extension CertificateRecord: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("frame", frame)
    json.member("from", from)
    json.member("subject", subject)
    json.member("issuer", issuer)
    json.member("serial", serial)
    json.member("names", names)
    json.member("notBefore", notBefore)
    json.member("notAfter", notAfter)
    json.member("key", key)
    json.endObject()
  }
}
