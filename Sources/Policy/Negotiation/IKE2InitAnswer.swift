import CiscoConfig

extension PolicyEngine {
  /// What an IKE_SA_INIT request gets here as responder: a common transform of every type with one
  /// own policy (X-IKE-03), and the group of the KE payload (X-IKE-05).
  package func answer(_ question: IKE2InitQuestion) -> Verdict {
    if let silence = silence(question.interface, version: 2) { return silence }
    var tried: [Attempt] = []
    var steps: [Step] = []
    for policy in ike2Policies {
      for offer in question.proposals {
        let (chosen, differs) = policy.intersect(offer)
        steps.append(
          Step(
            "proposal \(offer.number) against policy \(policy.number)",
            differs.isEmpty ? .match : .noMatch, label: "policy \(policy.number)",
            at: policy.line, rule: "X-IKE-03",
            fields: policy.fields(offer, differs)))
        guard differs.isEmpty else {
          tried.append(.policy(offered: offer.number, own: policy.number, differs: differs))
          continue
        }
        var verdict = self.verdict(policy, offer, chosen, keGroup: question.keGroup)
        verdict.interface = question.interface
        verdict.tried = tried
        verdict.trace = steps
        return verdict
      }
    }
    return refusal(question, tried, steps)
  }

  private func verdict(
    _ policy: IKE2Lists, _ offer: IKE2Proposal, _ chosen: [Verdict.Algorithm], keGroup: Int?
  ) -> Verdict {
    var verdict = Verdict(.accept)
    verdict.chosen = chosen
    verdict.ikePolicy = Verdict.IKEPolicyReference(number: policy.number, line: policy.line.line)
    verdict.offeredPriority = offer.number
    verdict.lifetimeSeconds = ike2Lifetime(policy.number)
    verdict.rules = ["X-IKE-03"]
    let common = policy.groups.filter { offer.groups.contains($0) }
    if let keGroup, let wanted = common.first {
      // The sender's guess stands where it is among the common groups.
      if !common.contains(keGroup) {
        verdict.outcome = .retry
        verdict.notify = 17
        verdict.detail.wantedGroup = wanted
        verdict.use("X-IKE-05")
        verdict.sentence =
          "The offer is acceptable, but must be sent again with group \(wanted) "
          + "(INVALID_KE_PAYLOAD)."
        return verdict
      }
      verdict.chosen = chosen.map {
        $0.kind == "group" ? Verdict.Algorithm(kind: "group", name: "\(keGroup)") : $0
      }
    }
    verdict.sentence = "Proposal \(offer.number) is accepted by IKEv2 policy \(policy.number)."
    return verdict
  }

  private func refusal(
    _ question: IKE2InitQuestion, _ tried: [Attempt], _ steps: [Step]
  ) -> Verdict {
    var verdict = Verdict(.refuse, .noAcceptableIKEv2Policy)
    verdict.interface = question.interface
    verdict.notify = 14
    verdict.tried = tried
    verdict.trace = steps
    verdict.detail.nearest = tried.min { $0.differingFields < $1.differingFields }
    verdict.rules = ["X-IKE-03", "X-IKE-06"]
    if case .policy(let offered, let own, let differs) = verdict.detail.nearest {
      verdict.sentence =
        "The request is refused. Proposal \(offered) came nearest to policy \(own): no common "
        + differs.joined(separator: ", ") + "."
    } else {
      verdict.sentence = "The request is refused: no IKEv2 policy is configured."
    }
    return verdict
  }

  /// Own lists in the order in which they are tried; on IOS the proposals of the policies, or the
  /// platform's default where none is written (X-IKE-04).
  var ike2Policies: [IKE2Lists] {
    guard dialect == .ios else {
      return configuration.ikev2Policies.enumerated().map { index, policy in
        IKE2Lists(policy.proposal, number: policy.priority ?? index + 1)
      }.sorted { $0.number < $1.number }
    }
    let named = configuration.ikev2Policies.flatMap { $0.proposalNames.map(\.value) }
    let proposals = named.compactMap { configuration.ikev2Proposals[$0] }
    if !proposals.isEmpty { return proposals.enumerated().map { IKE2Lists($1, number: $0 + 1) } }
    if !configuration.ikev2Proposals.isEmpty {
      return configuration.ikev2Proposals.enumerated().map { IKE2Lists($1, number: $0 + 1) }
    }
    return [IKE2Lists(.smartDefault, number: 65535)]
  }

  /// IKEv2 lifetimes are each end's own business (X-IKE-07).
  private func ike2Lifetime(_ number: Int) -> UInt64? {
    let policy = configuration.ikev2Policies.first { $0.priority == number }
    return UInt64(clamping: policy?.lifetime?.value ?? 86400)
  }
}

extension IKEv2Proposal {
  /// What IOS offers and takes where no IKEv2 proposal is written ("smart defaults").
  fileprivate static let smartDefault: IKEv2Proposal = {
    let line = SourceLine(number: 0, text: "crypto ikev2 proposal default")
    var proposal = IKEv2Proposal(name: "default", line: line)
    proposal.encryption = ["aes-256", "aes-192", "aes-128"].map { Algorithm($0) }
    proposal.integrity = ["sha512", "sha384", "sha256", "sha1", "md5"].map { Algorithm($0) }
    proposal.groups = [5, 2]
    return proposal
  }()
}
