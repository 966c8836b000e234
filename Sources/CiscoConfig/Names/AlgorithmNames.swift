/// Words for algorithms in any spelling, brought to one.
enum AlgorithmNames {
  /// A cipher as IKE commands write it: `aes`, `aes 256`, `aes-cbc-256`, `aes-gcm-256`, `3des`.
  static func cipher(_ word: String, keyBits: Int? = nil) -> Algorithm {
    var name = word
    if name.hasPrefix("aes-cbc") { name = "aes" + name.dropFirst(7) }
    if let keyBits { return Algorithm("\(name)-\(keyBits)") }
    return ["aes", "aes-gcm", "aes-gmac"].contains(name)
      ? Algorithm(name + "-128") : Algorithm(name)
  }

  /// True for the words that `cipher` knows.
  static func isCipher(_ word: String) -> Bool {
    ciphers.contains(word)
  }

  private static let ciphers: Set<String> = [
    "aes", "aes-128", "aes-192", "aes-256", "aes-cbc-128", "aes-cbc-192", "aes-cbc-256", "aes-gcm",
    "aes-gcm-128", "aes-gcm-192", "aes-gcm-256", "aes-gmac", "aes-gmac-128", "aes-gmac-192",
    "aes-gmac-256", "3des", "des", "null", "seal",
  ]

  /// A hash: `sha`, `sha1` and `sha-1` are one; `sha-256`, `sha256` and `sha2-256` are one.
  static func hash(_ word: String) -> Algorithm? {
    hashes[word].map(Algorithm.init)
  }

  private static let hashes: [String: String] = [
    "md5": "md5", "sha": "sha1", "sha1": "sha1", "sha-1": "sha1", "sha256": "sha256",
    "sha-256": "sha256", "sha2-256": "sha256", "sha384": "sha384", "sha-384": "sha384",
    "sha512": "sha512", "sha-512": "sha512", "null": "null",
  ]

  /// A transform of a transform set, the key length behind it included; nil for an unknown word.
  static func transform(_ word: String, keyBits: Int?) -> Transform? {
    if let hash = authentications[word] {
      return Transform(
        name: word, role: word.hasPrefix("ah-") ? .ahAuthentication : .espAuthentication,
        algorithm: Algorithm(hash))
    }
    if word == "comp-lzs" {
      return Transform(name: word, role: .compression, algorithm: Algorithm("lzs"))
    }
    guard word.hasPrefix("esp-") else { return nil }
    var body = String(word.dropFirst(4))
    // `esp-gcm`, and `esp-aes-gcm` as some write it, are one.
    if body.hasPrefix("gcm") || body.hasPrefix("gmac") { body = "aes-" + body }
    guard isCipher(body) else { return nil }
    let algorithm = cipher(body, keyBits: keyBits)
    let short = algorithm.spelling.replacingPrefix("aes-gcm", with: "gcm")
      .replacingPrefix("aes-gmac", with: "gmac")
    return Transform(name: "esp-" + short, role: .espEncryption, algorithm: algorithm)
  }

  private static let authentications: [String: String] = [
    "esp-md5-hmac": "md5", "esp-sha-hmac": "sha1", "esp-sha256-hmac": "sha256",
    "esp-sha384-hmac": "sha384", "esp-sha512-hmac": "sha512", "ah-md5-hmac": "md5",
    "ah-sha-hmac": "sha1", "ah-sha256-hmac": "sha256", "ah-sha384-hmac": "sha384",
    "ah-sha512-hmac": "sha512", "ah-rfc1828": "md5", "esp-none": "null",
  ]
}

extension String {
  fileprivate func replacingPrefix(_ prefix: String, with replacement: String) -> String {
    hasPrefix(prefix) ? replacement + dropFirst(prefix.count) : self
  }
}
