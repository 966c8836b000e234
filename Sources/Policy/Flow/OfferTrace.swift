import CiscoConfig

extension PolicyEngine {
  /// What the entry asks its peer for: whom, which transform sets or proposals, PFS and lifetimes,
  /// each with its line.
  func offerStep(_ entry: CompiledEntry) -> Step {
    let what = entry.isManual ? "the SA of the session keys" : "an SA of entry \(entry.sequence)"
    let parts = peerSteps(entry) + transformSteps(entry) + limitSteps(entry)
    return Step(what, .match, label: "by", at: entry.citedLine, rule: "A-CM-06", steps: parts)
  }

  private func peerSteps(_ entry: CompiledEntry) -> [Step] {
    let peers = entry.settings.peers
    guard let first = peers.first else { return [] }
    let others = peers.dropFirst().map { $0.value.description }
    let then = others.isEmpty ? "" : ", then \(others.joined(separator: ", "))"
    return [
      Step(
        "\(first.value)\(then)", .match, label: "peer", at: CitedLine(first.line),
        rule: others.isEmpty ? "A-CM-05" : "A-RD-01")
    ]
  }

  private func transformSteps(_ entry: CompiledEntry) -> [Step] {
    let sets = (entry.settings.transformSets?.value ?? []).compactMap { name -> Step? in
      guard let set = configuration.transformSets[name] else { return nil }
      let transforms = set.transforms.map { Spelling.transform($0.name) }.joined(separator: " ")
      return Step(
        "\(name) = \(transforms)", .match, label: "transform", at: CitedLine(set.line),
        rule: "A-CM-18")
    }
    let proposals = (entry.settings.ipsecProposals?.value ?? []).compactMap { name -> Step? in
      guard let proposal = configuration.ipsecProposals[name] else { return nil }
      let words = (proposal.encryption + proposal.integrity).map(\.spelling)
      return Step(
        "\(name) = \(words.joined(separator: " "))", .match, label: "proposal",
        at: CitedLine(proposal.line), rule: "X-ASA-02")
    }
    return sets + proposals
  }

  private func limitSteps(_ entry: CompiledEntry) -> [Step] {
    guard !entry.isManual else { return [] }
    var steps: [Step] = []
    if let pfs = entry.settings.pfs {
      let groups = pfsGroups(pfs.value).acceptable.map { "group\($0)" }
      steps.append(
        Step(
          groups.joined(separator: " or "), .match, label: "PFS", at: CitedLine(pfs.line),
          rule: "A-PFS-01"))
    }
    let limits = lifetimes(of: entry.settings)
    let line =
      entry.settings.lifetimeSeconds?.line ?? entry.settings.lifetimeKilobytes?.line
      ?? configuration.settings.lifetimeSeconds?.line
    let volume = limits.kilobytes.map { "\($0) kB" } ?? "no volume limit"
    let origin = line == nil ? " (the platform's default)" : ""
    steps.append(
      Step(
        "\(limits.seconds) s, \(volume)\(origin)", .match, label: "lifetime",
        at: line.map { CitedLine($0) }, rule: line == nil ? "A-LT-01" : "A-LT-02"))
    return steps
  }
}
