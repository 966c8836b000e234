package import Bytes
package import Timeline
package import Tracking

/// Everything a diagnosis looks at: tracked state, and what configurations say of it.
package struct DiagnosisInput {
  /// IKE SAs and attempts, in the order of their first messages.
  package var tunnels: [TunnelInput] = []
  /// ESP and AH flows, in the order of their first packets.
  package var securityFlows: [SecurityFlow] = []
  /// What is remembered of the last packets of these flows.
  package var marks = PacketMarks()
  /// Inner and clear flows, in the order of their first packets.
  package var innerFlows: [InnerFlowInput] = []
  /// The captures, in the order given.
  package var captures: [CaptureFacts] = []
  /// IP datagrams of which fragments are missing.
  package var incompleteDatagrams: [IncompleteDatagramFacts] = []
  /// Packets on UDP 4500 with SPI 0 that are no IKE message.
  package var strayZeroSPIs: [StrayZeroSPIFacts] = []
  /// Notices of configurations that concern no tunnel in particular.
  package var options = DiagnosisOptions()

  package init() {}
}

/// What the user asked for.
package struct DiagnosisOptions: Hashable, Sendable {
  /// Judge hygiene as a warning instead of a note.
  package var isAudit = false
  /// The receivers' replay window, in packets (RFC 4303 §3.4.3; Cisco's default is 64).
  package var replayWindow = 64
  /// True while packets may still come: what only the end of a capture would tell is left out.
  package var isLive = false

  package init() {}
}

/// One IKE SA with its name in the report, and what configurations say of it.
package struct TunnelInput {
  package var ike: IKESA
  /// `t1`, `t2`, …
  package var id: String
  /// What each configuration that belongs to one of its ends says.
  package var policies: [TunnelPolicy]
  /// Its certificates, taken apart.
  package var certificates: [CertificateRecord]

  package init(
    ike: IKESA, id: String, policies: [TunnelPolicy] = [], certificates: [CertificateRecord] = []
  ) {
    self.ike = ike
    self.id = id
    self.policies = policies
    self.certificates = certificates
  }
}

/// An inner or clear flow, and what a configuration says of it.
package struct InnerFlowInput {
  package var flow: InnerFlow
  /// `f1`, `f2`, …
  package var id: String
  /// Who says it; nil without a configuration, or where it does not see the flow.
  private let opinion: FlowOpinion?
  /// True where it is said with the whole trace.
  private let isTraced: Bool

  package init(
    flow: InnerFlow, id: String, opinion: FlowOpinion? = nil, isTraced: Bool = false
  ) {
    self.flow = flow
    self.id = id
    self.opinion = opinion
    self.isTraced = isTraced
  }

  package init(
    flow: InnerFlow, id: String, policy: PolicyVerdictRecord?, path: String = "",
    dialect: String? = nil
  ) {
    let judgement = policy.map { FlowJudgement($0, path: path, dialect: dialect) }
    self.init(flow: flow, id: id, opinion: FlowOpinion { _, _ in judgement })
  }

  /// What the configuration says, made anew.
  package var judgement: FlowJudgement? { opinion?.judgement(on: flow, isTraced: isTraced) }
  /// Its verdict.
  package var policy: PolicyVerdictRecord? { judgement?.policy }
  /// `outbound` or `inbound` for the configured device, `unknown` without one.
  package var direction: String { judgement?.direction ?? "unknown" }
  /// The configuration's path.
  package var path: String { judgement?.path ?? "" }
  /// `asa` or `ios`, where a configuration was given.
  package var dialect: String? { judgement?.dialect }
  /// What a permit or an exemption of the configured device for this flow has to name.
  package var networks: NamedNetworks? { judgement?.networks }
}

/// What is known of a capture as a whole.
package struct CaptureFacts: Hashable, Sendable {
  /// The path as the user gave it.
  package var path: String
  package var first: Timestamp?
  package var last: Timestamp?
  /// Frames read.
  package var frames: Int
  /// Frames that the capturing kernel dropped.
  package var dropped: Int
  /// True when the file ends in mid-record.
  package var isTruncated: Bool
  /// Frames of which the capture holds less than went over the wire.
  package var shortFrames: Int

  package init(
    path: String = "", first: Timestamp? = nil, last: Timestamp? = nil, frames: Int = 0,
    dropped: Int = 0, isTruncated: Bool = false, shortFrames: Int = 0
  ) {
    self.path = path
    self.first = first
    self.last = last
    self.frames = frames
    self.dropped = dropped
    self.isTruncated = isTruncated
    self.shortFrames = shortFrames
  }
}

/// An IP datagram of which fragments never came.
package struct IncompleteDatagramFacts: Hashable, Sendable {
  package var source: IPAddress
  package var destination: IPAddress
  /// IP protocol number: 17 for UDP, 50 for ESP.
  package var ipProtocol: UInt8
  /// The first fragment that came.
  package var first: Sighting
  /// All fragments that came, in order of arrival.
  package var fragments: [Sighting]
  /// True when the first fragment, the one with the ports, came.
  package var hasFirstFragment: Bool

  package init(
    source: IPAddress, destination: IPAddress, ipProtocol: UInt8, first: Sighting,
    fragments: [Sighting], hasFirstFragment: Bool
  ) {
    self.source = source
    self.destination = destination
    self.ipProtocol = ipProtocol
    self.first = first
    self.fragments = fragments
    self.hasFirstFragment = hasFirstFragment
  }
}

/// A packet on the NAT traversal port that begins like IKE, with four zero bytes, and is none: ESP
/// with SPI 0, which nobody may send there (RFC 3948 §2.1).
package struct StrayZeroSPIFacts: Hashable, Sendable {
  package var source: Endpoint
  package var destination: Endpoint
  package var sighting: Sighting

  package init(source: Endpoint, destination: Endpoint, sighting: Sighting) {
    self.source = source
    self.destination = destination
    self.sighting = sighting
  }
}
