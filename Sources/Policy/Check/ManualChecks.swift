import CiscoConfig

extension ConfigurationCheck {
  /// `ipsec-manual` entries: one permit, one peer, one transform set, keys of the right length.
  mutating func checkManualEntries() {
    for map in configuration.cryptoMaps {
      for entry in map.entries where entry.kind == .manual {
        checkSingle(map, entry)
        for key in entry.sessionKeys {
          checkKey(key, entry, map)
        }
      }
    }
  }

  private mutating func checkSingle(_ map: CryptoMap, _ entry: CryptoMapEntry) {
    let name = "\(map.name) \(entry.sequence)"
    let permits =
      entry.accessList.flatMap { lists[$0.value] }?.entries.filter { $0.isPermit && $0.isActive }
      ?? []
    if permits.count > 1, let line = entry.accessList?.line {
      report(
        .manualSeveralPermits, .warning, [line],
        "Manual entry \(name) uses the first permit of its access list only; "
          + "\(permits.count - 1) later ones are ignored.",
        remedy: "Make one entry for each permit.", rule: "I-MAN-02", maps: [map.name])
    }
    if entry.peers.count > 1 {
      report(
        .manualSeveralPeers, .error, entry.peers.map(\.line),
        "Manual entry \(name) names \(entry.peers.count) peers; one is allowed.",
        remedy: "Make one entry for each peer.", rule: "I-MAN-03", maps: [map.name])
    }
    if let sets = entry.transformSets, sets.value.count > 1 {
      report(
        .manualSeveralTransformSets, .error, [sets.line],
        "Manual entry \(name) names \(sets.value.count) transform sets; one is allowed.",
        remedy: "Keep the one that the peer uses.", rule: "I-MAN-03", maps: [map.name])
    }
  }

  private mutating func checkKey(_ key: SessionKey, _ entry: CryptoMapEntry, _ map: CryptoMap) {
    if key.spi < 256 {
      report(
        .reservedSPI, .error, [key.line], "SPI \(key.spi) is reserved: 0 to 255 may not be used.",
        remedy: "Choose a number from 256 on, on both ends.", rule: "I-MAN-04", maps: [map.name])
    }
    let set = entry.transformSets?.value.first.flatMap { configuration.transformSets[$0] }
    guard let transforms = set?.transforms else { return }
    let role: Transform.Role =
      key.securityProtocol == .ah ? .ahAuthentication : .espAuthentication
    let cipher = transforms.first { $0.role == .espEncryption }
    let hash = transforms.first { $0.role == role }
    checkLength(key.cipherKey, cipher?.algorithm.keyLength, key.line, cipher?.name, map)
    checkLength(key.authenticatorKey, hash?.algorithm.keyLength, key.line, hash?.name, map)
  }

  private mutating func checkLength(
    _ secret: Secret?, _ wanted: Int?, _ line: SourceLine, _ name: String?, _ map: CryptoMap
  ) {
    guard let count = secret?.revealed()?.count, let wanted, count < wanted else { return }
    report(
      .manualKeyLength, .error, [line],
      "The key has \(count) bytes; \(name ?? "the transform") needs \(wanted).",
      remedy: "Give a key of \(wanted * 2) hexadecimal digits on both ends.", rule: "I-MAN-04",
      maps: [map.name])
  }
}

extension Algorithm {
  /// The bytes of the algorithm's key.
  fileprivate var keyLength: Int? {
    switch spelling {
    case "des": 8
    case "3des": 24
    case "aes-128", "md5": 16
    case "sha1": 20
    case "aes-192": 24
    case "aes-256", "sha256": 32
    case "sha384": 48
    case "sha512": 64
    default: nil
    }
  }
}
