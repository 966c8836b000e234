import Bytes
import Timeline

/// Hand-made records: a failed tunnel and a good one, with everything a record can hold set.
enum SampleTimeline {
  static let start: Int64 = 1_795_307_377_263_532_000

  static func moment(_ milliseconds: Int64) -> Moment {
    Moment(Timestamp(nanoseconds: start + milliseconds * 1_000_000))
  }

  /// A message of tunnel `t1`, from its initiator when the frame is odd.
  static func message(
    _ frame: Int, _ summary: String, at milliseconds: Int64, tunnel: String = "t1",
    retransmitOf: Int? = nil
  ) -> EventRecord {
    var event = EventRecord()
    event.time = moment(milliseconds)
    event.frame = frame
    event.kind = .message
    event.tunnel = tunnel
    let ends = ["198.51.100.1:500", "198.51.100.2:500"]
    event.from = frame % 2 == 1 ? ends[0] : ends[1]
    event.to = frame % 2 == 1 ? ends[1] : ends[0]
    event.summary = summary
    event.retransmitOf = retransmitOf
    return event
  }

  /// The messages of the failed tunnel: the fifth repeated three times.
  static var events: [EventRecord] {
    var first = message(1, "MM1 [ SA VID×4 ]", at: 0)
    first.exchange = "main"
    first.messageID = 0
    first.payloads = [payload("SA", ["doi: IPSEC", "situation: 1"]), payload("VID", [])]
    var second = message(2, "MM2 [ SA VID×3 ]", at: 3)
    second.responseTo = 1
    var malformed = message(13, "INFORMATIONAL [ ? ]", at: 9_000)
    malformed.malformed = "Notify at byte 28 needs 12 bytes and has 4 (bounded by the length)"
    var gap = message(14, "no packet for 12 s", at: 9_100)
    gap.kind = .gap
    gap.childSA = "t1.c1"
    return [
      first, second, message(3, "MM3 [ KE No NAT-D×2 ]", at: 5),
      message(4, "MM4 [ KE No NAT-D×2 ]", at: 8), message(5, "MM5 [ encrypted, 76 bytes ]", at: 10),
      message(7, "MM5 [ encrypted, 76 bytes ]", at: 1_010, retransmitOf: 5),
      message(9, "MM5 [ encrypted, 76 bytes ]", at: 3_010, retransmitOf: 7),
      message(11, "MM5 [ encrypted, 76 bytes ]", at: 8_012, retransmitOf: 5), malformed, gap,
    ]
  }

  static func payload(_ type: String, _ fields: [String]) -> PayloadRecord {
    var payload = PayloadRecord()
    payload.type = type
    payload.fields = fields
    return payload
  }

  static func tunnel(_ id: String, outcome: String) -> TunnelRecord {
    var tunnel = TunnelRecord()
    tunnel.id = id
    tunnel.mode = "main"
    tunnel.outcome = outcome
    tunnel.initiator.address = "198.51.100.1"
    tunnel.responder.address = "198.51.100.2"
    tunnel.initiatorSPI = "00112233445566aa"
    tunnel.responderSPI = "8899aabbccddeeff"
    tunnel.ikeSA.offered = [proposal("isakmp")]
    tunnel.ikeSA.chosen = proposal("isakmp")
    tunnel.ikeSA.lifetimeSeconds = 86_400
    tunnel.firstFrame = 1
    tunnel.lastFrame = 14
    tunnel.start = moment(0)
    tunnel.end = moment(9_100)
    tunnel.messages = 9
    tunnel.retransmissions = 3
    tunnel.roundTripMicroseconds = 3_000
    return tunnel
  }

  static func proposal(_ name: String) -> ProposalRecord {
    var proposal = ProposalRecord()
    proposal.number = 1
    proposal.protocol = name
    for (type, name, bits) in [
      ("encryption", "aes-cbc", 256 as Int?), ("integrity", "hmac-sha1-96", nil),
    ] {
      var transform = TransformRecord()
      transform.type = type
      transform.name = name
      transform.id = 12
      transform.keyBits = bits
      proposal.transforms.append(transform)
    }
    return proposal
  }

  static var childSA: ChildSARecord {
    var child = ChildSARecord()
    child.id = "t2.c1"
    child.mode = "tunnel"
    child.outcome = "established"
    child.linkedBy = "spi"
    child.spis.toInitiator = "c0ffee01"
    child.spis.toResponder = "0badcafe"
    child.offered = [proposal("esp")]
    child.chosen = proposal("esp")
    child.pfsGroup = "modp2048"
    child.selectors.initiator = ["10.1.0.0/24"]
    child.selectors.responder = ["10.2.0.0/24"]
    child.lifetimeSeconds = 3600
    child.encapsulation = "udp"
    var traffic = TrafficRecord()
    traffic.packets = 12
    traffic.bytes = 1_234
    traffic.firstSequence = 1
    traffic.lastSequence = 14
    traffic.lost = 2
    traffic.integrityGood = 12
    child.traffic.toResponder = traffic
    child.policy = verdict
    return child
  }

  static var verdict: PolicyVerdictRecord {
    var verdict = PolicyVerdictRecord()
    verdict.verdict = "protect"
    verdict.sentence = "The flow is protected by mymap 10."
    verdict.interface = "outside"
    verdict.map = "mymap"
    verdict.sequence = 10
    verdict.entryLine = 19
    verdict.acl = "CRY"
    var ace = ACERecord()
    ace.index = 1
    ace.line = 12
    ace.text = "access-list CRY permit ip 10.1.0.0 255.255.255.0 10.2.0.0 255.255.255.0"
    verdict.ace = ace
    verdict.peer = "198.51.100.2"
    var scope = SAScopeRecord()
    scope.source = "10.1.0.0/24"
    scope.destination = "10.2.0.0/24"
    scope.protocol = "tcp"
    scope.destinationPort = "443"
    scope.sourcePort = "1-1023"
    verdict.saScope = scope
    verdict.negotiates = true
    verdict.chosen = [
      AlgorithmRecord(kind: "encryption", name: "aes-256"),
      AlgorithmRecord(kind: "group", name: "14"),
    ]
    var policy = IKEPolicyReference()
    policy.number = 10
    policy.line = 3
    verdict.ikePolicy = policy
    verdict.tunnelGroup = "198.51.100.2"
    verdict.findings = ["C-HOSTBITS"]
    verdict.observed = "agrees"
    verdict.rules = ["A-CM-12"]
    verdict.tried = [
      .entry(sequence: 5, dynamicSequence: nil, stage: "peer-mismatch"),
      .policy(offered: 1, own: 10, differs: ["encryption"]),
    ]
    verdict.trace = [step(rows: 1)]
    verdict.notes = ["ACE 3 would match but is inactive"]
    verdict.candidates = ["mymap 20: the peer's address would decide"]
    verdict.nearest = "policy 10: encryption differs"
    verdict.why = ["Before NAT the packet would have hit CRY#1."]
    verdict.wouldWork = "the peer offering encryption aes-256"
    return verdict
  }

  /// A step with as many inner steps as asked, the last of which matches.
  static func step(rows: Int) -> StepRecord {
    var step = StepRecord()
    step.label = "entry 10"
    step.what = "mymap 10 match address CRY"
    step.rule = "A-CM-12"
    var line = StepLineRecord()
    line.line = 19
    line.text = "crypto map mymap 10 match address CRY"
    step.config = line
    for row in 1...rows {
      var inner = StepRecord()
      inner.label = "CRY#\(row)"
      inner.what = "permit ip"
      inner.result = row == rows ? "match" : "no-match"
      var field = FieldRecord()
      field.name = "source"
      field.got = "10.1.0.5"
      field.wanted = "10.1.0.0/24"
      field.equal = row == rows
      field.relation = row == rows ? "in" : "not in"
      inner.fields = [field]
      step.steps.append(inner)
    }
    return step
  }

  static func finding(_ id: String, tunnel: String?) -> FindingRecord {
    var finding = FindingRecord()
    finding.id = id
    finding.severity = "error"
    finding.cause = "psk_mismatch"
    finding.certainty = "likely"
    finding.title = "The pre-shared keys differ"
    finding.explanation = "The responder cannot read message 5 and asks for nothing else."
    finding.remedy = "Set the same pre-shared key on both ends."
    finding.tunnel = tunnel
    finding.side = "both"
    var evidence = EvidenceRecord()
    evidence.frame = 5
    evidence.what = "MM5 is repeated 3 times"
    finding.evidence = [evidence]
    var line = ConfigLineRecord()
    line.path = "asa.cfg"
    line.line = 12
    line.text = "tunnel-group 198.51.100.1 ipsec-attributes"
    finding.config = [line]
    var other = RuledOutRecord()
    other.cause = "udp4500_filtered"
    other.because = "the port stays 500"
    finding.ruledOut = [other]
    finding.needs = ["psk"]
    return finding
  }

  static var records: TimelineRecords {
    var records = TimelineRecords()
    var capture = CaptureRecord()
    capture.path = "vpn.pcap"
    capture.linkTypes = ["Ethernet"]
    capture.frames = 14
    capture.bytes = 2_100
    capture.firstFrame = moment(0)
    capture.lastFrame = Moment(Timestamp(nanoseconds: start), digits: 9)
    capture.truncated = true
    capture.warnings = ["the clock steps back once"]
    capture.counts.ike = 12
    records.captures = [capture]
    var configuration = ConfigurationRecord()
    configuration.path = "asa.cfg"
    configuration.dialect = "asa"
    configuration.hostname = "fw-a"
    configuration.localAddresses = ["198.51.100.1"]
    var warning = ConfigurationWarning()
    warning.line = 7
    warning.text = "crypto nonsense"
    warning.message = "not understood"
    configuration.warnings = [warning]
    records.configurations = [configuration]
    var good = tunnel("t2", outcome: "established")
    good.initiator.identity = identity
    good.initiator.natted = true
    good.natTraversal.detected = "initiator"
    good.natTraversal.encapsulation = "udp"
    good.vendors = [vendor]
    good.certificates = [CertificateRecord()]
    good.childSAs = [childSA]
    good.rekeys = "t1"
    good.policy = verdict
    records.tunnels = [tunnel("t1", outcome: "failed"), good]
    records.flows = [flow]
    records.findings = [finding("x1", tunnel: "t1"), finding("x2", tunnel: nil)]
    records.evictions = ["3 half-open exchanges were forgotten"]
    return records
  }

  private static var identity: IdentityRecord {
    var identity = IdentityRecord()
    identity.type = "fqdn"
    identity.value = "a.example"
    return identity
  }

  private static var vendor: VendorRecord {
    var vendor = VendorRecord()
    vendor.name = "RFC 3706 DPD"
    vendor.id = "afcad71368a1f1c96b8696fc77570100"
    return vendor
  }

  private static var flow: FlowRecord {
    var flow = FlowRecord()
    flow.id = "f1"
    flow.protocol = "tcp"
    flow.source = "10.1.0.10"
    flow.destination = "10.2.0.10"
    flow.sourcePort = 40_000
    flow.destinationPort = 80
    flow.packets = 12
    flow.bytes = 900
    flow.seen = "decrypted"
    flow.childSA = "t2.c1"
    flow.direction = "outbound"
    flow.policy = verdict
    flow.firstFrame = 20
    flow.lastFrame = 40
    flow.start = moment(100)
    flow.end = moment(200)
    return flow
  }
}
