/// One rule of `crypto ca|pki certificate map [NAME] index`; all its criteria must hold (A-TG-04).
package struct CertificateMapRule: Hashable, Sendable {
  /// The map's name; `DefaultCertificateMap` where an ASA writes none.
  package let mapName: String
  /// The rule's number; lower is tried first (A-TG-05).
  package let index: Int
  /// The criteria in the order of the file.
  package var criteria: [Sourced<CertificateCriterion>] = []
  /// The line that opens it.
  package let line: SourceLine
}

/// One criterion of a certificate rule: `subject-name attr ou eq Sales`.
package struct CertificateCriterion: Hashable, Sendable {
  /// Which part of the certificate is looked at.
  package enum Field: String, Hashable, Sendable {
    /// The subject's distinguished name.
    case subject = "subject-name"
    /// The issuer's distinguished name.
    case issuer = "issuer-name"
    /// The alternative subject name.
    case alternativeSubject = "alt-subject-name"
    /// The serial number.
    case serialNumber = "serial-number"
    /// Anything else (`name`, `valid-start`, `extended-key-usage`, `unstructured-subject-name` …).
    case other
  }

  /// How the value is compared, without regard to case.
  package enum Comparison: String, Hashable, Sendable {
    /// Equal.
    case equal = "eq"
    /// Not equal.
    case notEqual = "ne"
    /// Contains.
    case contains = "co"
    /// Does not contain.
    case containsNot = "nc"
  }

  /// Which part of the certificate is looked at.
  package let field: Field
  /// The attribute of the name (`cn`, `ou`, `o` …), lower case; nil for the whole name.
  package let attribute: String?
  /// How the value is compared.
  package let comparison: Comparison
  /// The value.
  package let value: String
}

/// ASA `tunnel-group-map`: how a peer with a certificate comes to its tunnel-group.
package struct TunnelGroupMap: Hashable, Sendable {
  /// The methods, in the order in which they are tried (A-TG-02).
  package enum Method: String, Hashable, Sendable, CaseIterable {
    /// The certificate rules.
    case rules
    /// The OU of the subject's name.
    case organizationalUnit = "ou"
    /// The content of the phase 1 identity.
    case ikeID = "ike-id"
    /// The peer's address.
    case peerIP = "peer-ip"
  }

  /// `tunnel-group-map [MAP] index GROUP`.
  package struct Association: Hashable, Sendable {
    /// The certificate map's name; `DefaultCertificateMap` where none is written.
    package let mapName: String
    /// The rule's number.
    package let index: Int
    /// The tunnel-group.
    package let group: String
    /// Where it stands.
    package let line: SourceLine
  }

  /// `tunnel-group-map enable METHOD` (true) and `no tunnel-group-map enable METHOD` (false);
  /// methods absent here are at the platform's default.
  package var methods: [Method: Sourced<Bool>] = [:]
  /// The associations in the order of the file.
  package var associations: [Association] = []
  /// `tunnel-group-map default-group NAME`.
  package var defaultGroup: Sourced<String>?

  /// Nothing configured.
  package init() {}
}
