import Bytes
import Timeline
import Tracking

extension Cause {
  /// Traffic that should be protected goes in clear.
  static let flowNotCoveredByACL = Cause(
    id: "flow_not_covered_by_acl", family: .policy, severity: .error,
    title: "Traffic goes in clear, outside the crypto ACL",
    meaning: """
      A flow between private networks is seen unprotected on the wire: no permit of the crypto ACL \
      covers it, an earlier deny takes it out, or the crypto map is not applied to the interface.
      """,
    shows: "Clear packets between inner addresses beside the tunnel's ESP.",
    remedy: Remedy(
      "Add a permit for the flow to the crypto ACL of both ends (mirror images), or take it off the line.",
      asa:
        "access-list ACL extended permit ip LOCAL MASK REMOTE MASK; crypto map MAP interface OUTSIDE",
      ios:
        "ip access-list extended ACL, permit ip LOCAL WILDCARD REMOTE WILDCARD; crypto map MAP on interface OUTSIDE"
    ),
    lookAlikes: ["nat_before_acl"], rule: .inner(find))
}

private func find(_ input: InnerFlowInput, _ scene: Scene) -> Answer? {
  let flow = input.flow
  guard flow.visibility == .clear, isPrivate(flow.key.source), isPrivate(flow.key.destination),
    !scene.isTunnelEnd(flow.key.source), !scene.isTunnelEnd(flow.key.destination)
  else { return nil }
  if let verdict = input.policy { return fromConfiguration(input, verdict, scene) }
  return fromSelectors(input, scene)
}

private func fromConfiguration(
  _ input: InnerFlowInput, _ verdict: PolicyVerdictRecord, _ scene: Scene
) -> Answer? {
  guard verdict.verdict == "bypass",
    ["no-permit-matched", "no-crypto-map-on-interface"].contains(verdict.reason),
    !verdict.findings.contains("C-NAT-NOT-EXEMPT"),
    !scene.tunnels.isEmpty, !scene.sawProtectedInClear
  else { return nil }
  let text =
    "\(flowText(input.flow)) crosses the wire in clear (\(packets(input.flow))). "
    + (verdict.sentence.isEmpty
      ? "No permit of the crypto ACL in \(input.path) covers it." : verdict.sentence)
  let key = input.flow.key
  var answer = Answer(
    .certain, text, side: .local, evidence: evidence(input.flow),
    remedy: "Permit \(key.source) to \(key.destination), or the networks that they are in."
  )
  .rulingOut(RuledOut("nat_before_acl", "no permit would match before NAT either"))
  .citing(lines(verdict, input.path))
  answer.device = device(input, verdict)
  answer.tunnel = scene.tunnels.first { $0.isEstablished }
  return answer
}

/// Without a configuration the SAs themselves show which networks are protected.
private func fromSelectors(_ input: InnerFlowInput, _ scene: Scene) -> Answer? {
  guard !scene.sawProtectedInClear else { return nil }
  let key = input.flow.key
  for tunnel in scene.tunnels {
    for child in tunnel.ike.children where child.state == .established && child.link == .exchange {
      for (own, far) in [
        (child.selectorsOfInitiator, child.selectorsOfResponder),
        (child.selectorsOfResponder, child.selectorsOfInitiator),
      ] {
        guard own.contains(where: { $0.addresses.contains(key.source) }),
          !own.contains(where: { $0.addresses.contains(key.destination) }),
          !far.contains(where: { $0.addresses.contains(key.destination) })
        else { continue }
        let text =
          "\(flowText(input.flow)) crosses the wire in clear (\(packets(input.flow))). The tunnel "
          + "protects \(list(own.map(\.description))) to \(list(far.map(\.description))) only."
        var answer = Answer(.likely, text, side: .local, evidence: evidence(input.flow))
          .needing(.config)
        answer.tunnel = tunnel
        return answer
      }
    }
  }
  return nil
}

private func evidence(_ flow: InnerFlow) -> [Evidence] {
  flow.first == flow.last
    ? [Evidence(flow.first, "in clear")]
    : [Evidence(flow.first, "in clear"), Evidence(flow.last, "in clear")]
}

private func packets(_ flow: InnerFlow) -> String { count(flow.packets, "packet") }

/// `tcp 10.1.0.5:1025 to 10.2.0.9:443`.
func flowText(_ flow: InnerFlow) -> String {
  let key = flow.key
  let source =
    key.sourcePort == 0 ? "\(key.source)" : "\(Endpoint(key.source, port: key.sourcePort))"
  let destination =
    key.destinationPort == 0
    ? "\(key.destination)" : "\(Endpoint(key.destination, port: key.destinationPort))"
  return "\(protocolName(key.ipProtocol)) \(source) to \(destination)"
}

/// The lines a verdict stands on.
func lines(_ verdict: PolicyVerdictRecord, _ path: String) -> [ConfigLineRecord] {
  guard let ace = verdict.ace else { return [] }
  var line = ConfigLineRecord()
  line.path = path
  line.line = ace.line
  line.text = ace.text
  return [line]
}

/// RFC 1918 and RFC 4193 addresses: inner networks, seldom seen in clear outside.
func isPrivate(_ address: IPAddress) -> Bool {
  guard let bits = address.ipv4 else { return address.high >> 57 == 0x7e }
  return bits >> 24 == 10 || bits >> 20 == 0xac1 || bits >> 16 == 0xc0a8
}
