/// A hash that libcrypto computes, named as key files name it.
package enum HashAlgorithm: String, CaseIterable, Sendable {
  case md5
  case sha1
  case sha224
  case sha256
  case sha384
  case sha512
  case ripemd160

  /// Bytes of a digest.
  package var outputBytes: Int {
    switch self {
    case .md5: 16
    case .sha1, .ripemd160: 20
    case .sha224: 28
    case .sha256: 32
    case .sha384: 48
    case .sha512: 64
    }
  }

  /// Bytes of a block of the compression function, which HMAC pads keys to (RFC 2104 §2).
  package var blockBytes: Int {
    switch self {
    case .sha384, .sha512: 128
    default: 64
    }
  }

  /// The digest of the parts, one after the other.
  package func digest(_ parts: [any ByteSource]) -> [UInt8] {
    let state = HashState(self)
    for part in parts { part.withBytes { state.update($0) } }
    var result = [UInt8](repeating: 0, count: outputBytes)
    state.finish(toStartOf: &result)
    return result
  }
}
