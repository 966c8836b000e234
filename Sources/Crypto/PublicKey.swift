// Unsafe here: libcrypto's key handle, freed in `deinit`, and calls with borrowed arrays whose lengths
// are told. A key is never changed after it was made, so reading it from several threads is sound.

import Bytes
import CLibcrypto

/// A public key, from a certificate or raw, and the verification of IKE's signatures with it.
///
/// `@unchecked Sendable`: only read after `init`; libcrypto verifies with one key on any thread.
@safe
package final class PublicKey: @unchecked Sendable {
  /// Kinds of keys that IKE signs with.
  package enum Kind: Hashable, Sendable {
    case rsa
    case dsa
    case ecdsa
    case ed25519
    case ed448
    case other
  }

  let key: OpaquePointer

  /// Takes over a key's reference.
  init(owning key: OpaquePointer) {
    unsafe self.key = key
  }

  /// The key of a SubjectPublicKeyInfo in DER; nil for anything else.
  package init?(subjectPublicKeyInfo der: [UInt8]) {
    let parsed = unsafe der.withUnsafeBufferPointer { buffer in
      var start = buffer.baseAddress
      return unsafe d2i_PUBKEY(nil, &start, buffer.count)
    }
    ERR_clear_error()
    guard let parsed = unsafe parsed else { return nil }
    unsafe key = parsed
  }

  deinit {
    unsafe EVP_PKEY_free(key)
  }

  package var kind: Kind {
    switch unsafe EVP_PKEY_get_base_id(key) {
    case EVP_PKEY_RSA, EVP_PKEY_RSA_PSS: .rsa
    case EVP_PKEY_DSA: .dsa
    case EVP_PKEY_EC: .ecdsa
    case EVP_PKEY_ED25519: .ed25519
    case EVP_PKEY_ED448: .ed448
    default: .other
    }
  }

  /// The key's size in bits: of the modulus, the prime, or the curve's order.
  package var bits: Int { unsafe Int(EVP_PKEY_get_bits(key)) }

  /// Verifies a signature of IKEv1 (RFC 2409 §5.1): RSA over the bare hash in PKCS #1 padding
  /// without DigestInfo, DSS over the SHA-1 of the hash, ECDSA as r and s over the hash.
  package func verifiesIKEv1(_ signature: [UInt8], hash: [UInt8]) -> Bool {
    switch kind {
    case .rsa: recovered(signature) == hash
    case .dsa:
      verifies(signature, digest: HashAlgorithm.sha1.digest([hash]))
        || verifies(signature, digest: hash)
    case .ecdsa:
      [HashAlgorithm.sha256, .sha384, .sha512].contains {
        verifies(signature, digest: $0.digest([hash]))
      }
    default: false
    }
  }

  /// Verifies an AUTH payload's value by an authentication method of IKEv2 (RFC 7296 §3.8): 1 RSA,
  /// 3 DSS, 9 to 11 ECDSA (RFC 4754), 14 with an AlgorithmIdentifier (RFC 7427 §3). Nil for a method
  /// or algorithm that is none of these.
  package func verifiesIKEv2(_ value: [UInt8], method: UInt8, signedOctets: [UInt8]) -> Bool? {
    switch method {
    case 1 where kind == .rsa:
      // RFC 7296 §3.8: SHA-1 unless agreed otherwise; deployed stacks use SHA-2 as well.
      [HashAlgorithm.sha1, .sha256, .sha384, .sha512].contains {
        verify(value, signedOctets, .rsaPKCS1($0))
      }
    case 3 where kind == .dsa:
      verifies(value, digest: HashAlgorithm.sha1.digest([signedOctets]))
    case 9 where kind == .ecdsa:
      verifies(value, digest: HashAlgorithm.sha256.digest([signedOctets]))
    case 10 where kind == .ecdsa:
      verifies(value, digest: HashAlgorithm.sha384.digest([signedOctets]))
    case 11 where kind == .ecdsa:
      verifies(value, digest: HashAlgorithm.sha512.digest([signedOctets]))
    case 14:
      verifiesRFC7427(value, signedOctets)
    default: nil
    }
  }

  /// One byte of length, that many of AlgorithmIdentifier, the signature (RFC 7427 §3).
  private func verifiesRFC7427(_ value: [UInt8], _ octets: [UInt8]) -> Bool? {
    guard let length = value.first.map(Int.init), value.count > 1 + length,
      let scheme = SignatureScheme(algorithmIdentifier: Array(value[1...length])),
      scheme.kind == kind
    else { return nil }
    return verify(Array(value[(1 + length)...]), octets, scheme)
  }

  /// What the signature's padding holds, without it: RSA's public operation (PKCS #1 type 1).
  private func recovered(_ signature: [UInt8]) -> [UInt8]? {
    let context = unsafe EVP_PKEY_CTX_new(key, nil)
    defer {
      unsafe EVP_PKEY_CTX_free(context)
      ERR_clear_error()
    }
    var count = 0
    guard unsafe EVP_PKEY_verify_recover_init(context) == 1,
      unsafe EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1,
      unsafe EVP_PKEY_verify_recover(context, nil, &count, signature, signature.count) == 1
    else { return nil }
    var result = [UInt8](repeating: 0, count: count)
    guard
      unsafe EVP_PKEY_verify_recover(context, &result, &count, signature, signature.count) == 1
    else { return nil }
    return Array(result.prefix(count))
  }

  /// DSS and ECDSA: r and s side by side as IKE has them, or in DER as some send them.
  private func verifies(_ signature: [UInt8], digest: [UInt8]) -> Bool {
    let context = unsafe EVP_PKEY_CTX_new(key, nil)
    defer {
      unsafe EVP_PKEY_CTX_free(context)
      ERR_clear_error()
    }
    guard unsafe EVP_PKEY_verify_init(context) == 1 else { return false }
    let forms = [Self.derSignature(signature), signature]
    return forms.contains { (der: [UInt8]) -> Bool in
      unsafe EVP_PKEY_verify(context, der, der.count, digest, digest.count) == 1
    }
  }

  /// SEQUENCE of two INTEGERs from two halves.
  private static func derSignature(_ halves: [UInt8]) -> [UInt8] {
    func integer(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
      var value = Array(bytes.drop { $0 == 0 })
      if value.first.map({ $0 >= 0x80 }) ?? true { value.insert(0, at: 0) }
      return [2] + length(value.count) + value
    }
    func length(_ count: Int) -> [UInt8] {
      count < 0x80
        ? [UInt8(count)]
        : count < 0x100
          ? [0x81, UInt8(count)]
          : [0x82, UInt8(truncatingIfNeeded: count >> 8), UInt8(truncatingIfNeeded: count)]
    }
    let body = integer(halves[..<(halves.count / 2)]) + integer(halves[(halves.count / 2)...])
    return [0x30] + length(body.count) + body
  }

  /// Verifies a signature over whole octets.
  private func verify(_ signature: [UInt8], _ octets: [UInt8], _ scheme: SignatureScheme) -> Bool {
    let context = unsafe EVP_MD_CTX_new()
    defer {
      unsafe EVP_MD_CTX_free(context)
      ERR_clear_error()
    }
    var keyContext: OpaquePointer?
    guard
      unsafe EVP_DigestVerifyInit_ex(
        context, &keyContext, scheme.hash?.rawValue, nil, nil, key, nil)
        == 1
    else { return false }
    if case .rsaPSS = scheme {
      guard unsafe EVP_PKEY_CTX_set_rsa_padding(keyContext, RSA_PKCS1_PSS_PADDING) == 1,
        unsafe EVP_PKEY_CTX_set_rsa_pss_saltlen(keyContext, RSA_PSS_SALTLEN_AUTO) == 1
      else { return false }
    }
    return unsafe EVP_DigestVerify(context, signature, signature.count, octets, octets.count) == 1
  }
}
