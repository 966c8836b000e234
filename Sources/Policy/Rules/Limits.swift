/// `crypto isakmp nat-traversal [seconds]` (A-NAT-03).
package enum NATKeepalive {
  /// Seconds between keepalives where none are written.
  package static let defaultSeconds = 20
}

/// Certificate rules (A-TG-06).
package enum CertificateRuleLimit {
  /// The characters a rule may have.
  package static let length = 255
}
