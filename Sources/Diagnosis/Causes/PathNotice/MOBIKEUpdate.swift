import Tracking

extension Cause {
  /// The tunnel moved to another address by MOBIKE.
  static let mobikeUpdate = Cause(
    id: "mobike_update", family: .pathNotice, severity: .info,
    title: "The tunnel moved to another address",
    meaning: """
      An end changed its address and told the other by MOBIKE (RFC 4555); the SAs live on. It is \
      no fault.
      """,
    shows: "UPDATE_SA_ADDRESSES and its answer; without keys only the new address.",
    remedy: Remedy("Nothing to mend."), lookAlikes: ["nat_rebinding"], rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard !tunnel.isV1 else { return nil }
  if let update = tunnel.notifies(.addressUpdate).first {
    let move = tunnel.ike.moves.first
    let where_ = move.map { " from \($0.from.address) to \($0.to.address)" } ?? ""
    return Answer(
      .certain, "The \(update.from.name) moved\(where_) by MOBIKE.", side: Side(update.from),
      evidence: [Evidence(update.sighting, "UPDATE_SA_ADDRESSES")]
    )
    .rulingOut(RuledOut("nat_rebinding", "MOBIKE announced it"))
  }
  guard let move = tunnel.ike.moves.first(where: { $0.from.address != $0.to.address }),
    !tunnel.isOpened
  else { return nil }
  return Answer(
    .likely,
    "The \(move.role.name) moved from \(move.from.address) to \(move.to.address), most likely by "
      + "MOBIKE; the request itself is encrypted.",
    side: Side(move.role), evidence: [Evidence(move.at, "from the new address")]
  )
  .needing(.ikeKeys)
}
