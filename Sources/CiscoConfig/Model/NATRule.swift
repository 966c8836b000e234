/// One rule of address translation, as far as it decides what a crypto map sees (X-NAT-01 to 03).
package struct NATRule: Hashable, Sendable {
  /// Which family of commands the rule belongs to; on an ASA also the order of evaluation.
  package enum Section: String, Hashable, Sendable {
    /// ASA before 8.3: `nat (if) 0 access-list ACL`, no translation; first of all.
    case exemption
    /// ASA before 8.3: `static (real,mapped) …`.
    case legacyStatic
    /// ASA before 8.3: `nat (if) n …`, joined with `global (if) n` by its number.
    case legacyDynamic
    /// ASA from 8.3: `nat (real,mapped) source …`, section 1.
    case manual
    /// ASA from 8.3: `nat` within `object network`, section 2.
    case object
    /// ASA from 8.3: `nat … after-auto source …`, section 3.
    case afterAuto
    /// IOS `ip nat inside|outside source static`.
    case iosStatic
    /// IOS `ip nat inside|outside source list|route-map`.
    case iosDynamic
  }

  /// What a real address becomes.
  package enum Translation: Hashable, Sendable {
    /// The same address: an exemption or an identity rule.
    case identity
    /// These addresses, one for one where the rule is static.
    case addresses(AddressSpec)
    /// The address of the interface the packet leaves by, or of the one named.
    case interface(String?)
    /// A pool of that name (IOS), or the `global` of that number (ASA before 8.3).
    case pool(String)
  }

  /// Which family the rule belongs to.
  package var section: Section
  /// True for `dynamic` rules, pools and overload; false for `static`.
  package var isDynamic: Bool
  /// The interface of the real addresses (ASA: nameif; IOS: `inside` or `outside`); nil for any.
  package var realInterface: String?
  /// The interface of the mapped addresses; nil for any.
  package var mappedInterface: String?
  /// The real source; `any` where an access list or a route map decides.
  package var realSource: AddressSpec
  /// What the source becomes.
  package var mappedSource: Translation
  /// The destination as the sender writes it, before translation, of a rule that names one.
  package var mappedDestination: AddressSpec?
  /// The destination after translation; equal to the above in an exemption.
  package var realDestination: AddressSpec?
  /// `service REAL MAPPED`: names of service objects; or ports of a static rule, as written.
  package var services: [String] = []
  /// The access list that selects packets (exemption, policy NAT, IOS lists).
  package var accessList: String?
  /// The route map that selects packets (IOS).
  package var routeMap: String?
  /// The object whose sub-mode holds the rule (section 2).
  package var objectName: String?
  /// `unidirectional`, `no-proxy-arp`, `route-lookup`, `overload` …, as written.
  package var options: [String] = []
  /// True for `inactive`.
  package var isInactive = false
  /// Where it stands.
  package var line: SourceLine
}

/// A pool to translate to: ASA `global (if) n …` before 8.3, IOS `ip nat pool NAME …`.
package struct NATPool: Hashable, Sendable {
  /// The pool's name (IOS) or number (ASA).
  package let name: String
  /// The interface (ASA: nameif).
  package let interface: String?
  /// The addresses; nil for `interface`.
  package let addresses: AddressSpec?
  /// Where it stands.
  package let line: SourceLine
}

/// IOS `route-map NAME permit|deny n`, as far as it selects packets by access lists.
package struct RouteMapEntry: Hashable, Sendable {
  /// The route map's name.
  package let name: String
  /// The sequence number; lower is tried first.
  package let sequence: Int
  /// `permit` or `deny`.
  package let action: AccessControlEntry.Action
  /// `match ip address ACL …`; any one suffices. Empty: everything matches.
  package var accessLists: [Sourced<String>] = []
  /// Other conditions, as written.
  package var otherMatches: [SourceLine] = []
  /// The header.
  package let line: SourceLine
}
