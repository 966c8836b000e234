import CiscoConfig

/// The transform lists of one end of IKEv2, in one spelling.
struct IKE2Lists: Sendable {
  let number: Int
  let line: CitedLine
  var encryption: [String]
  var integrity: [String]
  var prf: [String]
  var groups: [Int]

  init(_ proposal: IKEv2Proposal, number: Int) {
    self.number = number
    line = CitedLine(proposal.line)
    encryption = proposal.encryption.map { Spelling.cipher($0.spelling) }
    integrity = proposal.integrity.map { Spelling.hash($0.spelling) }.filter { $0 != "null" }
    prf = proposal.prf.map { Spelling.hash($0.spelling) }
    groups = proposal.groups
    // Where no function is written the integrity algorithms serve.
    if prf.isEmpty { prf = integrity }
  }

  /// The lists with which the two agree, or the names of the types without a common transform.
  ///
  /// The own order decides. A cipher that authenticates itself takes no integrity transform.
  func intersect(_ offer: IKE2Proposal) -> (chosen: [Verdict.Algorithm], differs: [String]) {
    let offered = offer.encryption.map { Spelling.cipher($0) }
    let offeredIntegrity = offer.integrity.map { Spelling.hash($0) }.filter { $0 != "null" }
    let offeredPRF = offer.prf.map { Spelling.hash($0) }
    var chosen: [Verdict.Algorithm] = []
    var differs: [String] = []

    let ciphers = encryption.filter { offered.contains($0) }
    let cipher = ciphers.first {
      Algorithm($0).isCombinedMode == offeredIntegrity.isEmpty
    }
    if let cipher {
      chosen.append(Verdict.Algorithm(kind: "encryption", name: cipher))
    } else {
      differs.append(ciphers.isEmpty ? "encryption" : "integrity")
    }
    if let cipher, !Algorithm(cipher).isCombinedMode {
      take("integrity", integrity, offeredIntegrity, &chosen, &differs)
    } else if cipher == nil, ciphers.isEmpty, !offeredIntegrity.isEmpty,
      !integrity.contains(where: { offeredIntegrity.contains($0) })
    {
      differs.append("integrity")
    }
    if !offeredPRF.isEmpty { take("prf", prf, offeredPRF, &chosen, &differs) }
    if !offer.groups.isEmpty {
      take("group", groups.map { "\($0)" }, offer.groups.map { "\($0)" }, &chosen, &differs)
    }
    return (chosen, differs)
  }

  private func take(
    _ kind: String, _ own: [String], _ offered: [String], _ chosen: inout [Verdict.Algorithm],
    _ differs: inout [String]
  ) {
    guard let first = own.first(where: { offered.contains($0) }) else {
      differs.append(kind)
      return
    }
    chosen.append(Verdict.Algorithm(kind: kind, name: first))
  }

  /// Each list beside the offered one.
  func fields(_ offer: IKE2Proposal, _ differs: [String]) -> [Step.Field] {
    func field(_ name: String, _ own: [String], _ offered: [String]) -> Step.Field {
      Step.Field(
        name, wanted: own.isEmpty ? "none" : own.joined(separator: " "),
        got: offered.isEmpty ? "none" : offered.joined(separator: " "),
        differs.contains(name) ? .differs : .inside)
    }
    var fields = [
      field("encryption", encryption, offer.encryption.map { Spelling.cipher($0) }),
      field("integrity", integrity, offer.integrity.map { Spelling.hash($0) }),
    ]
    if !offer.prf.isEmpty { fields.append(field("prf", prf, offer.prf.map { Spelling.hash($0) })) }
    if !offer.groups.isEmpty {
      fields.append(field("group", groups.map { "\($0)" }, offer.groups.map { "\($0)" }))
    }
    return fields
  }
}
