/// Certificate encodings (RFC 2408 §3.9, RFC 7296 §3.6).
package struct CertificateEncoding: RegistryNumber {
  /// The number on the wire.
  package let rawValue: UInt8

  /// Any number is valid.
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// PKCS #7 wrapped X.509 certificate, RFC 2408.
  package static let pkcs7 = Self(rawValue: 1)
  /// PGP Certificate, RFC 2408.
  package static let pgp = Self(rawValue: 2)
  /// DNS Signed Key, RFC 2408.
  package static let dnsSignedKey = Self(rawValue: 3)
  /// X.509 Certificate - Signature, RFC 2408.
  package static let x509Signature = Self(rawValue: 4)
  /// X.509 Certificate - Key Exchange, RFC 2408.
  package static let x509KeyExchange = Self(rawValue: 5)
  /// Kerberos Tokens, RFC 2408.
  package static let kerberos = Self(rawValue: 6)
  /// Certificate Revocation List (CRL), RFC 2408.
  package static let crl = Self(rawValue: 7)
  /// Authority Revocation List (ARL), RFC 2408.
  package static let arl = Self(rawValue: 8)
  /// SPKI Certificate, RFC 2408.
  package static let spki = Self(rawValue: 9)
  /// X.509 Certificate - Attribute, RFC 2408.
  package static let x509Attribute = Self(rawValue: 10)
  /// Raw RSA Key, RFC 7296.
  package static let rawRSAKey = Self(rawValue: 11)
  /// Hash and URL of X.509 certificate, RFC 7296.
  package static let hashURLCert = Self(rawValue: 12)
  /// Hash and URL of X.509 bundle, RFC 7296.
  package static let hashURLBundle = Self(rawValue: 13)
  /// OCSP Content, RFC 4806.
  package static let ocsp = Self(rawValue: 14)
  /// Raw Public Key, RFC 7670.
  package static let rawPublicKey = Self(rawValue: 15)

  /// The table of names and facts.
  package static let registry = Registry(
    """
    number|name|id|ikev1|ikev2|rfc
    1|PKCS #7 wrapped X.509 certificate|pkcs7|y|y|RFC 2408
    2|PGP Certificate|pgp|y|y|RFC 2408
    3|DNS Signed Key|dns-signed-key|y|y|RFC 2408
    4|X.509 Certificate - Signature|x509-signature|y|y|RFC 2408
    5|X.509 Certificate - Key Exchange|x509-key-exchange|y|n|RFC 2408
    6|Kerberos Tokens|kerberos|y|y|RFC 2408
    7|Certificate Revocation List (CRL)|crl|y|y|RFC 2408
    8|Authority Revocation List (ARL)|arl|y|y|RFC 2408
    9|SPKI Certificate|spki|y|y|RFC 2408
    10|X.509 Certificate - Attribute|x509-attribute|y|y|RFC 2408
    11|Raw RSA Key|raw-rsa-key|n|y|RFC 7296
    12|Hash and URL of X.509 certificate|hash-url-cert|n|y|RFC 7296
    13|Hash and URL of X.509 bundle|hash-url-bundle|n|y|RFC 7296
    14|OCSP Content|ocsp|n|y|RFC 4806
    15|Raw Public Key|raw-public-key|n|y|RFC 7670
    """)
}
