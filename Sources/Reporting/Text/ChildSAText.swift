import Timeline

/// Writes what is known of a tunnel's SAs.
struct ChildSAText {
  let canvas: Canvas
  let verbose: Bool

  /// Phase 1, or the IKE SA.
  func write(ikeSA tunnel: TunnelRecord) {
    let sa = tunnel.ikeSA
    if let chosen = sa.chosen {
      canvas.field("IKE SA", algorithmsText(chosen) + lifetimeText(sa), indent: 2)
    }
    if sa.chosen == nil || verbose {
      for (index, proposal) in sa.offered.prefix(verbose ? 200 : 6).enumerated() {
        let label = index == 0 ? "Offered" : ""
        canvas.field(label, "\(proposal.number): \(algorithmsText(proposal))", indent: 2)
      }
      let more = sa.offered.count - (verbose ? 200 : 6)
      if more > 0 { canvas.field("", "and \(more) more", indent: 2, .dim) }
    }
    if let text = natText(tunnel) { canvas.field("NAT", text, indent: 2) }
    identities(tunnel)
    if verbose { vendorsAndCertificates(tunnel) }
    if let policy = tunnel.policy { PolicyLine(canvas: canvas).write(policy, indent: 2) }
  }

  /// One child SA.
  func write(_ child: ChildSARecord) {
    var head = child.protocol.uppercased()
    if let mode = child.mode { head += " \(mode)" }
    if let encapsulation = encapsulationText(child.encapsulation) { head += " \(encapsulation)" }
    let lead = [
      Piece("  \(padded(child.id, to: Canvas.labelColumns))", .strong),
      Piece("\(child.outcome)  ", role(ofOutcome: child.outcome)),
    ]
    let rekeys = child.rekeys.map { ", replaces \($0)" } ?? ""
    canvas.paragraph(lead, head + selectorsText(child.selectors) + rekeys, hang: 13)
    let indent = 2 + Canvas.labelColumns
    if let details = agreedText(child) { sub(details, indent) }
    traffic("→", child.spis.toResponder, child.traffic.toResponder, indent)
    traffic("←", child.spis.toInitiator, child.traffic.toInitiator, indent)
    let wasUsed = child.traffic.toInitiator != nil || child.traffic.toResponder != nil
    if child.linkedBy == "addresses", wasUsed {
      sub("belongs to this tunnel by its addresses and time only", indent, .dim)
    }
    if let policy = child.policy { PolicyLine(canvas: canvas).write(policy, indent: indent) }
  }

  private func sub(_ text: String, _ indent: Int, _ role: Role = .plain) {
    canvas.paragraph([Piece(String(repeating: " ", count: indent))], text, role)
  }

  private func lifetimeText(_ sa: IKESARecord) -> String {
    lifetimeText(sa.lifetimeSeconds, sa.lifetimeKilobytes) + (sa.decrypted ? ", opened" : "")
  }

  private func lifetimeText(_ seconds: Int?, _ kilobytes: Int?) -> String {
    (seconds.map { ", lifetime \($0) s" } ?? "") + (kilobytes.map { ", \($0) kB" } ?? "")
  }

  private func agreedText(_ child: ChildSARecord) -> String? {
    guard let chosen = child.chosen else {
      let offered = child.offered.prefix(3).map(algorithmsText).joined(separator: " | ")
      return offered.isEmpty ? nil : "offered \(offered)"
    }
    let pfs = child.pfsGroup.map { ", PFS \($0)" } ?? ""
    return algorithmsText(chosen) + pfs
      + lifetimeText(child.lifetimeSeconds, child.lifetimeKilobytes)
  }

  private func selectorsText(_ selectors: SelectorPair) -> String {
    guard !selectors.initiator.isEmpty || !selectors.responder.isEmpty else { return "" }
    func side(_ texts: [String]) -> String {
      let shown = texts.prefix(verbose ? texts.count : 4).joined(separator: " ")
      return texts.count > 4 && !verbose ? "\(shown) … (\(texts.count))" : shown
    }
    return "  \(side(selectors.initiator)) ↔ \(side(selectors.responder))"
  }

  private func traffic(_ arrow: String, _ spi: String?, _ seen: TrafficRecord?, _ indent: Int) {
    guard spi != nil || seen != nil else { return }
    var parts = ["\(arrow) SPI \(spi ?? "unknown")"]
    if let seen {
      parts[0] += "  \(counted(seen.packets, "packet")), \(byteCount(seen.bytes))"
      if seen.packets > 0 { parts.append("sequence \(seen.firstSequence)–\(seen.lastSequence)") }
      parts += oddities(seen)
    } else {
      parts[0] += "  no packet seen"
    }
    sub(parts.joined(separator: ", "), indent)
  }

  private func oddities(_ seen: TrafficRecord) -> [String] {
    var parts: [String] = []
    if seen.lost > 0 { parts.append("\(seen.lost) lost") }
    if seen.reordered > 0 { parts.append("\(seen.reordered) out of order") }
    if seen.duplicates > 0 { parts.append(counted(seen.duplicates, "duplicate")) }
    if seen.outsideReplayWindow > 0 {
      parts.append("\(seen.outsideReplayWindow) outside the replay window")
    }
    parts += verifiedText(seen)
    if seen.nullEncryption { parts.append("not encrypted (ESP-NULL)") }
    if seen.longestGapMilliseconds >= 10_000 {
      parts.append("silent for \(seen.longestGapMilliseconds / 1000) s")
    }
    return parts
  }

  /// What the keys told of the packets: in a word where it is the same for all.
  private func verifiedText(_ seen: TrafficRecord) -> [String] {
    var parts: [String] = []
    if seen.integrityGood == seen.packets, seen.packets > 0 {
      parts.append("integrity good")
    } else {
      if seen.integrityGood > 0 { parts.append("integrity good in \(seen.integrityGood)") }
      if seen.integrityBad > 0 { parts.append("bad in \(seen.integrityBad)") }
    }
    if seen.decrypted > 0 {
      parts.append(seen.decrypted == seen.packets ? "opened" : "opened \(seen.decrypted)")
    }
    return parts
  }

  private func encapsulationText(_ encapsulation: String?) -> String? {
    switch encapsulation {
    case "udp": "in UDP"
    case "tcp": "in TCP"
    case "udp-cisco": "in Cisco UDP"
    default: nil
    }
  }

  private func natText(_ tunnel: TunnelRecord) -> String? {
    switch tunnel.natTraversal.detected {
    case "initiator": "the initiator is behind a NAT"
    case "responder": "the responder is behind a NAT"
    case "both": "both ends are behind NAT, or their NAT-D hashes are made to differ"
    default: nil
    }
  }

  private func identities(_ tunnel: TunnelRecord) {
    let ends = [("initiator", tunnel.initiator), ("responder", tunnel.responder)]
    // An end that calls itself by its own address says nothing new.
    let known = ends.compactMap { name, end in
      end.identity.flatMap { identity in
        identity.value == end.address && !verbose
          ? nil : "\(name) \(identity.value) (\(identity.type))"
      }
    }
    guard !known.isEmpty else { return }
    canvas.field("Identity", known.joined(separator: ", "), indent: 2)
  }

  private func vendorsAndCertificates(_ tunnel: TunnelRecord) {
    for (index, vendor) in tunnel.vendors.enumerated() {
      canvas.field(
        index == 0 ? "Vendors" : "", "\(vendor.name) (\(cut(vendor.id, to: 32)))", indent: 2)
    }
    for certificate in tunnel.certificates {
      canvas.field(
        "Cert.",
        "frame \(certificate.frame), \(certificate.from): \(certificate.subject), issued by "
          + "\(certificate.issuer), valid \(certificate.notBefore) to \(certificate.notAfter), "
          + certificate.key, indent: 2)
    }
  }
}
