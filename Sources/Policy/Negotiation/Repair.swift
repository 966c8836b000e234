import Bytes
import CiscoConfig

/// What would make a refused request work: what either end would have to ask for or to configure.
extension PolicyEngine {
  /// A request as a repair sees it.
  struct RefusedRequest {
    let peer: IPAddress
    let proxy: ProxyRequest?
    /// The peer's offers in words.
    let offered: String
  }

  /// - Parameters:
  ///   - stage: Where the entry that came furthest failed.
  ///   - entry: That entry; nil where there is none.
  func repair(_ stage: ReasonCode, at entry: CompiledEntry?, _ request: RefusedRequest) -> String? {
    switch stage {
    case .noEntry: "a crypto map entry for \(request.peer) on the interface"
    case .peerMismatch: "an entry that names \(request.peer) as its peer, or a dynamic entry"
    case .proxyNotPermitted: entry.flatMap { e in request.proxy.map { repairProxy(e, $0) } }
    case .transformMismatch: entry.map { repairTransforms($0, request.offered) }
    case .pfsMissing, .pfsGroupMismatch: entry.flatMap(repairPFS)
    default: nil
    }
  }

  private func repairProxy(_ entry: CompiledEntry, _ request: ProxyRequest) -> String {
    let wanted = "\(request.local.selector) to \(request.remote.selector)"
    let name = entry.settings.accessList?.value ?? ""
    let change =
      entry.list == nil
      ? "access list \(name) with a permit of \(wanted)" : "\(name) permitting \(wanted)"
    let permits = entry.countedACEs.filter { $0.isPermit && $0.isActive }
    let wider = permits.first { ProxyComparison.relation(of: request, to: $0) == .wider }
    if let wider {
      return "this end initiating (\(name)#\(wider.position) lies inside what the peer asks for, "
        + "case 3), or \(change)"
    }
    let swapped = permits.first { ProxyComparison.relation(of: request.reversed, to: $0).holds }
    if let swapped {
      return
        "\(name)#\(swapped.position) the other way round: it is the peer's list copied, not its "
        + "mirror image; or \(change)"
    }
    return change
  }

  private func repairTransforms(_ entry: CompiledEntry, _ offered: String) -> String {
    let sets = (entry.settings.transformSets?.value ?? []).compactMap { name -> String? in
      configuration.transformSets[name].map { set in
        set.transforms.map { Spelling.transform($0.name) }.joined(separator: " ")
      }
    }
    let proposals = (entry.settings.ipsecProposals?.value ?? []).compactMap { name -> String? in
      configuration.ipsecProposals[name].map { proposal in
        (proposal.encryption + proposal.integrity).map(\.spelling).joined(separator: " ")
      }
    }
    let own = (sets + proposals).joined(separator: "; or ")
    let here =
      offered.isEmpty ? "another set in entry \(entry.sequence)" : "\(offered) in this entry"
    return own.isEmpty ? here : "the peer offering \(own); or \(here)"
  }

  private func repairPFS(_ entry: CompiledEntry) -> String? {
    guard let pfs = entry.settings.pfs else { return nil }
    let groups = pfsGroups(pfs.value).acceptable.map { "group\($0)" }.joined(separator: " or ")
    return
      "the peer asking for PFS with \(groups), or this entry's \"\(pfs.line.text)\" changed to "
      + "what the peer asks for"
  }
}

extension ReasonCode {
  /// True when an entry that failed here came further than one that failed there.
  func isFurther(than other: ReasonCode) -> Bool { (stage ?? 0) > (other.stage ?? 0) }
}

extension Phase1Search {
  /// The nearest offer made equal, from either end.
  var repair: String? {
    guard case .policy(let offered, let own, _) = nearest else { return nil }
    let what = "offer \(offered) against policy \(own)"
    guard let step = steps.first(where: { $0.what == what }) else { return nil }
    let wrong = step.fields.filter { !$0.equal }
    let theirs = wrong.map { "\($0.name) \($0.wanted)" }.joined(separator: ", ")
    let ours = wrong.map { "\($0.name) \($0.got)" }.joined(separator: ", ")
    return "the peer offering \(theirs), or policy \(own) here with \(ours)"
  }
}
