import TestSupport

extension CauseRow {
  static let authentication: [CauseRow] = [
    CauseRow(
      "psk_mismatch", .capture("ikev1-main-psk-mismatch"),
      not: .capture("ikev1-nat-udp4500-filtered"), but: "udp4500_filtered"),
    CauseRow(
      "authentication_failed", .capture("ikev2-psk-mismatch"), not: .capture("ikev2-psk-ok")),
    CauseRow(
      "phase1_id_mismatch", .capture("ikev1-main-id-mismatch", keys: true),
      not: .capture("ikev1-aggressive-psk-mismatch", keys: true), but: "psk_mismatch"),
    CauseRow(
      "eap_failed", .made { eap(succeeds: false, withKeys: true) },
      not: .made { eap(succeeds: true, withKeys: true) }),
    CauseRow(
      "xauth_failed", .capture("ikev1-xauth-wrong-password", keys: true),
      not: .capture("ikev1-xauth-ok", keys: true)),
    CauseRow(
      "xauth_not_expected", .made(eachWaitsForTheOther), not: .capture("ikev1-xauth-ok")),
    CauseRow(
      "address_pool_empty", .made { addressAsked(granted: false) },
      not: .made { addressAsked(granted: true) }),
  ]
}

/// IKE_AUTH in rounds of EAP (RFC 7296 §2.16): identity, a challenge, and how it ends.
func eap(succeeds: Bool, withKeys: Bool) -> Made {
  typealias Number = GatewaysV2.ExchangeNumber
  let tunnel = GatewaysV2()
  tunnel.initiate()
  let identity = IKEBuilder.identificationV2(initiator: true, type: 2, Array("anna".utf8))
  let own = IKEBuilder.identificationV2(initiator: false, type: 2, Array("hub.example".utf8))
  let proof = IKEBuilder.Payload(39, [1, 0, 0, 0] + noise(256, seed: 71))
  tunnel.exchange(
    .initiator, Number.auth, id: 1,
    [identity, GatewaysV2.childSA(spi: 0xc0de_0001)] + GatewaysV2.selectors(),
    [own, proof, IKEBuilder.eap(code: 1, identifier: 0, type: 1)])
  for round in 2...4 {
    tunnel.exchange(
      .initiator, Number.auth, id: UInt32(round),
      [
        IKEBuilder.eap(
          code: 2, identifier: UInt8(round), type: round == 2 ? 1 : 26,
          round == 2 ? Array("anna".utf8) : noise(52, seed: UInt64(round)))
      ],
      [IKEBuilder.eap(code: 1, identifier: UInt8(round), type: 26, noise(40, seed: 72))])
  }
  tunnel.exchange(
    .initiator, Number.auth, id: 5,
    [IKEBuilder.eap(code: 2, identifier: 5, type: 26, noise(6, seed: 73))],
    [IKEBuilder.eap(code: succeeds ? 3 : 4, identifier: 5)])
  if succeeds {
    tunnel.exchange(
      .initiator, Number.auth, id: 6, [.init(39, [2, 0, 0, 0] + noise(32, seed: 74))],
      [
        .init(39, [2, 0, 0, 0] + noise(32, seed: 75)), GatewaysV2.childSA(spi: 0xc0de_0002),
      ] + GatewaysV2.selectors())
    tunnel.traffic()
  }
  return Made(tunnel.wire, ikeKeys: withKeys ? [tunnel.keys] : [])
}

/// The responder asks a gateway for a user as it would a client; the gateway begins quick mode.
private func eachWaitsForTheOther() -> Made {
  let tunnel = GatewaysV1()
  tunnel.vendors[.responder]?.append(GatewaysV1.Vendor.xauth)
  tunnel.phase1()
  let ask = IKEBuilder.configuration(
    version: 1, type: 1, identifier: 9,
    [IKEBuilder.attribute(16521, bytes: []), IKEBuilder.attribute(16522, bytes: [])])
  let transaction = tunnel.sealed2(GatewaysV1.ExchangeNumber.transaction, id: 0x6100_0001, [ask])
  tunnel.send(.responder, transaction)
  tunnel.quick(steps: 1)
  for _ in 0..<3 {
    tunnel.again(.responder, every: 2)
    tunnel.again(.initiator, every: 2)
  }
  return Made(tunnel.wire)
}

/// A client asks for an inner address (RFC 7296 §2.19).
private func addressAsked(granted: Bool) -> Made {
  let tunnel = GatewaysV2()
  tunnel.initiate()
  let asks = IKEBuilder.configuration(version: 2, type: 1, [IKEBuilder.attribute(1, bytes: [])])
  let gives = IKEBuilder.configuration(
    version: 2, type: 2, [IKEBuilder.attribute(1, bytes: [10, 1, 0, 7])])
  let everything = GatewaysV2.selectors()
  let answer =
    granted
    ? tunnel.authAnswer(extra: [gives])
    : [
      IKEBuilder.identificationV2(initiator: false, type: 2, Array("hub.example".utf8)),
      IKEBuilder.Payload(39, [2, 0, 0, 0] + noise(32, seed: 76)), IKEBuilder.notifyV2(36),
    ]
  tunnel.exchange(
    .initiator, GatewaysV2.ExchangeNumber.auth, id: 1,
    tunnel.authRequest(selectors: everything, extra: [asks]), answer)
  if granted { tunnel.traffic() }
  return Made(tunnel.wire, ikeKeys: [tunnel.keys])
}
