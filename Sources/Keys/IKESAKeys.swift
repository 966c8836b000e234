package import Bytes
package import Crypto

/// Secrets of an IKE SA, by the names that key files use.
package enum IKESecret: String, CaseIterable, Sendable {
  /// The Diffie-Hellman shared secret, g^xy.
  case dhSecret = "dh_secret"
  /// The Diffie-Hellman private value of either end.
  case dhPrivate = "dh_private"
  /// SKEYID (RFC 2409 §5).
  case skeyid
  case skeyidD = "skeyid_d"
  case skeyidA = "skeyid_a"
  case skeyidE = "skeyid_e"
  /// IKEv1's final cipher key, after RFC 2409 appendix B's expansion.
  case encryptionKey = "encryption_key"
  case skD = "sk_d"
  case skAi = "sk_ai"
  case skAr = "sk_ar"
  /// With the salt behind it, where the cipher has one (RFC 5282 §7.1).
  case skEi = "sk_ei"
  case skEr = "sk_er"
  case skPi = "sk_pi"
  case skPr = "sk_pr"
}

/// What is known of one IKE SA's secrets and algorithms; whatever the capture tells may be absent.
package struct IKESAKeys: Hashable, Sendable {
  /// 1 or 2; nil where the form does not tell.
  package var version: Int?
  /// The initiator's SPI (IKEv1: cookie); nil fits any.
  package var initiatorSPI: UInt64?
  /// The responder's SPI; nil fits any.
  package var responderSPI: UInt64?
  package var initiator: IPAddress?
  package var responder: IPAddress?
  /// Cipher by identifier, such as `aes-cbc`.
  package var encryption: String?
  /// Key length in bits, without salt.
  package var encryptionBits: Int?
  /// Integrity transform by identifier, such as `hmac-sha1-96`; IKEv1's hash in the same form.
  package var integrity: String?
  /// PRF by identifier, such as `hmac-sha1`.
  package var prf: String?
  /// Key exchange group by identifier, such as `modp2048`.
  package var group: String?
  package var secrets: [IKESecret: Secret]
  /// Which ends derived these keys ("left", "right"): with two pre-shared keys, IKEv1 has one set an
  /// end.
  package var derivedBy: [String]
  package var origin: KeyOrigin

  package init(version: Int?, initiatorSPI: UInt64?, responderSPI: UInt64?, origin: KeyOrigin) {
    self.version = version
    self.initiatorSPI = initiatorSPI
    self.responderSPI = responderSPI
    self.origin = origin
    secrets = [:]
    derivedBy = []
  }

  package subscript(_ name: IKESecret) -> Secret? {
    get { secrets[name] }
    set { secrets[name] = newValue }
  }
}
