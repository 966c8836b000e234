// Unsafe here: libcrypto's numbers, groups and keys. Each handle is freed in the function that made
// it, and every buffer handed over has the length told.

import Bytes
import CLibcrypto

/// Computes Diffie-Hellman shared secrets from a private value that the user gave and a public value
/// of the capture.
package enum KeyExchange {
  /// Identifiers of the groups that can be computed.
  package static let groups: [String] =
    MODPGroup.byIdentifier.keys.sorted() + ellipticCurves.keys.sorted()
    + ["curve25519", "curve448"]

  /// The shared secret as IKE uses it: g^xy at the prime's full length (RFC 7296 §2.14), the x
  /// coordinate (RFC 5903 §7), or the Montgomery function's output (RFC 8031 §2).
  package static func sharedSecret(
    group: String, privateValue: Secret, peerPublic: [UInt8]
  ) throws(CryptoError) -> Secret {
    if let modp = MODPGroup.byIdentifier[group] {
      return try modpSecret(group, modp, privateValue, peerPublic)
    }
    if let curve = ellipticCurves[group] {
      return try ellipticSecret(group, curve, privateValue, peerPublic)
    }
    switch group {
    case "curve25519": return try montgomerySecret(group, EVP_PKEY_X25519, privateValue, peerPublic)
    case "curve448": return try montgomerySecret(group, EVP_PKEY_X448, privateValue, peerPublic)
    default: throw .unsupported(algorithm: group, reason: "the group is not known to be computable")
    }
  }

  /// The public value that belongs to a private one, in IKE's form: tells whose private value it is.
  package static func publicValue(
    group: String, privateValue: Secret
  ) throws(CryptoError) -> [UInt8] {
    if let modp = MODPGroup.byIdentifier[group] {
      let generator = bytes(hexadecimal: modp.generator) ?? []
      return try modpSecret(group, modp, privateValue, generator).exposed()
    }
    if let curve = ellipticCurves[group] {
      return try ellipticPoint(group, curve, privateValue, nil).exposed()
    }
    let isShort = group == "curve25519"
    guard isShort || group == "curve448" else {
      throw .unsupported(algorithm: group, reason: "the group is not known to be computable")
    }
    // The base points of RFC 7748 §4: u = 9 and u = 5.
    let base = [isShort ? 9 : 5] + [UInt8](repeating: 0, count: isShort ? 31 : 55)
    return try montgomerySecret(
      group, isShort ? EVP_PKEY_X25519 : EVP_PKEY_X448, privateValue, base
    ).exposed()
  }

  private static func failure(_ group: String) -> CryptoError {
    ERR_clear_error()
    return .library(operation: "the key exchange of \(group)")
  }

  private static func modpSecret(
    _ group: String, _ modp: MODPGroup, _ privateValue: Secret, _ peerPublic: [UInt8]
  ) throws(CryptoError) -> Secret {
    let prime = bytes(hexadecimal: modp.prime) ?? []
    guard peerPublic.count <= prime.count, !privateValue.isEmpty,
      privateValue.count <= prime.count
    else {
      throw .invalidInput(
        algorithm: group, what: "values have up to \(prime.count) bytes")
    }
    let (p, base, exponent) = unsafe (number(prime), number(peerPublic), number(privateValue))
    let context = unsafe BN_CTX_new()
    let result = unsafe BN_new()
    defer {
      unsafe BN_free(p)
      unsafe BN_free(base)
      unsafe BN_clear_free(exponent)
      unsafe BN_clear_free(result)
      unsafe BN_CTX_free(context)
    }
    guard unsafe BN_mod_exp(result, base, exponent, p, context) == 1 else {
      throw failure(group)
    }
    return unsafe padded(result, prime.count)
  }

  private static func number(_ bytes: [UInt8]) -> OpaquePointer? {
    unsafe BN_bin2bn(bytes, Int32(bytes.count), nil)
  }

  private static func number(_ secret: Secret) -> OpaquePointer? {
    unsafe secret.rawSpan.withUnsafeBytes { bytes in
      unsafe BN_bin2bn(
        bytes.bindMemory(to: UInt8.self).baseAddress, Int32(bytes.count), nil)
    }
  }

  private static func padded(_ number: OpaquePointer?, _ count: Int) -> Secret {
    unsafe Secret(count: count) { buffer in
      _ = unsafe BN_bn2binpad(number, buffer.baseAddress, Int32(count))
    }
  }

  private struct Curve {
    var nid: Int32
    var coordinateBytes: Int
  }

  private static let ellipticCurves: [String: Curve] = [
    "ecp192": Curve(nid: NID_X9_62_prime192v1, coordinateBytes: 24),
    "ecp224": Curve(nid: NID_secp224r1, coordinateBytes: 28),
    "ecp256": Curve(nid: NID_X9_62_prime256v1, coordinateBytes: 32),
    "ecp384": Curve(nid: NID_secp384r1, coordinateBytes: 48),
    "ecp521": Curve(nid: NID_secp521r1, coordinateBytes: 66),
    "ecp224bp": Curve(nid: NID_brainpoolP224r1, coordinateBytes: 28),
    "ecp256bp": Curve(nid: NID_brainpoolP256r1, coordinateBytes: 32),
    "ecp384bp": Curve(nid: NID_brainpoolP384r1, coordinateBytes: 48),
    "ecp512bp": Curve(nid: NID_brainpoolP512r1, coordinateBytes: 64),
  ]

  private static func ellipticSecret(
    _ group: String, _ curve: Curve, _ privateValue: Secret, _ peerPublic: [UInt8]
  ) throws(CryptoError) -> Secret {
    guard peerPublic.count == 2 * curve.coordinateBytes else {
      throw .invalidInput(
        algorithm: group, what: "a public value has \(2 * curve.coordinateBytes) bytes")
    }
    return try ellipticPoint(group, curve, privateValue, peerPublic)
      .prefix(curve.coordinateBytes)
  }

  /// x and y of the peer's point, or of the generator, times the private value.
  private static func ellipticPoint(
    _ group: String, _ curve: Curve, _ privateValue: Secret, _ peerPublic: [UInt8]?
  ) throws(CryptoError) -> Secret {
    guard !privateValue.isEmpty, privateValue.count <= curve.coordinateBytes + 1 else {
      throw .invalidInput(
        algorithm: group, what: "a private value has up to \(curve.coordinateBytes) bytes")
    }
    guard let field = unsafe EC_GROUP_new_by_curve_name(curve.nid) else {
      ERR_clear_error()
      throw .unsupported(algorithm: group, reason: "libcrypto was built without this curve")
    }
    let (point, result) = unsafe (EC_POINT_new(field), EC_POINT_new(field))
    let exponent = unsafe number(privateValue)
    let (x, y) = unsafe (BN_new(), BN_new())
    defer {
      unsafe EC_POINT_free(point)
      unsafe EC_POINT_clear_free(result)
      unsafe BN_clear_free(exponent)
      unsafe BN_clear_free(x)
      unsafe BN_clear_free(y)
      unsafe EC_GROUP_free(field)
    }
    if let peerPublic {
      let half = curve.coordinateBytes
      unsafe BN_bin2bn(Array(peerPublic[..<half]), Int32(half), x)
      unsafe BN_bin2bn(Array(peerPublic[half...]), Int32(half), y)
      // Fails for a point that is not on the curve.
      guard unsafe EC_POINT_set_affine_coordinates(field, point, x, y, nil) == 1,
        unsafe EC_POINT_mul(field, result, nil, point, exponent, nil) == 1
      else { throw failure(group) }
    } else if unsafe EC_POINT_mul(field, result, exponent, nil, nil, nil) != 1 {
      throw failure(group)
    }
    guard unsafe EC_POINT_get_affine_coordinates(field, result, x, y, nil) == 1 else {
      throw failure(group)
    }
    return unsafe Secret(joining: [
      padded(x, curve.coordinateBytes), padded(y, curve.coordinateBytes),
    ])
  }

  private static func montgomerySecret(
    _ group: String, _ type: Int32, _ privateValue: Secret, _ peerPublic: [UInt8]
  ) throws(CryptoError) -> Secret {
    let ours = unsafe privateValue.rawSpan.withUnsafeBytes { bytes in
      unsafe EVP_PKEY_new_raw_private_key(
        type, nil, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count)
    }
    let theirs = unsafe EVP_PKEY_new_raw_public_key(type, nil, peerPublic, peerPublic.count)
    defer {
      unsafe EVP_PKEY_free(ours)
      unsafe EVP_PKEY_free(theirs)
    }
    guard let ours = unsafe ours, let theirs = unsafe theirs else {
      ERR_clear_error()
      throw .invalidInput(
        algorithm: group, what: "values have \(type == EVP_PKEY_X25519 ? 32 : 56) bytes")
    }
    let context = unsafe EVP_PKEY_CTX_new(ours, nil)
    defer { unsafe EVP_PKEY_CTX_free(context) }
    var count = 0
    guard unsafe EVP_PKEY_derive_init(context) == 1,
      unsafe EVP_PKEY_derive_set_peer(context, theirs) == 1,
      unsafe EVP_PKEY_derive(context, nil, &count) == 1
    else { throw failure(group) }
    var isDone = false
    let secret = unsafe Secret(count: count) { buffer in
      isDone = unsafe EVP_PKEY_derive(context, buffer.baseAddress, &count) == 1
    }
    guard isDone else { throw failure(group) }
    return secret
  }
}
