import Tracking

extension Cause {
  /// What is inside does not belong into the SA.
  static let innerOutsideSelectors = Cause(
    id: "inner_outside_selectors", family: .dataPlane, severity: .error,
    title: "Traffic inside the tunnel is outside its networks",
    meaning: """
      A decrypted packet has addresses that the SA was not negotiated for: the sender's crypto ACL \
      covers more than what was agreed. The receiver drops it.
      """,
    shows: """
      With ESP keys: an inner header outside the selectors. ASA: "%ASA-4-402116: … not matching \
      the negotiated policy". IOS: "%CRYPTO-4-RECVD_PKT_INV_IDENTITY", "Invalid proxy IDs".
      """,
    remedy: Remedy(
      "Correct the sender's crypto ACL, or negotiate an SA for that traffic as well.",
      asa: "access-list ACL … of crypto map MAP SEQ match address at the sender",
      ios: "ip access-list extended ACL of crypto map MAP SEQ, match address, at the sender"),
    lookAlikes: ["flow_not_covered_by_acl"], rule: .flow(find))
}

private func find(_ flow: SecurityFlow, _ scene: Scene) -> Answer? {
  guard let first = flow.outsideSelectors.first else { return nil }
  let child = flow.child
  let agreed =
    child.map {
      " (\(list($0.selectorsOfInitiator.map(\.description))) to "
        + "\(list($0.selectorsOfResponder.map(\.description))))"
    } ?? ""
  return Answer(
    .certain,
    "\(flow.source) sends \(first.inner) through SPI \(spiText(flow)), outside the networks that "
      + "were agreed on\(agreed).",
    side: child?.ikeSA.map { Side(flow.source == $0.initiator.address ? .initiator : .responder) }
      ?? .local,
    evidence: flow.outsideSelectors.map { Evidence($0.sighting, $0.inner) })
}
