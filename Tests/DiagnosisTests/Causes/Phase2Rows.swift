import TestSupport

extension CauseRow {
  static let phase2: [CauseRow] = [
    CauseRow(
      "phase2_refused", .capture("ikev1-p2-encryption-mismatch"),
      not: .capture("ikev1-main-psk-ok")),
    CauseRow(
      "phase2_encryption_mismatch",
      .capture("ikev1-p2-encryption-mismatch", keys: true, config: true),
      not: .made { refusedQuick(14, .ios(transforms: "esp-aes esp-sha256-hmac")) },
      but: "phase2_hash_mismatch"),
    CauseRow(
      "phase2_hash_mismatch",
      .made { refusedQuick(14, .ios(transforms: "esp-aes esp-sha256-hmac")) },
      not: .made { refusedQuick(14, .ios(transforms: "esp-3des esp-sha-hmac")) },
      but: "phase2_encryption_mismatch"),
    CauseRow(
      "phase2_proposal_mismatch", .capture("ikev1-p2-encryption-mismatch", keys: true),
      not: .made { refusedQuick(18) }, but: "proxy_id_mismatch"),
    CauseRow(
      "pfs_required_not_offered",
      .capture("ikev1-p2-pfs-not-offered-mismatch", keys: true, config: true),
      not: .made { refusedQuick(14, .ios(transforms: "esp-aes esp-sha256-hmac")) },
      but: "phase2_hash_mismatch"),
    CauseRow(
      "pfs_group_mismatch", .made { pfsAtRekey(retries: false) },
      not: .made { pfsAtRekey(retries: true) }),
    CauseRow(
      "proxy_id_mismatch", .capture("ikev1-p2-proxyid-disjoint", keys: true, config: true),
      not: .capture("ikev1-p2-encryption-mismatch", keys: true), but: "phase2_proposal_mismatch"),
    CauseRow(
      "selectors_narrowed", .made { narrowed(to: [10, 2, 0]) },
      not: .made { narrowed(to: nil) }),
    CauseRow(
      "single_pair_required", .made { refusedAuth(34) }, not: .made { refusedAuth(38) },
      but: "proxy_id_mismatch"),
    CauseRow(
      "mode_mismatch", .made { transport(returned: false) },
      not: .made { transport(returned: true) }),
  ]
}

/// Quick mode, refused by an encrypted notify.
func refusedQuick(_ notify: UInt16, _ configuration: DeviceText? = nil) -> Made {
  let tunnel = GatewaysV1()
  tunnel.phase1()
  tunnel.quick(steps: 1)
  tunnel.inform(
    .responder, id: 0x7700_0005,
    [IKEBuilder.notifyV1(notify, protocolID: 3, spi: IKEBuilder.be32(0xc0de_0001))])
  return Made(
    tunnel.wire, ikeKeys: [tunnel.keys],
    configurations: [configuration?.text].compactMap { $0 })
}

/// A rekey with PFS in a group that the peer does not take; told so, the initiator uses the peer's
/// group or gives up.
private func pfsAtRekey(retries: Bool) -> Made {
  typealias Number = GatewaysV2.ExchangeNumber
  let tunnel = GatewaysV2()
  tunnel.establish()
  tunnel.traffic()
  tunnel.exchange(
    .initiator, Number.createChild, id: 2,
    tunnel.rekeyRequest(old: 0xc0de_0001, new: 0xc0de_0011, group: 5),
    [IKEBuilder.notifyV2(17, [0, 14])], after: 60)
  if retries {
    tunnel.exchange(
      .initiator, Number.createChild, id: 3,
      tunnel.rekeyRequest(old: 0xc0de_0001, new: 0xc0de_0011, group: 14),
      tunnel.rekeyAnswer(new: 0xc0de_0012, group: 14))
    tunnel.delete(.initiator, id: 4, spis: [0xc0de_0001], answer: [0xc0de_0002])
    tunnel.traffic(toResponder: 0xc0de_0012, toInitiator: 0xc0de_0011)
  }
  return Made(tunnel.wire, ikeKeys: [tunnel.keys])
}

/// IKE_AUTH asks for 10.2.0.0/16, and gets it or a part.
private func narrowed(to network: [UInt8]?) -> Made {
  let tunnel = GatewaysV2()
  tunnel.initiate()
  let wide = [
    IKEBuilder.selectors(
      initiator: true, [IKEBuilder.selector([10, 1, 0, 0], [10, 1, 0, 255])]),
    IKEBuilder.selectors(
      initiator: false, [IKEBuilder.selector([10, 2, 0, 0], [10, 2, 255, 255])]),
  ]
  let answer = network.map { GatewaysV2.selectors([10, 1, 0], $0) } ?? wide
  tunnel.exchange(
    .initiator, GatewaysV2.ExchangeNumber.auth, id: 1, tunnel.authRequest(selectors: wide),
    tunnel.authAnswer(selectors: answer))
  tunnel.traffic()
  return Made(tunnel.wire, ikeKeys: [tunnel.keys])
}

/// IKE_AUTH that proves the identity and refuses the child.
private func refusedAuth(_ notify: UInt16) -> Made {
  let tunnel = GatewaysV2()
  tunnel.initiate()
  tunnel.exchange(
    .initiator, GatewaysV2.ExchangeNumber.auth, id: 1, tunnel.authRequest(),
    [
      IKEBuilder.identificationV2(initiator: false, type: 2, Array("hub.example".utf8)),
      IKEBuilder.Payload(39, [2, 0, 0, 0] + noise(32, seed: 77)), IKEBuilder.notifyV2(notify),
    ])
  return Made(tunnel.wire, ikeKeys: [tunnel.keys])
}

/// Transport mode is asked for; answered by tunnel mode the child is deleted at once.
private func transport(returned: Bool) -> Made {
  let tunnel = GatewaysV2()
  tunnel.initiate()
  let mode = IKEBuilder.notifyV2(16391)
  tunnel.exchange(
    .initiator, GatewaysV2.ExchangeNumber.auth, id: 1, tunnel.authRequest(extra: [mode]),
    tunnel.authAnswer(extra: returned ? [mode] : []))
  if returned {
    tunnel.traffic()
  } else {
    tunnel.delete(.initiator, id: 2, spis: [0xc0de_0001], answer: [0xc0de_0002], after: 0.2)
  }
  return Made(tunnel.wire, ikeKeys: [tunnel.keys])
}
