import Crypto

/// The names that tools give to algorithms, brought to the identifiers used here.
///
/// A name is compared by its letters and digits alone, in lower case, up to a bracket: `AES-CBC
/// [RFC3602]`, `AES_CBC`, `cbc(aes)` and `aes-cbc` differ in nothing else.
enum AlgorithmNames {
  /// A cipher; nil for an unknown name. `icvBits` are bits of integrity value that the tool tells
  /// apart (`ip xfrm`).
  static func cipher(_ name: some StringProtocol, icvBits: Int? = nil) -> CipherAlgorithm? {
    let key = normalised(name)
    if let icvBits, let mode = aeadModes[key] {
      return CipherAlgorithm(identifier: "\(mode)-\(icvBits / 8)")
    }
    return ciphers[key].flatMap { CipherAlgorithm(identifier: $0) }
  }

  /// An integrity transform; nil for an unknown name and for none at all. `icvBits` are bits of
  /// integrity value that the tool tells apart.
  static func integrity(
    _ name: some StringProtocol, icvBits: Int? = nil
  ) -> IntegrityAlgorithm? {
    guard let found = integrities[normalised(name)].flatMap({ IntegrityAlgorithm(identifier: $0) })
    else { return nil }
    guard let icvBits, icvBits / 8 != found.icvBytes else { return found }
    return IntegrityAlgorithm.all.first {
      $0.method == found.method && $0.icvBytes == icvBits / 8
    }
  }

  /// True for the words that mean "no integrity transform".
  static func isNoIntegrity(_ name: some StringProtocol) -> Bool {
    ["", "null", "none", "nullauth"].contains(normalised(name))
  }

  /// A PRF; nil for an unknown name.
  static func prf(_ name: some StringProtocol) -> PseudoRandomFunction? {
    let key = normalised(name)
    let bare = key.hasPrefix("prf") ? String(key.dropFirst(3)) : key
    return prfs[bare].flatMap { PseudoRandomFunction(identifier: $0) }
  }

  private static func normalised(_ name: some StringProtocol) -> String {
    let text = name.prefix { $0 != "[" }.lowercased()
    return String(
      decoding: text.utf8.filter {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
      }, as: UTF8.self)
  }

  private static let aeadModes = [
    "rfc4106gcmaes": "aes-gcm", "rfc4309ccmaes": "aes-ccm", "aesgcm": "aes-gcm",
    "aesccm": "aes-ccm",
  ]

  private static let prfs = [
    "hmacmd5": "hmac-md5", "md5": "hmac-md5", "hmacsha1": "hmac-sha1", "sha1": "hmac-sha1",
    "hmacsha": "hmac-sha1", "hmacsha2256": "hmac-sha256", "hmacsha256": "hmac-sha256",
    "sha256": "hmac-sha256", "hmacsha2384": "hmac-sha384", "hmacsha384": "hmac-sha384",
    "hmacsha2512": "hmac-sha512", "hmacsha512": "hmac-sha512", "aes128xcbc": "aes128-xcbc",
    "aesxcbc": "aes128-xcbc", "aes128cmac": "aes128-cmac", "aescmac": "aes128-cmac",
  ]

  /// Names that stand alone, and names that come with a key length in them.
  private static let ciphers: [String: String] = {
    var names = [
      "": "null", "null": "null", "none": "null", "ecbciphernull": "null", "ciphernull": "null",
      "encrnull": "null",
      "des": "des-cbc", "descbc": "des-cbc", "cbcdes": "des-cbc",
      "3des": "3des-cbc", "3descbc": "3des-cbc", "tripledescbc": "3des-cbc",
      "tripledes": "3des-cbc", "cbcdes3ede": "3des-cbc", "des3ede": "3des-cbc",
      "3des192": "3des-cbc",
      "cast": "cast-cbc", "castcbc": "cast-cbc", "cast5cbc": "cast-cbc", "cast128cbc": "cast-cbc",
      "cbccast5": "cast-cbc", "cast128": "cast-cbc",
      "blowfish": "blowfish-cbc", "blowfishcbc": "blowfish-cbc", "cbcblowfish": "blowfish-cbc",
      "twofish": "twofish-cbc", "twofishcbc": "twofish-cbc", "cbctwofish": "twofish-cbc",
      "serpent": "serpent-cbc", "serpentcbc": "serpent-cbc", "cbcserpent": "serpent-cbc",
      "idea": "idea-cbc", "ideacbc": "idea-cbc", "seedcbc": "seed-cbc", "seed": "seed-cbc",
      "rfc4543gcmaes": "null-auth-aes-gmac", "aesgmac": "null-auth-aes-gmac",
      "nullaesgmac": "null-auth-aes-gmac", "nullauthaesgmac": "null-auth-aes-gmac",
      "rfc7539espchacha20poly1305": "chacha20-poly1305", "chacha20poly1305": "chacha20-poly1305",
      "chacha20withpoly1305": "chacha20-poly1305", "chachapoly": "chacha20-poly1305",
    ]
    for bits in ["", "128", "192", "256"] {
      for (stem, mode) in [("cbc", "cbc"), ("", "cbc"), ("ctr", "ctr")] {
        for (family, identifier) in [("aes", "aes"), ("camellia", "camellia"), ("rijndael", "aes")]
        {
          names["\(family)\(stem)\(bits)"] = "\(identifier)-\(mode)"
          names["\(family)\(bits)\(stem)"] = "\(identifier)-\(mode)"
        }
      }
      addAEAD(&names, bits)
    }
    names["cbcaes"] = "aes-cbc"
    names["rfc3686ctraes"] = "aes-ctr"
    names["ctraes"] = "aes-ctr"
    names["cbccamellia"] = "camellia-cbc"
    return names
  }()

  private static func addAEAD(_ names: inout [String: String], _ bits: String) {
    for mode in ["gcm", "ccm"] {
      // Without a length for the integrity value the longest is meant.
      names["aes\(mode)\(bits)"] = "aes-\(mode)-16"
      names["aes\(bits)\(mode)"] = "aes-\(mode)-16"
      for icv in [8, 12, 16] {
        let identifier = "aes-\(mode)-\(icv)"
        names["aes\(mode)\(icv)"] = identifier
        names["aes\(mode)\(bits)with\(icv)octeticv"] = identifier
        names["aes\(mode)\(icv)\(bits)"] = identifier
        names["aes\(bits)\(mode)\(icv)"] = identifier
        names["aes\(mode)\(bits)\(icv)"] = identifier
        if icv < 16 { names["aes\(mode)\(icv * 8)"] = identifier }
      }
    }
  }

  private static let integrities: [String: String] = {
    var names: [String: String] = [
      "hmacmd5128": "hmac-md5-128", "hmacsha1160": "hmac-sha1-160",
      "hmacsha25696": "hmac-sha256-96", "hmacsha225696": "hmac-sha256-96",
      "aesxcbc": "aes-xcbc-96", "aesxcbcmac": "aes-xcbc-96", "aesxcbc96": "aes-xcbc-96",
      "aesxcbcmac96": "aes-xcbc-96", "xcbcaes": "aes-xcbc-96",
      "aescmac": "aes-cmac-96", "aescmac96": "aes-cmac-96", "cmacaes": "aes-cmac-96",
    ]
    let stems: [(String, [String], Int)] = [
      ("hmac-md5", ["md5", "hmacmd5"], 96),
      ("hmac-sha1", ["sha1", "sha", "hmacsha1", "hmacsha"], 96),
      ("hmac-sha256", ["sha256", "hmacsha256", "sha2256", "hmacsha2256"], 128),
      ("hmac-sha384", ["sha384", "hmacsha384", "sha2384", "hmacsha2384"], 192),
      ("hmac-sha512", ["sha512", "hmacsha512", "sha2512", "hmacsha2512"], 256),
      (
        "hmac-ripemd160",
        ["ripemd160", "hmacripemd160", "macripemd160", "rmd160", "hmacrmd160"], 96
      ),
    ]
    for (identifier, aliases, bits) in stems {
      for alias in aliases {
        names[alias] = "\(identifier)-\(bits)"
        names["\(alias)\(bits)"] = "\(identifier)-\(bits)"
      }
    }
    for bits in [64, 96, 128, 160, 192, 256] {
      names["any\(bits)bitsofauthentication"] = "unchecked-\(bits)"
      names["any\(bits)bitauthentication"] = "unchecked-\(bits)"
    }
    for bits in [128, 192, 256] { names["aes\(bits)gmac"] = "aes-\(bits)-gmac" }
    return names
  }()
}
