package import CiscoConfig

/// Whether transforms may stand together in a set (I-TS-01, I-TS-02, X-TS-01).
package enum TransformCombination: Sendable, Equatable {
  case valid
  case invalid(String)
  /// The documents do not decide, and releases differ.
  case disputed(String)

  package init(_ transforms: [Transform]) {
    let count = Dictionary(grouping: transforms, by: \.role).mapValues(\.count)
    let doubled = count.first { $0.key != .unknown && $0.value > 1 }
    if let doubled {
      self = .invalid("\(doubled.value) transforms of the kind \(doubled.key.words)")
      return
    }
    let cipher = transforms.first { $0.role == .espEncryption }
    let hasAuthentication = count[.espAuthentication] != nil
    if transforms.contains(where: { $0.role == .unknown }) {
      self = .disputed("a transform that is not known")
    } else if let cipher, cipher.algorithm.isCombinedMode, hasAuthentication {
      self = .invalid("\(cipher.name) authenticates by itself and takes no second authentication")
    } else if hasAuthentication, cipher == nil {
      self = .disputed("ESP authentication without an ESP encryption transform")
    } else if let cipher, cipher.algorithm.spelling == "null", !hasAuthentication {
      self = .disputed("null encryption with no authentication (RFC 2406 forbids it)")
    } else if cipher == nil, count[.ahAuthentication] == nil {
      self = .disputed("compression alone")
    } else {
      self = .valid
    }
  }

  /// True, false, or nil where the documents do not decide.
  package var isValid: Bool? {
    switch self {
    case .valid: true
    case .invalid: false
    case .disputed: nil
    }
  }
}

extension Transform.Role {
  /// The role in words.
  fileprivate var words: String {
    switch self {
    case .ahAuthentication: "AH"
    case .espEncryption: "ESP encryption"
    case .espAuthentication: "ESP authentication"
    case .compression: "compression"
    case .unknown: "unknown"
    }
  }
}
