import Registries
import Tracking

extension Cause {
  /// The responder answers every copy, and the initiator hears none.
  static let repliesLost = Cause(
    id: "replies_lost", family: .noAnswer, severity: .error,
    title: "The answers do not arrive",
    meaning: """
      The responder answers every copy of the request, and the initiator goes on repeating it: the \
      answers are lost between this capture point and the initiator.
      """,
    shows: """
      Request and answer in pairs, the same two messages over and over. Seen at the initiator \
      itself the same fault looks like a peer that does not answer.
      """,
    remedy: Remedy(
      """
      Look at the way back: a route of the responder to the initiator that leaves by another \
      interface, a filter that lets UDP 500 and 4500 in but not out, or a NAT without state for \
      the answer. Capture close to the initiator to see where the answers end.
      """,
      asa: "show route INITIATOR, and the access-group on every interface on the way",
      ios: "show ip route INITIATOR, and the ip access-group on every interface on the way"),
    lookAlikes: ["peer_not_answering", "udp4500_filtered"],
    explains: ["peer_not_answering", "udp4500_filtered"], rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard !tunnel.isEstablished else { return nil }
  for exchange in tunnel.ike.exchanges where exchange.type != .informational {
    guard let pair = repeatedPair(exchange) else { continue }
    let text =
      "\(tunnel.address(pair.answer.from)) answers every copy of \(pair.request.label) "
      + "(\(times(pair.requests.count)) asked, \(times(pair.answers.count)) answered), and "
      + "\(tunnel.address(pair.request.from)) goes on repeating it: the answers do not reach it."
    let evidence =
      pair.requests.map { Evidence($0, "\(pair.request.label), repeated although answered") }
      + pair.answers.map { Evidence($0, "\(pair.answer.label), the answer") }
    return Answer(
      pair.requests.count >= 3 ? .certain : .likely, text, side: .path,
      evidence: evidence.sorted { $0.sighting.isBefore($1.sighting) }
    )
    .rulingOut(
      RuledOut("peer_not_answering", "the answers are in the capture"),
      RuledOut("psk_mismatch", "the request is repeated unchanged after a sound answer"))
  }
  return nil
}

private struct RepeatedPair {
  var request: SeenMessage
  var answer: SeenMessage
  var requests: [Sighting]
  var answers: [Sighting]
}

/// The last request of an exchange and its answer, where both were repeated and nothing followed.
private func repeatedPair(_ exchange: Exchange) -> RepeatedPair? {
  let messages = exchange.messages
  guard let answerIndex = messages.lastIndex(where: { $0.copyOf == nil }),
    let requestIndex = messages[answerIndex].responseTo, requestIndex < answerIndex,
    // A responder that repeats its own message may be unable to read the answer to it.
    messages[requestIndex].from == exchange.startedBy
  else { return nil }
  let answer = messages[answerIndex]
  let requests = sightings(of: requestIndex, in: messages)
  let answers = sightings(of: answerIndex, in: messages)
  let heardLate = requests.filter { answer.sighting.isBefore($0) }
  guard heardLate.count >= 2, answers.count >= 2, answer.from != messages[requestIndex].from,
    answer.step > messages[requestIndex].step || answer.isResponse
  else { return nil }
  return RepeatedPair(
    request: messages[requestIndex], answer: answer, requests: requests, answers: answers)
}

private func sightings(of index: Int, in messages: [SeenMessage]) -> [Sighting] {
  messages.indices.filter { $0 == index || messages[$0].copyOf == index }
    .map { messages[$0].sighting }
}
