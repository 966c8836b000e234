/// Values of the phase 1 authentication method attribute (RFC 2409, appendix A), with XAUTH and
/// hybrid numbers.
package struct AuthenticationMethodV1: RegistryNumber {
  /// The number on the wire.
  package let rawValue: UInt16

  /// Any number is valid.
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// pre-shared key, RFC 2409.
  package static let psk = Self(rawValue: 1)
  /// DSS signatures, RFC 2409.
  package static let dssSig = Self(rawValue: 2)
  /// RSA signatures, RFC 2409.
  package static let rsaSig = Self(rawValue: 3)
  /// Encryption with RSA, RFC 2409.
  package static let rsaEnc = Self(rawValue: 4)
  /// Revised encryption with RSA, RFC 2409.
  package static let rsaEncRevised = Self(rawValue: 5)
  /// Encryption with El-Gamal.
  package static let elgamalEnc = Self(rawValue: 6)
  /// Revised encryption with El-Gamal.
  package static let elgamalEncRevised = Self(rawValue: 7)
  /// ECDSA signatures.
  package static let ecdsaSig = Self(rawValue: 8)
  /// ECDSA with SHA-256 on the P-256 curve, RFC 4754.
  package static let ecdsa256 = Self(rawValue: 9)
  /// ECDSA with SHA-384 on the P-384 curve, RFC 4754.
  package static let ecdsa384 = Self(rawValue: 10)
  /// ECDSA with SHA-512 on the P-521 curve, RFC 4754.
  package static let ecdsa521 = Self(rawValue: 11)
  /// NULL authentication.
  package static let nullAuth = Self(rawValue: 13)
  /// Challenge/Response for Authenticated Cryptographic Keys, draft-harkins-ipsec-ike-crack-00.
  package static let crack = Self(rawValue: 128)
  /// HybridInitRSA, draft-ietf-ipsec-isakmp-hybrid-auth-05.
  package static let hybridInitRSA = Self(rawValue: 64221)
  /// HybridRespRSA, draft-ietf-ipsec-isakmp-hybrid-auth-05.
  package static let hybridRespRSA = Self(rawValue: 64222)
  /// HybridInitDSS, draft-ietf-ipsec-isakmp-hybrid-auth-05.
  package static let hybridInitDSS = Self(rawValue: 64223)
  /// HybridRespDSS, draft-ietf-ipsec-isakmp-hybrid-auth-05.
  package static let hybridRespDSS = Self(rawValue: 64224)
  /// XAUTHInitPreShared, draft-beaulieu-ike-xauth-02.
  package static let xauthInitPSK = Self(rawValue: 65001)
  /// XAUTHRespPreShared, draft-beaulieu-ike-xauth-02.
  package static let xauthRespPSK = Self(rawValue: 65002)
  /// XAUTHInitDSS, draft-beaulieu-ike-xauth-02.
  package static let xauthInitDSS = Self(rawValue: 65003)
  /// XAUTHRespDSS, draft-beaulieu-ike-xauth-02.
  package static let xauthRespDSS = Self(rawValue: 65004)
  /// XAUTHInitRSA, draft-beaulieu-ike-xauth-02.
  package static let xauthInitRSA = Self(rawValue: 65005)
  /// XAUTHRespRSA, draft-beaulieu-ike-xauth-02.
  package static let xauthRespRSA = Self(rawValue: 65006)
  /// XAUTHInitRSAEncryption, draft-beaulieu-ike-xauth-02.
  package static let xauthInitRSAEnc = Self(rawValue: 65007)
  /// XAUTHRespRSAEncryption, draft-beaulieu-ike-xauth-02.
  package static let xauthRespRSAEnc = Self(rawValue: 65008)
  /// XAUTHInitRSARevisedEncryption, draft-beaulieu-ike-xauth-02.
  package static let xauthInitRSAEncRevised = Self(rawValue: 65009)
  /// XAUTHRespRSARevisedEncryption, draft-beaulieu-ike-xauth-02.
  package static let xauthRespRSAEncRevised = Self(rawValue: 65010)

  /// The method without its extension: `psk` of XAUTHInitPreShared; nil when unknown.
  package var baseMethod: String? { entry?["base_method"] }

  /// True where XAUTH follows phase 1 (draft-beaulieu-ike-xauth-02, and hybrid authentication).
  package var isFollowedByXAUTH: Bool { entry?["extension"] != nil }

  /// The table of names and facts.
  package static let registry = Registry(
    """
    number|name|id|base_method|extension|status|rfc
    1|pre-shared key|psk|psk|||RFC 2409
    2|DSS signatures|dss-sig|dss-sig||deprecated|RFC 2409
    3|RSA signatures|rsa-sig|rsa-sig|||RFC 2409
    4|Encryption with RSA|rsa-enc|rsa-enc|||RFC 2409
    5|Revised encryption with RSA|rsa-enc-revised|rsa-enc-revised|||RFC 2409
    6|Encryption with El-Gamal|elgamal-enc|elgamal-enc||reserved|-
    7|Revised encryption with El-Gamal|elgamal-enc-revised|elgamal-enc-revised||reserved|-
    8|ECDSA signatures|ecdsa-sig|ecdsa-sig||reserved|-
    9|ECDSA with SHA-256 on the P-256 curve|ecdsa-256|ecdsa-256|||RFC 4754
    10|ECDSA with SHA-384 on the P-384 curve|ecdsa-384|ecdsa-384|||RFC 4754
    11|ECDSA with SHA-512 on the P-521 curve|ecdsa-521|ecdsa-521|||RFC 4754
    13|NULL authentication|null-auth|null-auth|||-
    128|Challenge/Response for Authenticated Cryptographic Keys|crack|crack|||draft-harkins-ipsec-ike-crack-00
    64221|HybridInitRSA|hybrid-init-rsa|rsa-sig|hybrid, initiator by XAUTH||draft-ietf-ipsec-isakmp-hybrid-auth-05
    64222|HybridRespRSA|hybrid-resp-rsa|rsa-sig|hybrid, responder by XAUTH||draft-ietf-ipsec-isakmp-hybrid-auth-05
    64223|HybridInitDSS|hybrid-init-dss|dss-sig|hybrid, initiator by XAUTH||draft-ietf-ipsec-isakmp-hybrid-auth-05
    64224|HybridRespDSS|hybrid-resp-dss|dss-sig|hybrid, responder by XAUTH||draft-ietf-ipsec-isakmp-hybrid-auth-05
    65001|XAUTHInitPreShared|xauth-init-psk|psk|XAUTH of the initiator follows||draft-beaulieu-ike-xauth-02
    65002|XAUTHRespPreShared|xauth-resp-psk|psk|XAUTH of the responder follows||draft-beaulieu-ike-xauth-02
    65003|XAUTHInitDSS|xauth-init-dss|dss-sig|XAUTH of the initiator follows||draft-beaulieu-ike-xauth-02
    65004|XAUTHRespDSS|xauth-resp-dss|dss-sig|XAUTH of the responder follows||draft-beaulieu-ike-xauth-02
    65005|XAUTHInitRSA|xauth-init-rsa|rsa-sig|XAUTH of the initiator follows||draft-beaulieu-ike-xauth-02
    65006|XAUTHRespRSA|xauth-resp-rsa|rsa-sig|XAUTH of the responder follows||draft-beaulieu-ike-xauth-02
    65007|XAUTHInitRSAEncryption|xauth-init-rsa-enc|rsa-enc|XAUTH of the initiator follows||draft-beaulieu-ike-xauth-02
    65008|XAUTHRespRSAEncryption|xauth-resp-rsa-enc|rsa-enc|XAUTH of the responder follows||draft-beaulieu-ike-xauth-02
    65009|XAUTHInitRSARevisedEncryption|xauth-init-rsa-enc-revised|rsa-enc-revised|XAUTH of the initiator follows||draft-beaulieu-ike-xauth-02
    65010|XAUTHRespRSARevisedEncryption|xauth-resp-rsa-enc-revised|rsa-enc-revised|XAUTH of the responder follows||draft-beaulieu-ike-xauth-02
    """)
}
