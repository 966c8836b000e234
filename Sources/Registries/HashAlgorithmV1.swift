/// Values of the phase 1 hash attribute (RFC 2409, appendix A).
package struct HashAlgorithmV1: RegistryNumber {
  /// The number on the wire.
  package let rawValue: UInt16

  /// Any number is valid.
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// MD5, RFC 2409.
  package static let md5 = Self(rawValue: 1)
  /// SHA, RFC 2409.
  package static let sha1 = Self(rawValue: 2)
  /// Tiger, RFC 2409.
  package static let tiger = Self(rawValue: 3)
  /// SHA2-256, RFC 4868.
  package static let sha256 = Self(rawValue: 4)
  /// SHA2-384, RFC 4868.
  package static let sha384 = Self(rawValue: 5)
  /// SHA2-512, RFC 4868.
  package static let sha512 = Self(rawValue: 6)
  /// SM3, GM/T 0022.
  package static let sm3 = Self(rawValue: 20)

  /// Output length in bytes; nil when the number is unknown.
  package var outputBytes: Int? { entry?.integer("output_bytes") }

  /// The pseudorandom function that this hash stands for where no PRF was negotiated: HMAC with it
  /// (RFC 2409 §4); nil when the number is unknown.
  package var pseudorandomFunction: PRF? { entry?["prf"].flatMap { PRF.named($0) } }

  /// The table of names and facts.
  package static let registry = Registry(
    """
    number|name|id|output_bytes|prf|status|rfc
    1|MD5|md5|16|hmac-md5|broken|RFC 2409
    2|SHA|sha1|20|hmac-sha1|deprecated|RFC 2409
    3|Tiger|tiger|24|hmac-tiger|deprecated|RFC 2409
    4|SHA2-256|sha256|32|hmac-sha256|mandatory|RFC 4868
    5|SHA2-384|sha384|48|hmac-sha384|optional|RFC 4868
    6|SHA2-512|sha512|64|hmac-sha512|recommended|RFC 4868
    20|SM3|sm3|32|hmac-sm3||GM/T 0022
    """)
}
