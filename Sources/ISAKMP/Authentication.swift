import Bytes
package import Registries

/// An AUTH payload of IKEv2 (RFC 7296 §3.8, RFC 7427 §3).
package struct Authentication: Hashable, Sendable {
  /// How the sender proves who it is.
  package let method: AuthenticationMethodV2
  /// RFC 7427: the AlgorithmIdentifier in DER that stands before the signature; nil for other
  /// methods.
  package let algorithmIdentifier: [UInt8]?
  /// The signature or MAC (behind the AlgorithmIdentifier where there is one).
  package let data: [UInt8]

  init(parsing reader: inout WireReader, _ notes: inout DecodingNotes) throws(WireError) {
    method = AuthenticationMethodV2(rawValue: try reader.uint8())
    try reader.skip(3)
    if method == .digitalSignature {
      let length = try reader.uint8()
      algorithmIdentifier = try reader.take(Int(length))
    } else {
      algorithmIdentifier = nil
    }
    data = reader.takeRest()
  }

  /// The algorithm of a digital signature, where it is a known one.
  package var signatureAlgorithm: SignatureAlgorithm? {
    algorithmIdentifier.flatMap { SignatureAlgorithm.identified(by: $0) }
  }
}
