extension ConfigurationReader {
  /// `crypto …`: what the second word says; false for a word that begins no crypto command.
  mutating func readCrypto(_ command: Command, _ cursor: WordCursor) throws(StatementError) -> Bool
  {
    var cursor = cursor
    let families = [
      "map", "dynamic-map", "ipsec", "isakmp", "ikev1", "ikev2", "keyring", "ca", "pki", "key",
      "gdoi", "engine", "call", "logging", "mib", "identity", "vpn", "ssl", "ssh", "ctcp",
      "csr-params", "dynamic-map", "ipv6", "xauth", "gkm", "provisioning", "eap", "tls-tunnel",
    ]
    if cursor.isAtEnd { throw .incomplete("a crypto command") }
    guard let family = cursor.choose(families) else {
      throw cursor.unexpected("a crypto command")
    }
    switch family {
    case "map": try readCryptoMap(command, cursor)
    case "dynamic-map": try readDynamicMap(command, cursor)
    case "ipsec": try readIPsec(command, cursor)
    case "isakmp", "ikev1": try readISAKMP(command, cursor)
    case "ikev2": try readIKEv2(command, cursor)
    case "keyring": try readKeyring(command, cursor)
    case "ca", "pki": try readPKI(command, cursor)
    case "ipv6":
      try cursor.expect("map", least: 3)
      try readCryptoMap(command, cursor, isIPv6: true)
    case "key": try readKeyCommand(command, cursor)
    default: keepOther(command, opensMode: true)
    }
    keepNotes(of: WordCursor(command.statement), command.line)
    return true
  }

  /// A command that is understood and has no effect on a verdict.
  mutating func keepOther(_ command: Command, opensMode: Bool) {
    configuration.settings.others.append(command.line)
    mode = opensMode ? .other : .global
  }

  /// `crypto key …`: public keys behind `pubkey-chain` are skipped, the rest is an action.
  private mutating func readKeyCommand(
    _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) {
    var cursor = cursor
    let actions = [
      "generate", "pubkey-chain", "import", "export", "zeroize", "param", "encrypt", "decrypt",
      "lock", "unlock", "move", "storage", "config-key",
    ]
    guard cursor.choose(actions) != nil else { throw cursor.unexpected("what to do with a key") }
    keepOther(command, opensMode: true)
  }

  /// `crypto ca|pki …`: certificate maps are kept, certificates are skipped.
  private mutating func readPKI(
    _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) {
    var cursor = cursor
    if cursor.take("certificate", least: 4) {
      if cursor.take("map") { return try readCertificateMap(command, cursor) }
      if cursor.take("chain") {
        configuration.settings.others.append(command.line)
        mode = .certificateChain
        return
      }
    }
    guard !cursor.isAtEnd else { throw .incomplete("a certificate command") }
    keepOther(command, opensMode: true)
  }

  /// `certificate … 01`: what follows is hexadecimal.
  mutating func readCertificateChain(_ cursor: WordCursor) throws(StatementError) -> Bool {
    var cursor = cursor
    guard mode == .certificateChain else { return false }
    _ = cursor.take("ca")
    guard cursor.take("certificate") || cursor.take("crl") || cursor.take("key") else {
      return false
    }
    skipping = .certificate
    return true
  }
}
