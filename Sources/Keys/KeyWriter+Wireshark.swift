import Bytes
import Crypto

/// Writes key material for other tools. The one place where keys leave in the clear: only for
/// `ikescope keys`, which the user asked keys of.
package enum KeyWriter {
  /// Wireshark's names of ciphers in `esp_sa`, by identifier. Names that older releases lack (AES-CCM,
  /// ChaCha20) are not written: one unknown name and Wireshark refuses the whole table.
  private static let espCiphers = [
    "null": "NULL", "des-cbc": "DES-CBC [RFC2405]", "3des-cbc": "TripleDES-CBC [RFC2451]",
    "aes-cbc": "AES-CBC [RFC3602]", "aes-ctr": "AES-CTR [RFC3686]",
    "cast-cbc": "CAST5-CBC [RFC2144]", "blowfish-cbc": "BLOWFISH-CBC [RFC2451]",
    "twofish-cbc": "TWOFISH-CBC", "aes-gcm-8": "AES-GCM with 8 octet ICV [RFC4106]",
    "aes-gcm-12": "AES-GCM with 12 octet ICV [RFC4106]",
    "aes-gcm-16": "AES-GCM with 16 octet ICV [RFC4106]",
  ]

  /// Wireshark's names of integrity transforms in `esp_sa`.
  private static let espIntegrities = [
    "hmac-md5-96": "HMAC-MD5-96 [RFC2403]", "hmac-sha1-96": "HMAC-SHA-1-96 [RFC2404]",
    "hmac-sha256-96": "HMAC-SHA-256-96 [draft-ietf-ipsec-ciph-sha-256-00]",
    "hmac-sha256-128": "HMAC-SHA-256-128 [RFC4868]",
    "hmac-sha384-192": "HMAC-SHA-384-192 [RFC4868]",
    "hmac-sha512-256": "HMAC-SHA-512-256 [RFC4868]",
    "hmac-ripemd160-96": "MAC-RIPEMD-160-96 [RFC2857]",
  ]

  /// Wireshark's names of integrity transforms in `ikev2_decryption_table`.
  private static let ikeIntegrities = [
    "hmac-md5-96": "HMAC_MD5_96 [RFC2403]", "hmac-sha1-96": "HMAC_SHA1_96 [RFC2404]",
    "hmac-md5-128": "HMAC_MD5_128 [RFC4595]", "hmac-sha1-160": "HMAC_SHA1_160 [RFC4595]",
    "hmac-sha256-96": "HMAC_SHA2_256_96 [draft-ietf-ipsec-ciph-sha-256-00]",
    "hmac-sha256-128": "HMAC_SHA2_256_128 [RFC4868]",
    "hmac-sha384-192": "HMAC_SHA2_384_192 [RFC4868]",
    "hmac-sha512-256": "HMAC_SHA2_512_256 [RFC4868]",
  ]

  /// The three tables of Wireshark, each as the content of the file of that name in a profile's
  /// folder.
  package struct WiresharkTables: Hashable, Sendable {
    /// `ikev1_decryption_table`
    package var ikev1: String
    /// `ikev2_decryption_table`
    package var ikev2: String
    /// `esp_sa`
    package var espSA: String
    /// What Wireshark has no name for, for the user.
    package var leftOut: [String]
  }

  /// Wireshark's tables. Integrity transforms that Wireshark lacks become "ANY … [no checking]" of
  /// the same length.
  package static func wireshark(_ material: KeyMaterial) -> WiresharkTables {
    var tables = WiresharkTables(ikev1: "", ikev2: "", espSA: "", leftOut: [])
    for keys in material.ikeSAs {
      if let key = keys[.encryptionKey], let spi = keys.initiatorSPI {
        tables.ikev1 += "\(hexadecimal(spi)),\(hex(key))\n"
      } else if keys[.skEi] != nil || keys[.skEr] != nil {
        if let row = ikev2Row(keys) {
          tables.ikev2 += row
        } else {
          tables.leftOut.append("IKE SA \(name(keys)): \(keys.encryption ?? "no cipher named")")
        }
      }
    }
    for keys in material.childSAs where keys.protocol == .esp {
      if let row = espRow(keys) {
        tables.espSA += row
      } else {
        tables.leftOut.append("child SA \(keys.spi): \(keys.encryption ?? "no cipher named")")
      }
    }
    return tables
  }

  private static func name(_ keys: IKESAKeys) -> String {
    keys.initiatorSPI.map { hexadecimal($0) } ?? "*"
  }

  private static func hex(_ secret: Secret?) -> String { hexadecimal(secret?.exposed() ?? []) }

  private static func ikev2Row(_ keys: IKESAKeys) -> String? {
    guard let initiator = keys.initiatorSPI, let responder = keys.responderSPI,
      let cipher = keys.encryption.flatMap({ CipherAlgorithm(identifier: $0) }),
      let material = keys[.skEi] ?? keys[.skEr],
      let encryption = ikeCipher(cipher, bits: (material.count - cipher.saltBytes) * 8)
    else { return nil }
    let integrity =
      keys.integrity.flatMap { identifier in
        ikeIntegrities[identifier]
          ?? IntegrityAlgorithm(identifier: identifier).map {
            "ANY \($0.icvBytes * 8)-bits of Authentication [No Checking]"
          }
      } ?? "NONE [RFC4306]"
    let isChecked = keys.integrity.map { ikeIntegrities[$0] != nil } ?? false
    return [
      hexadecimal(initiator), hexadecimal(responder), hex(keys[.skEi]), hex(keys[.skEr]),
      "\"\(encryption)\"", isChecked ? hex(keys[.skAi]) : "", isChecked ? hex(keys[.skAr]) : "",
      "\"\(integrity)\"",
    ].joined(separator: ",") + "\n"
  }

  private static func ikeCipher(_ cipher: CipherAlgorithm, bits: Int) -> String? {
    switch cipher.mode {
    case .null: "NULL [RFC2410]"
    case .cbc where cipher.identifier == "3des-cbc": "3DES [RFC2451]"
    case .cbc where cipher.identifier == "aes-cbc": "AES-CBC-\(bits) [RFC3602]"
    case .ctr where cipher.identifier == "aes-ctr": "AES-CTR-\(bits) [RFC5930]"
    case .gcm where !cipher.hasImplicitIV:
      "AES-GCM-\(bits) with \(cipher.icvBytes) octet ICV [RFC5282]"
    case .ccm where !cipher.hasImplicitIV:
      "AES-CCM-\(bits) with \(cipher.icvBytes) octet ICV [RFC5282]"
    default: nil
    }
  }

  private static func espRow(_ keys: ChildSAKeys) -> String? {
    let identifier = keys.encryption ?? "null"
    guard let encryption = espCiphers[identifier] else { return nil }
    let isIPv6 = (keys.destination ?? keys.source)?.exact?.isIPv6 ?? false
    let isAny = keys.destination == nil && keys.source == nil
    var integrity = keys.integrity.flatMap { espIntegrities[$0] } ?? "NULL"
    if let cipher = CipherAlgorithm(identifier: identifier), cipher.isAEAD {
      // Wireshark takes the length from the cipher's name and refuses any other transform.
      integrity = "NULL"
    } else if integrity == "NULL",
      let known = keys.integrity.flatMap({
        IntegrityAlgorithm(identifier: $0)
      })
    {
      integrity = "ANY \(known.icvBytes * 8) bit authentication [no checking]"
    }
    let isChecked = keys.integrity.map { espIntegrities[$0] != nil } ?? false
    let key = hex(keys.encryptionKey) + hex(keys.salt)
    return [
      isAny ? "Any" : isIPv6 ? "IPv6" : "IPv4", keys.source?.description ?? "*",
      keys.destination?.description ?? "*", keys.spi.description, encryption,
      key.isEmpty ? "" : "0x" + key, integrity, isChecked ? "0x" + hex(keys.integrityKey) : "",
    ].map { "\"\($0)\"" }.joined(separator: ",") + "\n"
  }
}
