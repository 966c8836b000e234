/// The command language a configuration is written in; it decides how masks are read and which
/// defaults hold.
package enum Dialect: String, Hashable, Sendable, CaseIterable {
  /// PIX, ASA and their successors: network masks, `nameif`, `tunnel-group`.
  case asa
  /// IOS and IOS XE: wildcard masks, sub-mode crypto maps, keyrings.
  case ios
}

/// The software release a configuration names in its first lines (`ASA Version 9.1(7)`,
/// `version 15.4`).
package struct SoftwareVersion: Hashable, Sendable, CustomStringConvertible {
  /// The first number, 9 in `9.1(7)`.
  package let major: Int
  /// The second number, 1 in `9.1(7)`; 0 when there is none.
  package let minor: Int
  /// The text as written.
  package let description: String

  /// A version from its two leading numbers and its text.
  package init(major: Int, minor: Int, description: String) {
    self.major = major
    self.minor = minor
    self.description = description
  }

  /// True when this release is `major.minor` or later.
  package func isAtLeast(_ major: Int, _ minor: Int) -> Bool {
    (self.major, self.minor) >= (major, minor)
  }
}
