/// EAP codes (RFC 3748 §4).
package struct EAPCode: RegistryNumber {
  /// The number on the wire.
  package let rawValue: UInt8

  /// Any number is valid.
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// EAP code (RFC 3748 §4).
  package static let request = Self(rawValue: 1)
  /// EAP code (RFC 3748 §4).
  package static let response = Self(rawValue: 2)
  /// EAP code (RFC 3748 §4).
  package static let success = Self(rawValue: 3)
  /// EAP code (RFC 3748 §4).
  package static let failure = Self(rawValue: 4)

  /// What the table says of this number; nil when it says nothing.
  package var entry: RegistryEntry? { Self.registry.entry(UInt32(rawValue), in: "code") }

  /// The table of names and facts.
  package static var registry: Registry { EAPType.registry }
}

/// EAP method types (RFC 3748 §5).
package struct EAPType: RegistryNumber {
  /// The number on the wire.
  package let rawValue: UInt8

  /// Any number is valid.
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Identity.
  package static let identity = Self(rawValue: 1)
  /// Notification.
  package static let notification = Self(rawValue: 2)
  /// Legacy Nak.
  package static let nak = Self(rawValue: 3)
  /// MD5-Challenge.
  package static let md5 = Self(rawValue: 4)
  /// One-Time Password.
  package static let otp = Self(rawValue: 5)
  /// Generic Token Card.
  package static let gtc = Self(rawValue: 6)
  /// EAP-TLS.
  package static let tls = Self(rawValue: 13)
  /// Cisco's LEAP.
  package static let leap = Self(rawValue: 17)
  /// EAP-TTLS.
  package static let ttls = Self(rawValue: 21)
  /// PEAP.
  package static let peap = Self(rawValue: 25)
  /// MSCHAPv2, as met in practice.
  package static let mschapv2 = Self(rawValue: 26)
  /// Expanded types.
  package static let expanded = Self(rawValue: 254)

  /// What the table says of this number; nil when it says nothing.
  package var entry: RegistryEntry? { Self.registry.entry(UInt32(rawValue), in: "type") }

  /// The table of names and facts.
  package static let registry = Registry(
    """
    kind|number|name|id|rfc
    code|1|Request|request|RFC 3748
    code|2|Response|response|RFC 3748
    code|3|Success|success|RFC 3748
    code|4|Failure|failure|RFC 3748
    code|5|Initiate|initiate|RFC 6696
    code|6|Finish|finish|RFC 6696
    type|1|Identity|identity|RFC 3748
    type|2|Notification|notification|RFC 3748
    type|3|Legacy Nak|nak|RFC 3748
    type|4|MD5-Challenge|md5|RFC 3748
    type|5|One-Time Password (OTP)|otp|RFC 3748
    type|6|Generic Token Card (GTC)|gtc|RFC 3748
    type|9|RSA Public Key Authentication|rsa-pka|-
    type|10|DSS Unilateral|dss|-
    type|11|KEA|kea|-
    type|12|KEA-VALIDATE|kea-validate|-
    type|13|EAP-TLS|tls|RFC 5216
    type|14|Defender Token (AXENT)|defender-token|-
    type|15|RSA Security SecurID EAP|securid|-
    type|16|Arcot Systems EAP|arcot|-
    type|17|EAP-Cisco Wireless (LEAP)|leap|-
    type|18|EAP-SIM|sim|RFC 4186
    type|19|SRP-SHA1 part 1|srp-sha1-1|-
    type|20|SRP-SHA1 part 2|srp-sha1-2|-
    type|21|EAP-TTLS|ttls|RFC 5281
    type|22|Remote Access Service|ras|-
    type|23|EAP-AKA|aka|RFC 4187
    type|24|EAP-3Com Wireless|3com|-
    type|25|PEAP|peap|-
    type|26|MS-EAP-Authentication (MSCHAPv2)|mschapv2|-
    type|27|MAKE|make|-
    type|28|CRYPTOCard|cryptocard|-
    type|29|EAP-MSCHAP-V2|mschapv2-old|-
    type|30|DynamID|dynamid|-
    type|31|Rob EAP|rob|-
    type|32|Protected One-Time Password|potp|RFC 4793
    type|33|MS-Authentication-TLV|ms-tlv|-
    type|34|SentriNET|sentrinet|-
    type|35|EAP-Actiontec Wireless|actiontec|-
    type|36|Cogent Systems Biometrics|cogent|-
    type|37|AirFortress EAP|airfortress|-
    type|38|EAP-HTTP Digest|http-digest|-
    type|39|SecureSuite EAP|securesuite|-
    type|40|DeviceConnect EAP|deviceconnect|-
    type|41|EAP-SPEKE|speke|-
    type|42|EAP-MOBAC|mobac|-
    type|43|EAP-FAST|fast|RFC 4851
    type|44|ZoneLabs EAP|zlxeap|-
    type|45|EAP-Link|link|-
    type|46|EAP-PAX|pax|RFC 4746
    type|47|EAP-PSK|psk|RFC 4764
    type|48|EAP-SAKE|sake|RFC 4763
    type|49|EAP-IKEv2|ikev2|RFC 5106
    type|50|EAP-AKA'|aka-prime|RFC 9048
    type|51|EAP-GPSK|gpsk|RFC 5433
    type|52|EAP-pwd|pwd|RFC 5931
    type|53|EAP-EKE v1|eke|RFC 6124
    type|54|PT-EAP|pt-eap|RFC 7171
    type|55|TEAP|teap|RFC 7170
    type|254|Expanded Types|expanded|RFC 3748
    type|255|Experimental use|experimental|RFC 3748
    """, space: "kind")
}
