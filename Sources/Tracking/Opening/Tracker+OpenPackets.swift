import Bytes
import Crypto
import ESP
import Keys
import Layers

extension Tracker {
  /// Keys for one direction of a child were derived: they serve its flow, now or when it begins.
  mutating func keysDerived(_ derived: ChildSAKeys, for child: ChildSA, receiver: Role, _ sa: IKESA)
  {
    var derived = derived
    derived.ikeInitiatorSPI = sa.initiatorSPI
    derived.mode = child.isTunnelMode.map { $0 ? .tunnel : .transport }
    derived.source = AddressPattern(sa.endpoint(receiver.peer).address)
    derived.destination = AddressPattern(sa.endpoint(receiver).address)
    guard let spi = derived.spi.exact else { return }
    let known = keys.childSAs(
      derived.protocol, spi: spi, source: sa.endpoint(receiver.peer).address,
      destination: sa.endpoint(receiver).address, ignoringAddresses: true)
    guard !known.contains(where: { $0.hasSameKeys(as: derived) }) else { return }
    // From now on a flow's packets are only counted when it is known that nothing opens them.
    if !hasKeys { settle() }
    keys.add(derived: derived)
    let key = SecurityFlowKey(
      destination: sa.endpoint(receiver).address, spi: spi,
      ipProtocol: derived.protocol == .esp ? 50 : 51)
    guard let flow = securityFlowTable.find(key) else { return }
    closeRun(at: flow.place)
    flow.opening = .unknown
    openWaiting(of: flow)
  }

  /// What opens a flow's packets, looked for at its first packet and when keys are derived.
  private mutating func openers(of flow: SecurityFlow) -> [PacketOpener] {
    switch flow.opening {
    case .none: return []
    case .ready(let openers): return openers
    case .unknown, .resting: break
    }
    let kind: ChildProtocol = flow.key.ipProtocol == 50 ? .esp : .ah
    let rows = keys.childSAs(
      kind, spi: flow.key.spi, source: flow.source, destination: flow.key.destination,
      ignoringAddresses: true)
    let openers = rows.prefix(8).compactMap { PacketOpener($0) }
    if !openers.isEmpty {
      flow.opening = .ready(openers)
    } else if case .unknown = flow.opening {
      flow.opening = .none
    }
    return openers
  }

  /// Verifies and opens one ESP packet of a flow for which there are keys, and follows what is
  /// inside.
  ///
  /// - Returns: True when it was as most are, opened by what will be tried first with the next one.
  @discardableResult
  mutating func openESP(
    _ packet: RawSpan, _ datagram: borrowing Datagram, _ flow: SecurityFlow, depth: Int,
    at sighting: Sighting
  ) -> Bool {
    let openers = openers(of: flow)
    guard !openers.isEmpty else {
      if depth == 0 { keepWaiting(packet, datagram, flow, at: sighting) }
      return false
    }
    guard depth < plaintexts.count else { return false }
    guard datagram.missing == 0 else {
      flow.counters.cutShort += 1
      return false
    }
    var buffer: [UInt8] = []
    swap(&buffer, &plaintexts[depth])
    defer { swap(&buffer, &plaintexts[depth]) }
    var outcome: ESPOutcome?
    var isExtended: Bool?
    for (index, opener) in openers.enumerated() {
      guard let esp = opener.esp else { continue }
      let answer = esp.open(packet, into: &buffer)
      outcome = answer
      if answer.isGood {
        if index > 0 { flow.opening = .ready([opener]) }
        isExtended = opener.keys.esn
        break
      }
    }
    guard let outcome else { return false }
    note(outcome, flow, openers.first?.keys.esn, low: packet.uint32(at: 4), at: sighting)
    if let failure = outcome.failure {
      if failure != .integrity, failure != .implausible { flow.counters.unreadable += 1 }
      return false
    }
    flow.counters.decrypted += 1
    innerArrived(
      buffer.rawSpan.extracting(outcome.plaintext), nextHeader: outcome.nextHeader, .decrypted,
      datagram, flow, depth: depth,
      at: sighting)
    let isAsTold = isExtended == nil || (outcome.sequenceHigh != nil) == isExtended
    return outcome.integrity == .good && outcome.padding == .standard && isAsTold
  }

  /// Adds, for every flow that was opened by a row for other addresses or for any SPI, a row with
  /// the flow's own: other tools take addresses at their word, and translators rewrite them.
  mutating func addKeysAsSeen() {
    for flow in securityFlows { addKeysAsSeen(of: flow) }
  }

  /// The same of one flow.
  mutating func addKeysAsSeen(of flow: SecurityFlow) {
    guard case .ready(let openers) = flow.opening,
      var row = openers.first?.keys, flow.counters.decrypted + flow.counters.integrityGood > 0
    else { return }
    let isAsSeen =
      row.spi.exact == flow.key.spi && row.source?.exact == flow.source
      && row.destination?.exact == flow.key.destination
    guard !isAsSeen else { return }
    row.spi = SPIPattern(flow.key.spi)
    row.source = AddressPattern(flow.source)
    row.destination = AddressPattern(flow.key.destination)
    keys.add(row)
  }

  /// Verifies one AH packet of a flow for which there are keys.
  mutating func verifyAH(
    _ packet: RawSpan, headerAt offset: Int, _ flow: SecurityFlow, at sighting: Sighting
  ) {
    for opener in openers(of: flow) {
      guard let ah = opener.ah else { continue }
      noteIntegrity(ah.verify(packet, headerAt: offset).integrity, flow, at: sighting)
      return
    }
  }

  private mutating func note(
    _ outcome: ESPOutcome, _ flow: SecurityFlow, _ esn: Bool?, low: UInt32,
    at sighting: Sighting
  ) {
    noteIntegrity(outcome.integrity, flow, at: sighting)
    if let esn, outcome.integrity == .good, (outcome.sequenceHigh != nil) != esn,
      flow.counters.verifiedOtherwise.count < SecurityFlow.evidenceKept
    {
      flow.counters.verifiedOtherwise.append((how: "esn", sighting: sighting))
    }
    if outcome.padding == .other, outcome.failure == nil { flow.counters.paddingOdd += 1 }
    if let high = outcome.sequenceHigh, high > 0,
      flow.counters.highHalfVerified(high, low: low, at: sighting)
    {
      marks.forget(at: flow.place)
    }
  }

  private mutating func noteIntegrity(
    _ integrity: ESPOutcome.Integrity, _ flow: SecurityFlow, at sighting: Sighting
  ) {
    switch integrity {
    case .good: flow.counters.integrityGood += 1
    case .goodWithOtherTruncation(let icvBytes):
      flow.counters.integrityGood += 1
      guard flow.counters.verifiedOtherwise.count < SecurityFlow.evidenceKept else { return }
      flow.counters.truncationSeen = icvBytes * 8
      flow.counters.verifiedOtherwise.append((how: "truncation", sighting: sighting))
    case .bad:
      flow.counters.integrityBad += 1
      guard flow.counters.badSightings.count < SecurityFlow.evidenceKept else { return }
      flow.counters.badSightings.append(sighting)
    case .notChecked: break
    }
  }
}

/// What opens the packets of one flow: ESP or AH under one row of key material.
final class PacketOpener {
  let esp: ESPOpener?
  let ah: AHVerifier?
  let keys: ChildSAKeys
  /// Its number among those that ever had a run; -1 before the first.
  private(set) var number = -1
  /// Whether its clones take sequence numbers for extended.
  private(set) var clonesExtended: Bool?
  /// Where other threads find its keys by that number, as long as it is there.
  private var log: OpenerLog?

  deinit { log?.remove(number) }

  /// Gives it a number, at its first run and when its clones would be others.
  func register(_ row: OpenerLog.Row, at log: OpenerLog) {
    log.remove(number)
    number = log.add(row)
    clonesExtended = row.sequence.isExtended
    self.log = log
  }

  init?(_ keys: ChildSAKeys) {
    self.keys = keys
    switch keys.protocol {
    case .esp:
      ah = nil
      guard let opener = try? ESPOpener(keys) else { return nil }
      esp = opener
    case .ah:
      esp = nil
      guard let verifier = try? AHVerifier(keys) else { return nil }
      ah = verifier
    }
  }
}

extension ESPOutcome {
  /// True when the integrity value, if any, verifies and the packet could be opened.
  var isGood: Bool {
    guard failure == nil else { return false }
    return integrity != .bad
  }
}

extension ChildSAKeys {
  /// True when both would open the same packets.
  func hasSameKeys(as other: ChildSAKeys) -> Bool {
    self.protocol == other.protocol && spi == other.spi && encryptionKey == other.encryptionKey
      && integrityKey == other.integrityKey && salt == other.salt
  }
}
