import Registries
import Tracking

extension Cause {
  /// Quick mode's third message is lost.
  static let lastMessageLost = Cause(
    id: "last_message_lost", family: .liveness, severity: .warning,
    title: "Quick mode's last message was lost",
    meaning: """
      The initiator sent its last message and uses the SA; the responder never got it and repeats \
      its second message, with no SA to decrypt with.
      """,
    shows: "QM2 repeated while the initiator's ESP flows.",
    remedy: Remedy("Look for loss on the path; most devices heal by themselves at the next try."),
    lookAlikes: ["esp_one_way"], explains: ["esp_one_way", "phase2_refused"], rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  for exchange in tunnel.exchanges(.quick) {
    guard let second = exchange.messages.firstIndex(where: { $0.step == 2 && $0.copyOf == nil })
    else { continue }
    let copies = exchange.messages.filter { $0.copyOf == second }
    let third = exchange.messages.first { $0.step == 3 }
    guard copies.count >= 2 else { continue }
    let ignored = third.map { seen in copies.count { seen.sighting.isBefore($0.sighting) } } ?? 0
    guard third == nil || ignored >= 2, !isHealed(exchange, copies) else { continue }
    let starter = tunnel.ike.endpoint(exchange.startedBy).address
    let sends = scene.traffic(of: tunnel)?.flows.contains { $0.source == starter } ?? false
    guard third != nil || sends else { continue }
    return Answer(
      .likely,
      "\(tunnel.address(exchange.startedBy.peer)) repeats QM2 \(times(copies.count)): quick mode's "
        + "third message does not reach it"
        + (sends ? ", while \(starter) already sends ESP." : "."),
      side: .path, evidence: copies.map { Evidence($0.sighting, "QM2 again") }
    )
    .rulingOut(RuledOut("phase2_refused", "the responder accepted the proposal in QM2"))
  }
  return nil
}

/// A third message came after the last copy of the second.
private func isHealed(_ exchange: Exchange, _ copies: [SeenMessage]) -> Bool {
  guard let last = copies.last else { return true }
  return exchange.messages.contains { $0.step == 3 && last.sighting.isBefore($0.sighting) }
}
