import Bytes
import CiscoConfig
import Policy
import Timeline
import Tracking

/// What a configuration says of the flows of a capture, inside its tunnels and in clear.
struct FlowVerdicts {
  let given: GivenConfiguration
  /// Policy verdicts of children, by the child's name.
  let children: [String: PolicyVerdictRecord]

  /// The direction of a flow as the device sees it, and the verdict.
  func verdict(
    of flow: InnerFlow
  ) -> (direction: String, policy: PolicyVerdictRecord)? {
    let packet = Packet(
      flow.key.source, flow.key.destination, protocolNumber: flow.key.ipProtocol,
      sourcePort: port(flow.key.sourcePort, flow),
      destinationPort: port(flow.key.destinationPort, flow)
    )
    guard let carrier = flow.carrier else { return clear(packet, flow) }
    let child = carrier.child
    guard let sa = child?.ikeSA, let side = given.side(of: sa) else {
      return carried(packet, carrier)
    }
    let toInitiator = child?.flowToInitiator === carrier
    let sentByInitiator = !toInitiator
    let isOutbound = sentByInitiator == (side == .initiator)
    let interface = given.interface(for: sa.endpoint(side).address)
    return answer(packet, isOutbound, interface, child.flatMap { children[$0.id] })
  }

  /// A flow in a child whose negotiation the capture does not hold.
  private func carried(
    _ packet: Packet, _ carrier: SecurityFlow
  ) -> (direction: String, policy: PolicyVerdictRecord)? {
    if given.has(carrier.source) {
      return answer(packet, true, given.interface(for: carrier.source), nil)
    }
    if given.has(carrier.key.destination) {
      return answer(packet, false, given.interface(for: carrier.key.destination), nil)
    }
    return nil
  }

  private func answer(
    _ packet: Packet, _ isOutbound: Bool, _ interface: String?, _ child: PolicyVerdictRecord?
  ) -> (direction: String, policy: PolicyVerdictRecord) {
    var question = FlowQuestion(
      isOutbound ? .out : .inDecrypted, packet, interface: interface)
    question.saExists = true
    question.negotiationSucceeded = true
    if !isOutbound, let sequence = child?.sequence {
      question.viaSA = FlowQuestion.SAEntry(
        map: child?.map, sequence: sequence, dynamicSequence: child?.dynamicSequence)
    }
    let verdict = given.engine.answer(question)
    var record = PolicyVerdictRecord(verdict)
    let protects = verdict.outcome == .protect || verdict.outcome == .accept
    record.observed =
      verdict.outcome == .cannotTell ? "silent" : protects ? "agrees" : "contradicts"
    return (isOutbound ? "outbound" : "inbound", record)
  }

  /// A clear flow: on its way out, or come in unprotected. Which of the two the capture point
  /// shows cannot be told from one packet, so the reading that the configuration has a word for
  /// wins.
  private func clear(
    _ packet: Packet, _ flow: InnerFlow
  ) -> (direction: String, policy: PolicyVerdictRecord)? {
    guard !given.has(flow.key.source), !given.has(flow.key.destination),
      !flow.key.destination.isMulticast
    else { return nil }
    for map in given.configuration.cryptoMaps {
      let bound =
        map.interfaces.map(\.value)
        + given.configuration.interfaces.filter { $0.cryptoMap?.value == map.name }.map(\.reference)
      guard let interface = bound.first else { continue }
      let out = given.engine.answer(FlowQuestion(.out, packet, interface: interface))
      if out.outcome == .protect { return ("outbound", record(out, seenClear: true)) }
      let inbound = given.engine.answer(FlowQuestion(.inClear, packet, interface: interface))
      if inbound.outcome == .drop { return ("inbound", record(inbound, seenClear: true)) }
      return ("unknown", record(out, seenClear: true))
    }
    return nil
  }

  private func record(_ verdict: Verdict, seenClear: Bool) -> PolicyVerdictRecord {
    var record = PolicyVerdictRecord(verdict)
    switch verdict.outcome {
    case .bypass: record.observed = "agrees"
    case .protect, .drop: record.observed = "contradicts"
    default: record.observed = "silent"
    }
    return record
  }

  private func port(_ port: UInt16, _ flow: InnerFlow) -> UInt16? {
    flow.key.ipProtocol == 6 || flow.key.ipProtocol == 17 ? port : nil
  }
}
