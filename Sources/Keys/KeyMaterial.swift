package import Bytes

/// All key material the user gave, from every file, and all that was derived: the one place where
/// it is looked up.
///
/// Looking up an SA costs the same with three as with ten thousand.
package struct KeyMaterial: Sendable {
  package private(set) var preSharedKeys: [PreSharedKey] = []
  package private(set) var ikeSAs: [IKESAKeys] = []
  package private(set) var childSAs: [ChildSAKeys] = []
  /// Diffie-Hellman values of the exchanges that made single children.
  package private(set) var exchangeSecrets: [ExchangeSecret] = []
  /// What could not be used, in the order it was met.
  package private(set) var problems: [KeyProblem] = []

  private var ikeByInitiatorSPI: [UInt64: [Int]] = [:]
  private var ikeWild: [Int] = []
  private var childBySPI: [UInt32: [Int]] = [:]
  private var childWild: [Int] = []
  private var exchangesBySPI: [UInt32: [Int]] = [:]
  /// Which of `childSAs` were derived and not given.
  private var derived: Set<Int> = []
  /// Derived rows that are to go with the next tidying.
  private var unwanted: Set<DerivedSPI> = []
  /// Derived rows that went with the child SAs they were for.
  package private(set) var derivedLetGo = 0

  private struct DerivedSPI: Hashable {
    var spi: UInt32
    var ikeInitiatorSPI: UInt64?
  }

  package init() {}

  /// True when there is nothing to decrypt or to verify with.
  package var isEmpty: Bool {
    preSharedKeys.isEmpty && ikeSAs.isEmpty && childSAs.isEmpty && exchangeSecrets.isEmpty
  }

  package mutating func add(_ key: PreSharedKey) {
    preSharedKeys.append(key)
  }

  package mutating func add(_ keys: IKESAKeys) {
    if let spi = keys.initiatorSPI {
      ikeByInitiatorSPI[spi, default: []].append(ikeSAs.count)
    } else {
      ikeWild.append(ikeSAs.count)
    }
    ikeSAs.append(keys)
  }

  package mutating func add(_ keys: ChildSAKeys) {
    if let spi = keys.spi.exact {
      childBySPI[spi, default: []].append(childSAs.count)
    } else {
      childWild.append(childSAs.count)
    }
    childSAs.append(keys)
  }

  /// Adds keys that follow from others, as long as their child SA is remembered.
  package mutating func add(derived keys: ChildSAKeys) {
    derived.insert(childSAs.count)
    add(keys)
  }

  /// Lets go of derived keys: their child SA is remembered no more. Keys that were given stay.
  ///
  /// Rows go a good many at a time, so that each costs the same however many there are.
  package mutating func letGo(ofDerived spi: UInt32, ikeInitiatorSPI: UInt64) {
    unwanted.insert(DerivedSPI(spi: spi, ikeInitiatorSPI: ikeInitiatorSPI))
    if unwanted.count >= max(64, derived.count / 4) { tidy() }
  }

  private mutating func tidy() {
    let rows = childSAs
    let wasDerived = derived
    childSAs = []
    derived = []
    childBySPI = [:]
    childWild = []
    for (index, row) in rows.enumerated() {
      guard wasDerived.contains(index) else {
        add(row)
        continue
      }
      if let spi = row.spi.exact,
        unwanted.contains(DerivedSPI(spi: spi, ikeInitiatorSPI: row.ikeInitiatorSPI))
      {
        derivedLetGo += 1
      } else {
        add(derived: row)
      }
    }
    unwanted = []
  }

  package mutating func add(_ secret: ExchangeSecret) {
    exchangesBySPI[secret.spi, default: []].append(exchangeSecrets.count)
    exchangeSecrets.append(secret)
  }

  package mutating func add(_ problem: KeyProblem) {
    problems.append(problem)
  }

  /// Takes in everything of `other`, behind what is here.
  package mutating func add(_ other: KeyMaterial) {
    for key in other.preSharedKeys { add(key) }
    for keys in other.ikeSAs { add(keys) }
    for keys in other.childSAs { add(keys) }
    for secret in other.exchangeSecrets { add(secret) }
    for problem in other.problems { add(problem) }
  }

  /// The rows that fit an IKE SA, those that name its SPI first; a responder SPI of 0 (not yet
  /// known) fits every row.
  package func ikeSAs(initiatorSPI: UInt64, responderSPI: UInt64) -> [IKESAKeys] {
    ((ikeByInitiatorSPI[initiatorSPI] ?? []) + ikeWild).map { ikeSAs[$0] }.filter {
      $0.responderSPI == nil || responderSPI == 0 || $0.responderSPI == responderSPI
    }
  }

  /// What was given of the exchange that made the child of that SPI.
  package func exchangeSecrets(spi: UInt32) -> [ExchangeSecret] {
    (exchangesBySPI[spi] ?? []).map { exchangeSecrets[$0] }
  }

  /// The rows that fit a packet, those that name its SPI first.
  ///
  /// With `ignoringAddresses`, rows for other addresses are given as well, behind the others: a
  /// translator between the key's owner and the capture point rewrites addresses, not SPIs.
  package func childSAs(
    _ protocol: ChildProtocol, spi: UInt32, source: IPAddress, destination: IPAddress,
    ignoringAddresses: Bool = false
  ) -> [ChildSAKeys] {
    let candidates = ((childBySPI[spi] ?? []) + childWild).map { childSAs[$0] }
      .filter { $0.protocol == `protocol` && $0.spi.matches(spi) }
    let fitting = candidates.filter {
      $0.matches(`protocol`, spi: spi, source: source, destination: destination)
    }
    guard ignoringAddresses else { return fitting }
    return fitting
      + candidates.filter {
        !$0.matches(`protocol`, spi: spi, source: source, destination: destination)
      }
  }
}

extension KeyMaterial {
  /// That there are keys and none that can be used, each being masked or encrypted: the first of
  /// them, and what to do. Nil where something can be decrypted or verified.
  package var onlyHidden: KeyProblem? {
    guard ikeSAs.isEmpty, childSAs.isEmpty, let first = preSharedKeys.first,
      preSharedKeys.allSatisfy({ $0.secret == nil })
    else { return nil }
    let how: String
    if case .encrypted(let type) = first.value {
      how = "encrypted (type \(type))"
    } else {
      how = "masked (*****)"
    }
    return KeyProblem(
      first.origin,
      "the pre-shared key is \(how), and no other key is in the file; expected a readable one, as "
        + "'more system:running-config' (ASA) shows it")
  }
}
