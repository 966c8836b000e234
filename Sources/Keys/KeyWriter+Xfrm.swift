import Bytes
import Crypto

extension KeyWriter {
  /// Child SAs as `ip xfrm state` prints them.
  ///
  /// - Parameter material: Where rows with wildcards are left out: the kernel has none.
  /// - Returns: The text, and what has no name in Linux or no place there.
  package static func xfrm(_ material: KeyMaterial) -> (text: String, leftOut: [String]) {
    var text = ""
    var leftOut: [String] = []
    for keys in material.childSAs {
      if let entry = xfrmEntry(keys) {
        text += entry
      } else {
        leftOut.append("child SA \(keys.spi): \(keys.encryption ?? keys.integrity ?? "no cipher")")
      }
    }
    return (text, leftOut)
  }

  private static let xfrmCiphers = [
    "null": "ecb(cipher_null)", "des-cbc": "cbc(des)", "3des-cbc": "cbc(des3_ede)",
    "cast-cbc": "cbc(cast5)", "blowfish-cbc": "cbc(blowfish)", "aes-cbc": "cbc(aes)",
    "serpent-cbc": "cbc(serpent)", "camellia-cbc": "cbc(camellia)", "twofish-cbc": "cbc(twofish)",
    "aes-ctr": "rfc3686(ctr(aes))", "null-auth-aes-gmac": "rfc4543(gcm(aes))",
    "chacha20-poly1305": "rfc7539esp(chacha20,poly1305)",
  ]

  private static func xfrmEntry(_ keys: ChildSAKeys) -> String? {
    guard let spi = keys.spi.exact, let destination = keys.destination?.exact else { return nil }
    let any = IPAddress(destination.isIPv6 ? "::" : "0.0.0.0")
    guard let source = keys.source?.exact ?? any else { return nil }
    var lines = [
      "src \(source) dst \(destination)",
      "\tproto \(keys.protocol.rawValue) spi 0x\(hexadecimal(spi)) reqid 0 mode "
        + (keys.mode ?? .tunnel).rawValue,
      "\treplay-window 0" + (keys.esn == true ? " flag esn" : ""),
    ]
    if let integrity = keys.integrity.flatMap({ IntegrityAlgorithm(identifier: $0) }) {
      guard let name = xfrmName(integrity) else { return nil }
      lines.append(
        "\tauth-trunc \(name) 0x\(hexadecimal(keys.integrityKey.exposed())) "
          + "\(integrity.icvBytes * 8)")
    }
    if keys.protocol == .esp {
      guard let cipher = CipherAlgorithm(identifier: keys.encryption ?? "null"),
        let name = xfrmName(cipher)
      else { return nil }
      let key = keys.encryptionKey.exposed() + keys.salt.exposed()
      lines.append(
        cipher.isAEAD
          ? "\taead \(name) 0x\(hexadecimal(key)) \(cipher.icvBytes * 8)"
          : "\tenc \(name) " + (key.isEmpty ? "" : "0x\(hexadecimal(key))"))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func xfrmName(_ cipher: CipherAlgorithm) -> String? {
    switch cipher.mode {
    case .gcm where !cipher.hasImplicitIV: "rfc4106(gcm(aes))"
    case .ccm where !cipher.hasImplicitIV: "rfc4309(ccm(aes))"
    default: xfrmCiphers[cipher.identifier]
    }
  }

  private static func xfrmName(_ integrity: IntegrityAlgorithm) -> String? {
    switch integrity.method {
    case .mac(.hmac(.ripemd160)): "hmac(rmd160)"
    case .mac(.hmac(let hash)): "hmac(\(hash.rawValue))"
    case .mac(.xcbc): "xcbc(aes)"
    case .mac(.cmac): "cmac(aes)"
    case .gmac, .unchecked: nil
    }
  }
}
