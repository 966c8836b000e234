/// One spelling for the algorithm words of queries, configurations and captures.
enum Spelling {
  /// `sha`, `sha-1`, `hmac-sha1-96` become `sha1`; `sha-256` becomes `sha256`.
  static func hash(_ word: String) -> String {
    var word = word.lowercased()
    for prefix in ["esp-", "ah-", "hmac-", "prf-", "auth-"] where word.hasPrefix(prefix) {
      word.removeFirst(prefix.count)
    }
    if word.hasSuffix("-hmac") { word.removeLast(5) }
    switch word {
    case "sha", "sha-1", "sha1", "sha1-96", "sha96", "sha-1-96": return "sha1"
    case "md5", "md5-96", "md596": return "md5"
    case "none": return "null"
    default: break
    }
    for bits in ["256", "384", "512"]
    where word.hasPrefix("sha\(bits)") || word.hasPrefix("sha-\(bits)")
      || word.hasPrefix("sha2-\(bits)")
    {
      return "sha\(bits)"
    }
    return word
  }

  /// `aes`, `aes 128`, `aes-cbc-128` become `aes-128`; `gcm-256` becomes `aes-gcm-256`.
  static func cipher(_ word: String) -> String {
    var word = word.lowercased().split(separator: " ").joined(separator: "-")
    if word.hasPrefix("esp-") { word.removeFirst(4) }
    if word.hasPrefix("gcm") || word.hasPrefix("gmac") { word = "aes-" + word }
    if word.hasPrefix("aes-cbc-") { word = "aes-" + word.dropFirst(8) }
    switch word {
    case "aes", "aes-cbc": return "aes-128"
    case "aes-gcm", "aes-gmac": return word + "-128"
    case "3des-cbc", "triple-des": return "3des"
    case "des-cbc": return "des"
    default: break
    }
    if word.hasPrefix("aes-gcm-16-") { return "aes-gcm-" + word.dropFirst(11) }
    return word
  }

  /// `rsa`, `rsasig` become `rsa-sig`; `psk` becomes `pre-share`.
  static func authentication(_ word: String) -> String {
    switch word.lowercased() {
    case "psk", "pre-shared-key", "pre-shared", "preshared": "pre-share"
    case "rsa", "rsasig": "rsa-sig"
    default: word.lowercased()
    }
  }

  /// `group2`, `modp1024` of a group, by number.
  static func group(_ word: String) -> Int? {
    let word = word.lowercased()
    if let number = Int(word.hasPrefix("group") ? String(word.dropFirst(5)) : word) {
      return number
    }
    return groups[word]
  }

  private static let groups = [
    "modp768": 1, "modp1024": 2, "modp1536": 5, "modp2048": 14, "modp3072": 15, "modp4096": 16,
    "modp6144": 17, "modp8192": 18, "ecp256": 19, "ecp384": 20, "ecp521": 21,
    "modp2048_256": 24, "x25519": 31, "curve25519": 31,
  ]

  /// A transform in the ASA's spelling: `esp-aes` is `esp-aes-128`, `esp-sha1-hmac` is
  /// `esp-sha-hmac`, `esp-aes 256` is `esp-aes-256`.
  static func transform(_ word: String) -> String {
    let word = word.lowercased().split(separator: " ").joined(separator: "-")
    switch word {
    case "esp-aes": return "esp-aes-128"
    case "esp-gcm": return "esp-gcm-128"
    case "esp-gmac": return "esp-gmac-128"
    case "esp-sha1-hmac": return "esp-sha-hmac"
    case "ah-sha1-hmac": return "ah-sha-hmac"
    case "esp-none": return "esp-no-auth"
    default: return word
    }
  }
}
