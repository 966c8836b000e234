import Bytes
import Policy
import Timeline
import Tracking

extension Device {
  /// What this device does with a flow, in the direction that its addresses tell; nil when the flow
  /// does not concern it.
  func verdict(on flow: InnerFlow) -> (direction: String, record: PolicyVerdictRecord)? {
    guard let interface = cryptoInterface, let isOutbound = isOutbound(flow) else { return nil }
    let key = flow.key
    let hasPorts = key.ipProtocol == 6 || key.ipProtocol == 17
    let packet = Packet(
      key.source, key.destination, protocolNumber: key.ipProtocol,
      sourcePort: hasPorts ? key.sourcePort : nil,
      destinationPort: hasPorts ? key.destinationPort : nil)
    let direction: FlowQuestion.Direction =
      isOutbound ? .out : flow.visibility == .clear ? .inClear : .inDecrypted
    var question = FlowQuestion(direction, packet, interface: interface)
    question.saExists = flow.visibility != .clear
    if direction == .inDecrypted { question.viaSA = entry(of: packet, interface) }
    return (
      isOutbound ? "outbound" : "inbound", PolicyVerdictRecord(engine.answer(question))
    )
  }

  /// The entry by which the answers to a decrypted packet would leave: its SA is that entry's.
  private func entry(of packet: Packet, _ interface: String) -> FlowQuestion.SAEntry? {
    var question = FlowQuestion(.out, packet.reversed, interface: interface)
    question.saExists = true
    let verdict = engine.answer(question)
    return verdict.sequence.map {
      FlowQuestion.SAEntry(
        map: verdict.map, sequence: $0, dynamicSequence: verdict.dynamicSequence)
    }
  }

  /// By the tunnel that carries it, else by the networks behind the device.
  private func isOutbound(_ flow: InnerFlow) -> Bool? {
    if let carrier = flow.carrier {
      if isOwn(carrier.source) { return true }
      if isOwn(carrier.key.destination) { return false }
      if let ike = carrier.child?.ikeSA, let side = role(in: ike) {
        return carrier.key.destination != ike.endpoint(side).address
      }
    }
    switch (isInside(flow.key.source), isInside(flow.key.destination)) {
    case (true, false): return true
    case (false, true): return false
    default: return nil
    }
  }
}
