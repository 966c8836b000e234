/// An IKEv1 policy: `crypto isakmp policy n`, `crypto ikev1 policy n`, PIX 6 `isakmp policy n`.
///
/// Nil is "not written": `values(for:)` fills in the platform's defaults (A-IKE-03, X-IKE-01).
package struct IKEv1Policy: Hashable, Sendable {
  /// The priority; lower is tried first.
  package let priority: Int
  /// `pre-share`, `rsa-sig`, `rsa-encr`, `crack`, `ecdsa-sig`, `dsa-sig`.
  package var authentication: Sourced<String>?
  /// The cipher.
  package var encryption: Sourced<Algorithm>?
  /// The hash: `md5`, `sha1`, `sha256` …
  package var hash: Sourced<Algorithm>?
  /// The Diffie-Hellman group's number.
  package var group: Sourced<Int>?
  /// The lifetime in seconds; 0 for `none` (ASA: unlimited).
  package var lifetime: Sourced<Int>?
  /// All lines that make the policy; never empty.
  package var lines: [SourceLine]
  /// The first of them.
  package let line: SourceLine

  /// A policy opened by a line.
  package init(priority: Int, line: SourceLine) {
    self.priority = priority
    self.line = line
    lines = [line]
  }

  /// What the policy stands for with the platform's defaults filled in: on an ASA 3des, sha,
  /// pre-share, group 2; on IOS des, sha, rsa-sig, group 1; 86400 seconds on both.
  package func values(for dialect: Dialect) -> Values {
    let isASA = dialect == .asa
    return Values(
      authentication: authentication?.value ?? (isASA ? "pre-share" : "rsa-sig"),
      encryption: encryption?.value ?? Algorithm(isASA ? "3des" : "des"),
      hash: hash?.value ?? Algorithm("sha1"),
      group: group?.value ?? (isASA ? 2 : 1),
      lifetime: lifetime?.value ?? 86400)
  }

  /// A policy without gaps.
  package struct Values: Hashable, Sendable {
    /// `pre-share`, `rsa-sig` …
    package let authentication: String
    /// The cipher.
    package let encryption: Algorithm
    /// The hash; `sha1` where configurations write `sha`.
    package let hash: Algorithm
    /// The Diffie-Hellman group's number.
    package let group: Int
    /// The lifetime in seconds.
    package let lifetime: Int
  }
}

/// The lists an IKEv2 end offers: of an ASA's `crypto ikev2 policy n`, or of an IOS
/// `crypto ikev2 proposal NAME`. Lists that are not written are empty.
package struct IKEv2Proposal: Named, Hashable {
  /// The proposal's name (IOS) or the policy's number (ASA).
  package let name: String
  /// The ciphers.
  package var encryption: [Algorithm] = []
  /// The integrity algorithms.
  package var integrity: [Algorithm] = []
  /// The pseudo-random functions; where none are written, the integrity algorithms serve.
  package var prf: [Algorithm] = []
  /// The Diffie-Hellman groups.
  package var groups: [Int] = []
  /// All lines that make it; never empty.
  package var lines: [SourceLine]
  /// The first of them.
  package let line: SourceLine

  /// An empty proposal opened by a line.
  package init(name: String, line: SourceLine) {
    self.name = name
    self.line = line
    lines = [line]
  }

}

/// `crypto ikev2 policy`: on an ASA the lists themselves, on IOS the names of proposals.
package struct IKEv2Policy: Named, Hashable {
  /// The policy's name (IOS) or number (ASA).
  package let name: String
  /// The priority of an ASA's policy, where the name is a number.
  package var priority: Int? { Int(name) }
  /// ASA: the lists written in the policy itself.
  package var proposal: IKEv2Proposal
  /// IOS: `proposal NAME …`, in order.
  package var proposalNames: [Sourced<String>] = []
  /// ASA `lifetime seconds n`; 0 for `none`.
  package var lifetime: Sourced<Int>?
  /// IOS `match fvrf NAME|any`.
  package var frontVRF: Sourced<String>?
  /// IOS `match address local …`: addresses, or interface names.
  package var localAddresses: [Sourced<Peer.Name>] = []

  /// An empty policy opened by a line.
  package init(name: String, line: SourceLine) {
    self.name = name
    proposal = IKEv2Proposal(name: name, line: line)
  }

  /// All lines that make the policy; never empty.
  package var lines: [SourceLine] { proposal.lines }
  /// The first line of it.
  package var line: SourceLine { proposal.line }
}
