import TestSupport

extension CauseRow {
  static let phase1: [CauseRow] = [
    CauseRow(
      "phase1_proposal_mismatch", .capture("ikev1-main-p1-encryption-mismatch"),
      not: .capture("ikev1-main-p1-encryption-mismatch", config: true),
      but: "phase1_encryption_mismatch"),
    CauseRow(
      "phase1_encryption_mismatch", .capture("ikev1-main-p1-encryption-mismatch", config: true),
      not: .made { refusedOffer(configuration: .ios(hash: "md5")) }, but: "phase1_hash_mismatch"),
    CauseRow(
      "phase1_hash_mismatch", .made { refusedOffer(configuration: .ios(hash: "sha")) },
      not: .made { refusedOffer(configuration: .ios(group: 5)) }, but: "phase1_group_mismatch"),
    CauseRow(
      "phase1_group_mismatch", .capture("ikev2-init-group-mismatch", config: true),
      not: .capture("ikev2-invalid-ke-retry"), but: "ke_group_retry"),
    CauseRow(
      "phase1_auth_method_mismatch",
      .made { refusedOffer(configuration: .ios(authentication: "rsa-sig")) },
      not: .made { refusedOffer(configuration: .ios(encryption: "3des", hash: "md5")) },
      but: "phase1_proposal_mismatch"),
    CauseRow(
      "phase1_lifetime_refused", .made { refusedOffer(configuration: .ios(lifetime: 3600)) },
      not: .made { refusedOffer(configuration: .ios()) }, but: "phase1_proposal_mismatch"),
    CauseRow(
      "ke_group_retry", .capture("ikev2-invalid-ke-retry"),
      not: .capture("ikev2-init-group-mismatch", config: true), but: "phase1_group_mismatch"),
    CauseRow(
      "cookie_challenge", .made(cookieMet), not: .made(cookieNeverMet), but: "cookie_loop"),
    CauseRow(
      "cookie_loop", .made(cookieNeverMet), not: .made(cookieMet), but: "cookie_challenge"),
    CauseRow(
      "weak_choice", .made { choice(weak: true, isAudit: true) },
      not: .made { choice(weak: false, isAudit: true) }, beside: ["deprecated_algorithm"]),
    CauseRow(
      "deprecated_algorithm", .made(oldGroup), not: .made { choice(weak: false, isAudit: true) }),
  ]
}

private func cookieMet() -> Made {
  let tunnel = GatewaysV2()
  let cookie = noise(24, seed: 50)
  tunnel.initRequest()
  tunnel.initNotify(16390, cookie)
  tunnel.initRequest(extra: [IKEBuilder.notifyV2(16390, cookie)])
  tunnel.initResponse()
  tunnel.exchange(
    .initiator, GatewaysV2.ExchangeNumber.auth, id: 1, tunnel.authRequest(), tunnel.authAnswer())
  tunnel.traffic()
  return Made(tunnel.wire)
}

/// A translator gives every try another port, so that the cookie never fits.
private func cookieNeverMet() -> Made {
  let tunnel = GatewaysV2()
  var cookie: [UInt8] = []
  for round in 0..<4 {
    tunnel.initiator.port = 1024 + UInt16(round)
    tunnel.initRequest(
      extra: cookie.isEmpty ? [] : [IKEBuilder.notifyV2(16390, cookie)], after: 2)
    cookie = noise(24, seed: 60 + UInt64(round))
    tunnel.initNotify(16390, cookie)
  }
  return Made(tunnel.wire)
}

private let oldSuite = IKEBuilder.proposal(
  2, protocolID: 1,
  [
    IKEBuilder.transformV2(type: 1, id: 3), IKEBuilder.transformV2(type: 3, id: 2),
    IKEBuilder.transformV2(type: 2, id: 2), IKEBuilder.transformV2(type: 4, id: 14),
  ])

/// The responder takes the second of two proposals, which is old, or the first.
private func choice(weak: Bool, isAudit: Bool) -> Made {
  let tunnel = GatewaysV2()
  tunnel.initRequest(proposals: [GatewaysV2.proposal(), oldSuite])
  tunnel.initResponse(proposal: weak ? oldSuite : nil)
  if weak { return Made(tunnel.wire, isAudit: true) }
  tunnel.exchange(
    .initiator, GatewaysV2.ExchangeNumber.auth, id: 1, tunnel.authRequest(), tunnel.authAnswer())
  tunnel.traffic()
  return Made(tunnel.wire, isAudit: isAudit)
}

private func oldGroup() -> Made {
  let tunnel = GatewaysV1()
  tunnel.phase1(GatewaysV1.transform(group: 2))
  tunnel.quick()
  tunnel.traffic()
  return Made(tunnel.wire, isAudit: true)
}
