/// Exchange types of both versions (RFC 2408 §3.1, RFC 7296 §3.1). The numbers do not overlap,
/// except that 32 and 33 are GDOI exchanges under DOI 2.
@usableFromInline
package struct ExchangeType: RegistryNumber {
  /// The number on the wire.
  @usableFromInline package let rawValue: UInt8

  /// Any number is valid.
  @inlinable package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The text for people.
  @usableFromInline package var description: String { name }

  /// NONE, RFC 2408.
  package static let `none` = Self(rawValue: 0)
  /// Base, RFC 2408.
  package static let base = Self(rawValue: 1)
  /// Identity Protection, RFC 2408.
  package static let main = Self(rawValue: 2)
  /// Authentication Only, RFC 2408.
  package static let authenticationOnly = Self(rawValue: 3)
  /// Aggressive, RFC 2408.
  package static let aggressive = Self(rawValue: 4)
  /// Informational, RFC 2408.
  package static let informational = Self(rawValue: 5)
  /// Transaction, draft-dukes-ike-mode-cfg-02.
  package static let transaction = Self(rawValue: 6)
  /// Quick Mode, RFC 2409.
  package static let quick = Self(rawValue: 32)
  /// New Group Mode, RFC 2409.
  package static let newGroup = Self(rawValue: 33)
  /// AuthIP Main Mode, MS-AIPS.
  package static let authipMain = Self(rawValue: 243)
  /// AuthIP Quick Mode, MS-AIPS.
  package static let authipQuick = Self(rawValue: 244)
  /// AuthIP Extended Mode, MS-AIPS.
  package static let authipExtended = Self(rawValue: 245)
  /// AuthIP Notify, MS-AIPS.
  package static let authipNotify = Self(rawValue: 246)
  /// IKE_SA_INIT, RFC 7296.
  package static let ikeSAInit = Self(rawValue: 34)
  /// IKE_AUTH, RFC 7296.
  package static let ikeAuth = Self(rawValue: 35)
  /// CREATE_CHILD_SA, RFC 7296.
  package static let createChildSA = Self(rawValue: 36)
  /// IKE_SESSION_RESUME, RFC 5723.
  package static let ikeSessionResume = Self(rawValue: 38)
  /// GSA_AUTH, RFC 9838.
  package static let gsaAuth = Self(rawValue: 39)
  /// GSA_REGISTRATION, RFC 9838.
  package static let gsaRegistration = Self(rawValue: 40)
  /// GSA_REKEY, RFC 9838.
  package static let gsaRekey = Self(rawValue: 41)
  /// GSA_INBAND_REKEY, RFC 9838.
  package static let gsaInbandRekey = Self(rawValue: 42)
  /// IKE_INTERMEDIATE, RFC 9242.
  package static let ikeIntermediate = Self(rawValue: 43)
  /// IKE_FOLLOWUP_KE, RFC 9370.
  package static let ikeFollowupKE = Self(rawValue: 44)
  /// ME_CONNECT.
  package static let strongswanMEConnect = Self(rawValue: 240)

  /// INFORMATIONAL of IKEv2, RFC 7296.
  package static let informationalV2 = Self(rawValue: 37)

  /// The table of names and facts.
  package static let registry = Registry(
    """
    ike_version|number|name|id|status|rfc
    1|0|NONE|none|reserved|RFC 2408
    1|1|Base|base||RFC 2408
    1|2|Identity Protection|main||RFC 2408
    1|3|Authentication Only|authentication-only||RFC 2408
    1|4|Aggressive|aggressive||RFC 2408
    1|5|Informational|informational||RFC 2408
    1|6|Transaction|transaction||draft-dukes-ike-mode-cfg-02
    1|32|Quick Mode|quick||RFC 2409
    1|33|New Group Mode|new-group||RFC 2409
    1|32|GROUPKEY-PULL|gdoi-groupkey-pull||RFC 6407
    1|33|GROUPKEY-PUSH|gdoi-groupkey-push||RFC 6407
    1|243|AuthIP Main Mode|authip-main||MS-AIPS
    1|244|AuthIP Quick Mode|authip-quick||MS-AIPS
    1|245|AuthIP Extended Mode|authip-extended||MS-AIPS
    1|246|AuthIP Notify|authip-notify||MS-AIPS
    2|34|IKE_SA_INIT|ike-sa-init||RFC 7296
    2|35|IKE_AUTH|ike-auth||RFC 7296
    2|36|CREATE_CHILD_SA|create-child-sa||RFC 7296
    2|37|INFORMATIONAL|informational||RFC 7296
    2|38|IKE_SESSION_RESUME|ike-session-resume||RFC 5723
    2|39|GSA_AUTH|gsa-auth||RFC 9838
    2|40|GSA_REGISTRATION|gsa-registration||RFC 9838
    2|41|GSA_REKEY|gsa-rekey||RFC 9838
    2|42|GSA_INBAND_REKEY|gsa-inband-rekey||RFC 9838
    2|43|IKE_INTERMEDIATE|ike-intermediate||RFC 9242
    2|44|IKE_FOLLOWUP_KE|ike-followup-ke||RFC 9370
    2|240|ME_CONNECT|strongswan-me-connect||-
    """)
}
