/// Payload types (RFC 2408 §3.1, RFC 7296 §3.2). Numbers 15 and 16 are GDOI's, and NAT-D and
/// NAT-OA in drafts 04 to 08.
@usableFromInline
package struct PayloadType: Hashable, Sendable, CustomStringConvertible {
  /// Which version's table the number is of.
  package let version: IKEVersion
  /// The number on the wire.
  package let rawValue: UInt8

  /// Any number is valid.
  package init(_ version: IKEVersion, _ rawValue: UInt8) {
    self.version = version
    self.rawValue = rawValue
  }

  /// NONE, RFC 2408.
  package static let noneV1 = Self(.v1, 0)
  /// Security Association, RFC 2408.
  package static let saV1 = Self(.v1, 1)
  /// Proposal, RFC 2408.
  package static let proposalV1 = Self(.v1, 2)
  /// Transform, RFC 2408.
  package static let transformV1 = Self(.v1, 3)
  /// Key Exchange, RFC 2408.
  package static let keV1 = Self(.v1, 4)
  /// Identification, RFC 2408.
  package static let idV1 = Self(.v1, 5)
  /// Certificate, RFC 2408.
  package static let certV1 = Self(.v1, 6)
  /// Certificate Request, RFC 2408.
  package static let certReqV1 = Self(.v1, 7)
  /// Hash, RFC 2408.
  package static let hashV1 = Self(.v1, 8)
  /// Signature, RFC 2408.
  package static let sigV1 = Self(.v1, 9)
  /// Nonce, RFC 2408.
  package static let nonceV1 = Self(.v1, 10)
  /// Notification, RFC 2408.
  package static let notifyV1 = Self(.v1, 11)
  /// Delete, RFC 2408.
  package static let deleteV1 = Self(.v1, 12)
  /// Vendor ID, RFC 2408.
  package static let vendorIDV1 = Self(.v1, 13)
  /// Attributes, draft-dukes-ike-mode-cfg-02.
  package static let attributesV1 = Self(.v1, 14)
  /// SA KEK Payload, RFC 6407.
  package static let gdoiSAKEKV1 = Self(.v1, 15)
  /// SA TEK Payload, RFC 6407.
  package static let gdoiSATEKV1 = Self(.v1, 16)
  /// Key Download, RFC 6407.
  package static let gdoiKeyDownloadV1 = Self(.v1, 17)
  /// Sequence Number, RFC 6407.
  package static let gdoiSequenceV1 = Self(.v1, 18)
  /// Proof of Possession, RFC 3547.
  package static let gdoiProofOfPossessionV1 = Self(.v1, 19)
  /// NAT Discovery, RFC 3947.
  package static let natDV1 = Self(.v1, 20)
  /// NAT Original Address, RFC 3947.
  package static let natOAV1 = Self(.v1, 21)
  /// Group Associated Policy, RFC 6407.
  package static let gdoiGapV1 = Self(.v1, 22)
  /// NAT-D (drafts 00 to 03), draft-ietf-ipsec-nat-t-ike-00..03.
  package static let natDDraft00V1 = Self(.v1, 130)
  /// NAT-OA (drafts 00 to 03), draft-ietf-ipsec-nat-t-ike-00..03.
  package static let natOADraft00V1 = Self(.v1, 131)
  /// Cisco Fragmentation, private.
  package static let ciscoFragmentV1 = Self(.v1, 132)
  /// No Next Payload, RFC 7296.
  package static let noneV2 = Self(.v2, 0)
  /// Security Association, RFC 7296.
  package static let saV2 = Self(.v2, 33)
  /// Key Exchange, RFC 7296.
  package static let keV2 = Self(.v2, 34)
  /// Identification - Initiator, RFC 7296.
  package static let idIV2 = Self(.v2, 35)
  /// Identification - Responder, RFC 7296.
  package static let idRV2 = Self(.v2, 36)
  /// Certificate, RFC 7296.
  package static let certV2 = Self(.v2, 37)
  /// Certificate Request, RFC 7296.
  package static let certReqV2 = Self(.v2, 38)
  /// Authentication, RFC 7296.
  package static let authV2 = Self(.v2, 39)
  /// Nonce, RFC 7296.
  package static let nonceV2 = Self(.v2, 40)
  /// Notify, RFC 7296.
  package static let notifyV2 = Self(.v2, 41)
  /// Delete, RFC 7296.
  package static let deleteV2 = Self(.v2, 42)
  /// Vendor ID, RFC 7296.
  package static let vendorIDV2 = Self(.v2, 43)
  /// Traffic Selector - Initiator, RFC 7296.
  package static let tsIV2 = Self(.v2, 44)
  /// Traffic Selector - Responder, RFC 7296.
  package static let tsRV2 = Self(.v2, 45)
  /// Encrypted and Authenticated, RFC 7296.
  package static let skV2 = Self(.v2, 46)
  /// Configuration, RFC 7296.
  package static let cpV2 = Self(.v2, 47)
  /// Extensible Authentication, RFC 7296.
  package static let eapV2 = Self(.v2, 48)
  /// Generic Secure Password Method, RFC 6467.
  package static let gspmV2 = Self(.v2, 49)
  /// Group Identification, RFC 9838.
  package static let idGV2 = Self(.v2, 50)
  /// Group Security Association, RFC 9838.
  package static let gsaV2 = Self(.v2, 51)
  /// Key Download, RFC 9838.
  package static let keyDownloadV2 = Self(.v2, 52)
  /// Encrypted and Authenticated Fragment, RFC 7383.
  package static let skfV2 = Self(.v2, 53)
  /// strongSwan peer identity, private.
  package static let strongswanIDPeerV2 = Self(.v2, 128)
  /// Cisco Fragmentation, private.
  package static let ciscoFragmentV2 = Self(.v2, 132)

  /// The short name in a ladder: `SA`, `NAT-D`, `TSi`; `241` for an unknown number.
  package var notation: String { entry?["notation"] ?? String(rawValue) }

  /// What the table says of this number; nil when it says nothing.
  package var entry: RegistryEntry? {
    Self.registry.entry(UInt32(rawValue), in: version.digit)
  }

  /// The name in the RFC's words, `unknown 241` where there is none.
  package var name: String { entry?.name ?? "unknown \(rawValue)" }

  /// The identifier in reports, `unknown-241` where there is none.
  package var id: String { entry?.id ?? "unknown-\(rawValue)" }

  /// The text for people.
  @usableFromInline package var description: String { name }

  /// The table.
  package static let registry = Registry(
    """
    ike_version|number|name|notation|id|status|rfc
    1|0|NONE|-|none||RFC 2408
    1|1|Security Association|SA|sa||RFC 2408
    1|2|Proposal|P|proposal||RFC 2408
    1|3|Transform|T|transform||RFC 2408
    1|4|Key Exchange|KE|ke||RFC 2408
    1|5|Identification|ID|id||RFC 2408
    1|6|Certificate|CERT|cert||RFC 2408
    1|7|Certificate Request|CR|cert-req||RFC 2408
    1|8|Hash|HASH|hash||RFC 2408
    1|9|Signature|SIG|sig||RFC 2408
    1|10|Nonce|NONCE|nonce||RFC 2408
    1|11|Notification|N|notify||RFC 2408
    1|12|Delete|D|delete||RFC 2408
    1|13|Vendor ID|VID|vendor-id||RFC 2408
    1|14|Attributes|ATTR|attributes||draft-dukes-ike-mode-cfg-02
    1|15|SA KEK Payload|SAK|gdoi-sa-kek||RFC 6407
    1|16|SA TEK Payload|SAT|gdoi-sa-tek||RFC 6407
    1|15|NAT-D (drafts 04 to 08)|NAT-D|nat-d-draft-04|historic|draft-ietf-ipsec-nat-t-ike-04..08
    1|16|NAT-OA (drafts 05 to 08)|NAT-OA|nat-oa-draft-04|historic|draft-ietf-ipsec-nat-t-ike-05..08
    1|17|Key Download|KD|gdoi-key-download||RFC 6407
    1|18|Sequence Number|SEQ|gdoi-sequence||RFC 6407
    1|19|Proof of Possession|POP|gdoi-proof-of-possession|historic|RFC 3547
    1|20|NAT Discovery|NAT-D|nat-d||RFC 3947
    1|21|NAT Original Address|NAT-OA|nat-oa||RFC 3947
    1|22|Group Associated Policy|GAP|gdoi-gap||RFC 6407
    1|130|NAT-D (drafts 00 to 03)|NAT-D|nat-d-draft-00|historic|draft-ietf-ipsec-nat-t-ike-00..03
    1|131|NAT-OA (drafts 00 to 03)|NAT-OA|nat-oa-draft-00|historic|draft-ietf-ipsec-nat-t-ike-00..03
    1|132|Cisco Fragmentation|FRAG|cisco-fragment||-
    2|0|No Next Payload|-|none||RFC 7296
    2|33|Security Association|SA|sa||RFC 7296
    2|34|Key Exchange|KE|ke||RFC 7296
    2|35|Identification - Initiator|IDi|id-i||RFC 7296
    2|36|Identification - Responder|IDr|id-r||RFC 7296
    2|37|Certificate|CERT|cert||RFC 7296
    2|38|Certificate Request|CERTREQ|cert-req||RFC 7296
    2|39|Authentication|AUTH|auth||RFC 7296
    2|40|Nonce|Ni, Nr|nonce||RFC 7296
    2|41|Notify|N|notify||RFC 7296
    2|42|Delete|D|delete||RFC 7296
    2|43|Vendor ID|V|vendor-id||RFC 7296
    2|44|Traffic Selector - Initiator|TSi|ts-i||RFC 7296
    2|45|Traffic Selector - Responder|TSr|ts-r||RFC 7296
    2|46|Encrypted and Authenticated|SK|sk||RFC 7296
    2|47|Configuration|CP|cp||RFC 7296
    2|48|Extensible Authentication|EAP|eap||RFC 7296
    2|49|Generic Secure Password Method|GSPM|gspm||RFC 6467
    2|50|Group Identification|IDg|id-g||RFC 9838
    2|51|Group Security Association|GSA|gsa||RFC 9838
    2|52|Key Download|KD|key-download||RFC 9838
    2|53|Encrypted and Authenticated Fragment|SKF|skf||RFC 7383
    2|128|strongSwan peer identity|IDp|strongswan-id-peer||-
    2|132|Cisco Fragmentation|FRAG|cisco-fragment||-
    """, space: "ike_version")
}
