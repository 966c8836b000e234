import Bytes
import ISAKMP
import Registries
import Tracking

extension Cause {
  /// XAUTH failed.
  static let xauthFailed = Cause(
    id: "xauth_failed", family: .authentication, severity: .error, title: "XAUTH failed",
    meaning: """
      Phase 1 is done, and the user's name or password was not accepted: wrong, unknown, or an AAA \
      server that does not answer.
      """,
    shows: """
      A transaction exchange with XAUTH_STATUS = 0 (FAIL), or transactions that are repeated and \
      end in a delete, and no quick mode. ASA: "Remote peer has failed user authentication". \
      strongSwan: "XAuth authentication of 'user' failed".
      """,
    remedy: Remedy(
      "Check name and password, and what the AAA server logs.",
      asa: "tunnel-group GROUP general-attributes, authentication-server-group",
      ios: "aaa authentication login; crypto map MAP client authentication list"),
    lookAlikes: ["xauth_not_expected"], explains: ["authentication_failed", "delete_loop"],
    rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard tunnel.isV1 else { return nil }
  let transactions = tunnel.exchanges(.transaction)
  guard !transactions.isEmpty, tunnel.exchanges(.quick).isEmpty else { return nil }
  if let fail = transactions.flatMap(\.configurations).first(where: isFailure) {
    let user = userName(transactions)
    let text =
      "\(tunnel.address(fail.from)) does not accept the user\(user.map { " \"\($0)\"" } ?? ""): "
      + "XAUTH_STATUS is 0 (FAIL). Phase 1 itself is fine."
    return Answer(
      .certain, text, side: .responder,
      evidence: [Evidence(fail.sighting, "XAUTH_STATUS = FAIL")] + evidence(transactions)
    )
    .rulingOut(RuledOut("psk_mismatch", "phase 1 was completed"))
    .needing(.config)
  }
  return byShape(tunnel, transactions, scene)
}

/// Nothing was opened: two transactions (request and status), and then nothing.
private func byShape(_ tunnel: TunnelFacts, _ transactions: [Exchange], _ scene: Scene) -> Answer? {
  let isXAUTH = tunnel.method?.isFollowedByXAUTH ?? tunnel.announces("xauth")
  guard isXAUTH, transactions.flatMap(\.configurations).isEmpty,
    transactions.allSatisfy({ $0.state == .complete || $0.messages.count >= 2 }),
    transactions.count >= 2, transactions.allSatisfy({ $0.startedBy == .responder }),
    let last = transactions.last?.messages.last
  else { return nil }
  let text =
    "After phase 1 the responder asked the user and sent a status, and no quick mode follows: the "
    + "user's name or password was most likely not accepted."
  return Answer(.likely, text, side: .responder, evidence: evidence(transactions))
    .rulingOut(RuledOut("psk_mismatch", "phase 1 was completed"))
    .rulingOut(
      last.from == .initiator
        ? RuledOut("peer_dead", "the last transaction was answered") : nil
    )
    .needing(.ikeKeys)
}

private func evidence(_ transactions: [Exchange]) -> [Evidence] {
  transactions.flatMap(\.messages).map { Evidence($0.sighting, "\($0.label) of XAUTH") }
}

private func isFailure(_ seen: SeenConfiguration) -> Bool {
  guard let status = seen.configuration.attribute(.xauthStatus) else { return false }
  return status.number == 0
}

private func userName(_ transactions: [Exchange]) -> String? {
  let all = transactions.flatMap(\.configurations)
  let name = all.compactMap { $0.configuration.attribute(.xauthUserName) }.first {
    !$0.bytes.isEmpty
  }
  return name.map { printable($0.bytes) }
}
