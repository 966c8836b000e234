package import Registries

/// One algorithm of a suite, in the words that both IKE versions, ESP and key files share.
package struct SuiteAlgorithm: Hashable, Sendable {
  /// What an algorithm is for; the words of the timeline's `type`.
  package enum Role: String, Hashable, Sendable, CaseIterable {
    case encryption, integrity, prf, group, hash, auth, esn, compression
    case addke1, addke2, addke3, addke4, addke5, addke6, addke7
    /// A transform type or attribute without a word of its own.
    case other
  }

  /// What it is for.
  package var role: Role
  /// The contract identifier, such as `aes-cbc`; `unknown-241` for an unknown number.
  package var name: String
  /// The number on the wire.
  package var id: UInt16
  /// Key length in bits where one was sent; nil otherwise.
  package var keyBits: Int?

  /// From its parts.
  package init(role: Role, name: String, id: UInt16, keyBits: Int? = nil) {
    self.role = role
    self.name = name
    self.id = id
    self.keyBits = keyBits
  }
}

/// What one proposal offers or chooses, in one form for both versions.
///
/// IKEv1: one transform, hence at most one algorithm a role. IKEv2: one proposal, with alternatives
/// within a role while it is an offer, and one a role when it is chosen.
package struct Suite: Hashable, Sendable {
  /// Number of the proposal.
  package var proposalNumber: UInt8
  /// IKEv1: number of the transform; nil in IKEv2.
  package var transformNumber: UInt8?
  /// What it protects.
  package var protocolID: SecurityProtocol
  /// The sender's SPI for it; empty where none was sent.
  package var spi: [UInt8]
  /// The algorithms in the order sent.
  package var algorithms: [SuiteAlgorithm]
  /// IKEv1: lifetime in seconds; nil where none was sent.
  package var lifetimeSeconds: UInt64?
  /// IKEv1: lifetime in kilobytes; nil where none was sent.
  package var lifetimeKilobytes: UInt64?
  /// IKEv1 phase 2: encapsulation mode; nil where none was sent (RFC 2407 §4.5 leaves it open then).
  package var encapsulation: EncapsulationMode?

  /// The algorithms for a purpose.
  package func all(_ role: SuiteAlgorithm.Role) -> [SuiteAlgorithm] {
    algorithms.filter { $0.role == role }
  }

  /// The first algorithm for a purpose; the one, in a chosen suite.
  package func first(_ role: SuiteAlgorithm.Role) -> SuiteAlgorithm? {
    algorithms.first { $0.role == role }
  }

  /// The cipher of a chosen suite, and its key length in bits, the default where none was sent;
  /// nil when none or an unknown one was chosen.
  package var cipher: (cipher: Cipher, keyBits: Int)? {
    guard let algorithm = first(.encryption), let cipher = Cipher.named(algorithm.name) else {
      return nil
    }
    return (cipher, algorithm.keyBits ?? cipher.defaultKeyBits ?? 0)
  }

  /// The integrity algorithm of a chosen suite; nil for none and for an AEAD cipher.
  package var integrity: Integrity? { first(.integrity).flatMap { Integrity.named($0.name) } }

  /// The pseudorandom function of a chosen suite; in IKEv1, HMAC with its hash (RFC 2409 §4).
  package var pseudorandomFunction: PRF? {
    if let prf = first(.prf) { return PRF.named(prf.name) }
    return first(.hash).flatMap { HashAlgorithmV1(rawValue: $0.id).pseudorandomFunction }
  }

  /// The group of a chosen suite; nil where none was sent.
  package var group: DiffieHellmanGroup? {
    first(.group).map { DiffieHellmanGroup(rawValue: $0.id) }
  }

  /// IKEv1: the authentication method of a chosen suite; nil otherwise.
  package var authenticationMethod: AuthenticationMethodV1? {
    first(.auth).map { AuthenticationMethodV1(rawValue: $0.id) }
  }
}

extension SecurityAssociation {
  /// The suites offered or chosen, in order of preference.
  package var suites: [Suite] { proposals.flatMap(\.suites) }
}

extension Proposal {
  /// The suites of this proposal: one a transform in IKEv1, one in all in IKEv2.
  package var suites: [Suite] {
    switch version {
    case .v1: transforms.map { protocolID == .isakmp ? phase1Suite($0) : phase2Suite($0) }
    case .v2: [suiteV2]
    }
  }

  func emptySuite(transform: UInt8?) -> Suite {
    Suite(
      proposalNumber: number, transformNumber: transform, protocolID: protocolID, spi: spi,
      algorithms: [])
  }
}
