extension ConfigurationReader {
  /// `crypto ipsec …`.
  mutating func readIPsec(_ command: Command, _ cursor: WordCursor) throws(StatementError) {
    var cursor = cursor
    let families = [
      "transform-set", "ikev1", "ikev2", "profile", "security-association", "fragmentation",
      "df-bit", "nat-transparency", "security-policy", "optional", "inner-routing-lookup",
      "ipv4", "server", "client", "security-sequence",
    ]
    guard let family = cursor.choose(families) else { throw cursor.unexpected("an IPsec command") }
    switch family {
    case "transform-set": try readTransformSet(command, cursor)
    case "ikev1":
      try cursor.expect("transform-set", least: 9)
      try readTransformSet(command, cursor)
    case "ikev2": try readIPsecProposal(command, cursor)
    case "profile": try readIPsecProfile(command, cursor)
    case "security-association": try readGlobalAssociation(command, cursor)
    default:
      try readIPsecSetting(family, command, cursor)
    }
  }

  /// `transform-set NAME t1 [t2 [t3]]`, `transform-set NAME mode transport`.
  private mutating func readTransformSet(
    _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) {
    var cursor = cursor
    let line = command.line
    let name = try cursor.name("a transform set’s name")
    if command.isNegated { return keepOther(command, opensMode: false) }
    if cursor.take("mode") {
      let mode = try readMode(&cursor)
      try end(&cursor, line)
      changeTransformSet(name, line) { $0.mode = Sourced(mode, line) }
      return
    }
    guard !cursor.isAtEnd else { throw .incomplete("a transform") }
    var transforms: [Transform] = []
    while !cursor.isAtEnd, transforms.count < 16 { transforms.append(try readTransform(&cursor)) }
    try end(&cursor, line)
    let final = transforms
    if let earlier = configuration.transformSets[name], !earlier.transforms.isEmpty {
      note(.redefinition, line, "replaces the transform set of line \(earlier.line.number)")
    }
    changeTransformSet(name, line) {
      $0.transforms = final
      $0.line = line
    }
    mode = .transformSet(name)
  }

  private mutating func changeTransformSet(
    _ name: String, _ line: SourceLine, _ change: (inout TransformSet) -> Void
  ) {
    configuration.transformSets.update(
      name, create: { TransformSet(name: name, transforms: [], line: line) }, change)
  }

  private func readTransform(_ cursor: inout WordCursor) throws(StatementError) -> Transform {
    let written = try cursor.word("a transform")
    let word = written.lowercased()
    var keyBits: Int?
    if word.hasPrefix("esp-"), let bits = cursor.peekNumber(), [128, 192, 256].contains(bits) {
      keyBits = bits
      cursor.skip()
    }
    if let transform = AlgorithmNames.transform(word, keyBits: keyBits) { return transform }
    guard WordCursor.isPlaceholder(written) || word.hasPrefix("esp-") || word.hasPrefix("ah-")
    else { throw .unexpected(written, wanted: "a transform") }
    return Transform(name: word, role: .unknown, algorithm: Algorithm(word))
  }

  /// `mode tunnel|transport` below a transform set.
  mutating func readTransformSetLine(
    _ name: String, _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) -> Bool {
    var cursor = cursor
    guard cursor.take("mode") else { return false }
    let line = command.line
    let value = try readMode(&cursor)
    try end(&cursor, line)
    changeTransformSet(name, line) {
      if !command.isNegated { $0.mode = Sourced(value, line) }
    }
    return true
  }

  /// `ikev2 ipsec-proposal NAME`, `ikev2 sa-strength-enforcement`.
  private mutating func readIPsecProposal(
    _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) {
    var cursor = cursor
    if cursor.take("sa-strength-enforcement") { return keepOther(command, opensMode: false) }
    try cursor.expect("ipsec-proposal", least: 7)
    let name = try cursor.name("a proposal’s name")
    try end(&cursor, command.line)
    if command.isNegated { return keepOther(command, opensMode: false) }
    changeIPsecProposal(name, command.line) { _ in }
    mode = .ipsecProposal(name)
  }

  private mutating func changeIPsecProposal(
    _ name: String, _ line: SourceLine, _ change: (inout IPsecProposal) -> Void
  ) {
    configuration.ipsecProposals.update(
      name, create: { IPsecProposal(name: name, line: line) }, change)
  }

  /// `protocol esp encryption|integrity …`.
  mutating func readIPsecProposalLine(
    _ name: String, _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) -> Bool {
    var cursor = cursor
    guard cursor.take("protocol", least: 4) else { return false }
    let line = command.line
    try cursor.expect("esp", least: 3)
    if cursor.take("encryption", least: 3) {
      let list = try readCiphers(&cursor)
      try end(&cursor, line)
      changeIPsecProposal(name, line) {
        $0.encryption = list
        $0.lines.append(line)
      }
    } else {
      try cursor.expect("integrity", least: 3)
      let list = try readHashes(&cursor)
      try end(&cursor, line)
      changeIPsecProposal(name, line) {
        $0.integrity = list
        $0.lines.append(line)
      }
    }
    return true
  }

  /// `profile NAME`.
  private mutating func readIPsecProfile(
    _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) {
    var cursor = cursor
    let name = try cursor.name("a profile’s name")
    if command.isNegated { return keepOther(command, opensMode: false) }
    try end(&cursor, command.line)
    let line = command.line
    configuration.ipsecProfiles.update(name, create: { IPsecProfile(name: name, line: line) }) {
      _ in
    }
    mode = .ipsecProfile(name)
  }

  /// `set …` below a profile.
  mutating func readIPsecProfileLine(
    _ name: String, _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) -> Bool {
    if ["responder-only", "dpd", "peer"].contains(cursor.peek()) {
      let line = command.line
      configuration.ipsecProfiles.update(name, create: { IPsecProfile(name: name, line: line) }) {
        $0.settings.others.append(line)
      }
      return true
    }
    guard var settings = configuration.ipsecProfiles[name]?.settings,
      try readProtection(command, cursor, into: &settings)
    else { return false }
    let final = settings
    configuration.ipsecProfiles.update(
      name, create: { IPsecProfile(name: name, line: command.line) }
    ) { $0.settings = final }
    return true
  }

  /// `security-association lifetime|replay|idle-time|pmtu-aging …` for every tunnel.
  private mutating func readGlobalAssociation(
    _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) {
    var cursor = cursor
    let line = command.line
    var settings = configuration.settings
    mode = .global
    if cursor.take("lifetime", least: 4) {
      try readLifetimes(
        &cursor, line, seconds: &settings.lifetimeSeconds, kilobytes: &settings.lifetimeKilobytes)
    } else if cursor.take("replay", least: 3) {
      try readReplay(&cursor, line, window: &settings.replayWindow)
    } else if cursor.take("idle-time", least: 4) {
      settings.idleSeconds = Sourced(try cursor.number("seconds"), line)
    } else if ["pmtu-aging", "multi-sn", "ecn", "dummy"].contains(cursor.peek()) {
      return keepOther(command, opensMode: false)
    } else {
      throw cursor.unexpected("‘lifetime’, ‘replay’ or ‘idle-time’")
    }
    try end(&cursor, line)
    if !command.isNegated { configuration.settings = settings }
  }

  private mutating func readIPsecSetting(
    _ family: String, _ command: Command, _ cursor: WordCursor
  ) throws(StatementError) {
    var cursor = cursor
    let line = command.line
    mode = .global
    switch family {
    case "fragmentation":
      let isBefore = cursor.take("before-encryption", least: 6)
      if !isBefore { try cursor.expect("after-encryption", least: 5) }
      configuration.settings.fragmentsBeforeEncryption = Sourced(isBefore, line)
    case "df-bit":
      guard let value = cursor.choose(["clear", "copy", "set", "clear-df", "copy-df", "set-df"])
      else { throw cursor.unexpected("‘clear’, ‘copy’ or ‘set’") }
      configuration.settings.dfBit = Sourced(value, line)
    case "nat-transparency":
      if cursor.take("udp-encapsulation") || cursor.take("udp-encaps") {
        configuration.settings.natTraversal = Sourced(!command.isNegated, line)
      } else {
        try cursor.expect("spi-matching", least: 3)
        configuration.settings.others.append(line)
      }
    default:
      configuration.settings.others.append(line)
    }
  }

  /// Ciphers of a list, a key length behind a bare `aes` included.
  func readCiphers(_ cursor: inout WordCursor) throws(StatementError) -> [Algorithm] {
    var list: [Algorithm] = []
    repeat { list.append(try readCipher(&cursor)) } while !cursor.isAtEnd
    return list
  }

  /// One cipher: `aes`, `aes 256`, `aes-cbc-256` …
  func readCipher(_ cursor: inout WordCursor) throws(StatementError) -> Algorithm {
    let written = try cursor.name("a cipher")
    let word = written.lowercased()
    guard AlgorithmNames.isCipher(word) || WordCursor.isPlaceholder(written) else {
      throw .unexpected(written, wanted: "a cipher")
    }
    if word.hasPrefix("aes"), let bits = cursor.peekNumber(), [128, 192, 256].contains(bits) {
      cursor.skip()
      return AlgorithmNames.cipher(word, keyBits: bits)
    }
    return AlgorithmNames.cipher(word)
  }

  /// Hashes of a list.
  func readHashes(_ cursor: inout WordCursor) throws(StatementError) -> [Algorithm] {
    var list: [Algorithm] = []
    repeat { list.append(try readHash(&cursor)) } while !cursor.isAtEnd
    return list
  }

  /// One hash.
  func readHash(_ cursor: inout WordCursor) throws(StatementError) -> Algorithm {
    let written = try cursor.name("a hash")
    if let hash = AlgorithmNames.hash(written.lowercased()) { return hash }
    guard WordCursor.isPlaceholder(written) else { throw .unexpected(written, wanted: "a hash") }
    return Algorithm(written)
  }
}
