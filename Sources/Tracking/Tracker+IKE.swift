import Bytes
import ISAKMP
import Keys
import Layers
import Registries

extension Tracker {
  /// An IKE message, whole or a fragment of one.
  mutating func messageArrived(
    _ bytes: RawSpan, _ datagram: borrowing Datagram, _ transport: MessageTransport,
    at sighting: Sighting
  ) -> DatagramKind {
    guard let message = try? Message(parsing: bytes, missing: datagram.missing) else {
      return .other
    }
    knowledge &+= 1
    let travel = Travel(
      source: Endpoint(datagram.source, port: datagram.sourcePort),
      destination: Endpoint(datagram.destination, port: datagram.destinationPort),
      transport: transport, pieces: datagram.assembledFrom.map(Sighting.init),
      missing: datagram.missing, sighting: sighting)
    let (sa, from) = ikeSA(for: message.header, travel)
    sa.last = sighting
    standingMayHaveChanged(sa, heard: from)
    if message.isMalformed { sa.malformedMessages += 1 }
    let held = bytes.extracting(0..<message.byteCount)
    if let fragment = message.payloads.first?.ciscoFragment {
      ciscoFragmentArrived(fragment, held, message, sa, from, travel)
    } else if let fragment = message.payloads.last?.encryptedFragment {
      skfArrived(fragment, held, message, sa, from, travel)
    } else {
      wholeMessageArrived(held, message, sa, from, travel)
    }
    return message.isMalformed ? .malformedIKE : .ike
  }

  /// How a message came.
  struct Travel {
    var source: Endpoint
    var destination: Endpoint
    var transport: MessageTransport
    var pieces: [Sighting]
    var missing: Int
    var sighting: Sighting
  }

  // MARK: - The IKE SA

  /// The SA that a message belongs to, made where there is none, and the end that sent it.
  private mutating func ikeSA(for header: ISAKMPHeader, _ travel: Travel) -> (IKESA, Role) {
    guard
      let (sa, isStrange) = ikeSAs.find(
        header, source: travel.source.address, destination: travel.destination.address)
    else { return newSA(header, travel) }
    let from = role(of: header, travel, in: sa)
    if isStrange { noteStrangeAnswer(sa, travel) }
    // The initiator has the responder's SPI from an answer, whether the capture holds that or not.
    if sa.responderSPI == 0, header.responderSPI != 0 {
      ikeSAs.responderAnswered(sa, spi: header.responderSPI)
    }
    noteEndpoints(sa, from, travel)
    return (sa, from)
  }

  private mutating func newSA(_ header: ISAKMPHeader, _ travel: Travel) -> (IKESA, Role) {
    let isFirst = header.responderSPI == 0
    // IKEv2 says which end began (RFC 7296 §3.1); IKEv1 does not, so the first seen is the guess.
    let fromInitiator =
      isFirst || header.version != .v2
      || header.flags.contains(.initiator)
    let ends =
      fromInitiator ? (travel.source, travel.destination) : (travel.destination, travel.source)
    let mode = mode(of: header, isFirst)
    let sa = ikeSAs.insert { ordinal in
      IKESA(
        ordinal: ordinal, version: header.version ?? .v2, mode: mode,
        initiatorSPI: header.initiatorSPI, responderSPI: header.responderSPI, initiator: ends.0,
        responder: ends.1, sawFirstMessage: isFirst, at: travel.sighting)
    }
    letGoOfForgotten(at: travel.sighting)
    peers.add(sa, ends.0.address, ends.1.address)
    noteRekey(sa, at: travel.sighting)
    return (sa, fromInitiator ? .initiator : .responder)
  }

  /// What an SA counts towards may have changed, and another one have made room for it.
  mutating func standingMayHaveChanged(_ sa: IKESA, heard role: Role) {
    ikeSAs.changed(sa, heard: role)
    letGoOfForgotten(at: sa.last)
  }

  private mutating func letGoOfForgotten(at sighting: Sighting) {
    guard let forgotten = ikeSAs.takeForgotten() else { return }
    messagesKept -= forgotten.messages
    if hasKeys {
      for child in forgotten.children {
        keys.letGo(ofDerived: child.spi, ikeInitiatorSPI: child.initiatorSPI)
      }
    }
    for ordinal in forgotten.ordinals { tell(.forgotten(tunnel: ordinal), at: sighting) }
  }

  /// An IKE SA whose SPIs an opened CREATE_CHILD_SA exchange agreed on replaces the one it passed
  /// under (RFC 7296 §1.3.2).
  private mutating func noteRekey(_ sa: IKESA, at sighting: Sighting) {
    guard sa.version == .v2, sa.responderSPI != 0,
      let origin = rekeyedTo[
        RekeyedSPIs(initiator: sa.initiatorSPI, responder: sa.responderSPI)]
    else { return }
    sa.mode = .ikev2
    sa.rekeys = origin.sa
    sa.rekeyIsCertain = true
    sa.sawFirstMessage = true
    sa.offered = origin.exchange.offered
    sa.answered = origin.exchange.answered
    sa.state = .established
    sa.establishedAt = sighting
    if let old = origin.sa {
      sa.nat = old.nat
      sa.identities = old.identities
    }
  }

  private mutating func mode(of header: ISAKMPHeader, _ isFirst: Bool) -> IKESA.Mode {
    if header.version == .v2 { return isFirst ? .ikev2 : .none }
    return switch header.exchangeType {
    case .main: .main
    case .aggressive: .aggressive
    case .base: .base
    default: .none
    }
  }

  private mutating func role(of header: ISAKMPHeader, _ travel: Travel, in sa: IKESA) -> Role {
    if header.version == .v2 {
      return header.flags.contains(.initiator) ? .initiator : .responder
    }
    if sa.initiator.address != sa.responder.address {
      if travel.source.address == sa.initiator.address { return .initiator }
      if travel.source.address == sa.responder.address { return .responder }
      return travel.destination.address == sa.initiator.address ? .responder : .initiator
    }
    return travel.source.port == sa.responder.port && travel.source.port != sa.initiator.port
      ? .responder : .initiator
  }

  private mutating func noteStrangeAnswer(_ sa: IKESA, _ travel: Travel) {
    guard sa.strangeAnswers.count < SecurityFlow.evidenceKept else { return }
    sa.strangeAnswers.append((from: travel.source, at: travel.sighting))
  }

  /// Ends move from port 500 to 4500 (RFC 3947 §4); any other move is a NAT's or MOBIKE's doing.
  private mutating func noteEndpoints(_ sa: IKESA, _ from: Role, _ travel: Travel) {
    let (initiator, responder) =
      from == .initiator
      ? (travel.source, travel.destination) : (travel.destination, travel.source)
    if sa.initiator != initiator { moved(sa, .initiator, sa.initiator, initiator, travel) }
    if sa.responder != responder { moved(sa, .responder, sa.responder, responder, travel) }
    guard sa.initiator != initiator || sa.responder != responder else { return }
    if sa.strangeAnswers.isEmpty {
      sa.initiator = initiator
      sa.responder = responder
    }
    peers.add(sa, initiator.address, responder.address)
  }

  private mutating func moved(
    _ sa: IKESA, _ role: Role, _ old: Endpoint, _ new: Endpoint, _ travel: Travel
  ) {
    let floats =
      travel.source.port == 4500 || travel.destination.port == 4500
    if old.address == new.address, floats, sa.nat.floatedAt == nil || old.port == 500 {
      sa.nat.floatedAt = sa.nat.floatedAt ?? travel.sighting
      return
    }
    guard sa.moves.count < 64 else { return }
    sa.moves.append((role: role, from: old, to: new, at: travel.sighting))
  }

  // MARK: - Fragments

  private mutating func ciscoFragmentArrived(
    _ fragment: CiscoFragment, _ bytes: RawSpan, _ message: Message, _ sa: IKESA, _ from: Role,
    _ travel: Travel
  ) {
    let piece = FragmentAssembly.Piece(
      number: Int(fragment.number), total: fragment.isLast ? Int(fragment.number) : nil,
      bytes: bytes.copy(fragment.range), firstPayload: 0, header: message.header,
      sighting: travel.sighting)
    let key = FragmentAssembly.Key(
      sa: sa.ordinal, from: from, message: UInt32(fragment.id), kind: 0)
    let label = "FRAG \(fragment.number)\(fragment.isLast ? " (last)" : "")"
    guard let group = take(piece, key, label, sa, travel) else { return }
    let whole = joined(group)
    guard let inner = try? Message(parsing: whole.rawSpan) else { return }
    var travel = travel
    travel.pieces = group.frames
    wholeMessageArrived(whole.rawSpan, inner, sa, from, travel)
  }

  private mutating func skfArrived(
    _ fragment: EncryptedFragment, _ bytes: RawSpan, _ message: Message, _ sa: IKESA, _ from: Role,
    _ travel: Travel
  ) {
    let header = message.header
    let piece = FragmentAssembly.Piece(
      number: Int(fragment.number), total: Int(fragment.total), bytes: bytes.copy(),
      firstPayload: message.payloads.last?.nextPayload ?? 0, header: header,
      sighting: travel.sighting)
    let key = FragmentAssembly.Key(
      sa: sa.ordinal, from: from, message: header.messageID,
      kind: UInt16(header.exchangeType.rawValue) << 8 | (header.isResponse ? 1 : 0))
    let label = "\(MessageNaming.v2(header)) fragment \(fragment.number)/\(fragment.total)"
    guard let group = take(piece, key, label, sa, travel) else { return }
    var travel = travel
    travel.pieces = group.frames
    fragmentedMessageArrived(group, message, sa, from, travel)
  }

  private mutating func take(
    _ piece: FragmentAssembly.Piece, _ key: FragmentAssembly.Key, _ label: String, _ sa: IKESA,
    _ travel: Travel
  ) -> FragmentAssembly.Group? {
    let (complete, givenUp) = fragments.arrived(piece, key)
    for (key, group) in givenUp { noteIncomplete(key, group) }
    if complete == nil {
      tell(
        .fragment(in: sa, label: label, from: travel.source, to: travel.destination),
        at: travel.sighting)
    }
    return complete
  }

  private mutating func joined(_ group: FragmentAssembly.Group) -> [UInt8] {
    (1...max(1, group.pieces.count)).reduce(into: []) { $0 += group.pieces[$1] ?? [] }
  }

  /// Remembers a message whose fragments never all came.
  mutating func noteIncomplete(_ key: FragmentAssembly.Key, _ group: FragmentAssembly.Group) {
    guard !group.isRepetition, let sa = ikeSAs.withOrdinal(key.sa),
      sa.incompleteFragments.count < 64
    else { return }
    // A sender that repeats itself may give the repetition's pieces another number.
    let completedLater = sa.exchanges.contains { exchange in
      exchange.type == group.exchangeType && exchange.messageID == group.messageID
        && exchange.messages.contains {
          $0.from == key.from && $0.pieces.count > 1 && $0.sighting > group.first
        }
    }
    sa.incompleteFragments.append(
      IncompleteMessage(
        first: group.first, last: group.last, from: key.from, exchangeType: group.exchangeType,
        messageID: group.messageID, numbers: group.pieces.keys.sorted(), total: group.total,
        completedLater: completedLater))
  }

  // MARK: - Whole messages

  private mutating func wholeMessageArrived(
    _ bytes: RawSpan, _ message: Message, _ sa: IKESA, _ from: Role, _ travel: Travel
  ) {
    var seen = seenMessage(message.header, from, travel)
    seen.byteCount = message.byteCount
    seen.fingerprint = fingerprint.mark(bytes)
    if message.isMalformed { seen.malformed = message.malformed }
    let isEncrypted =
      message.isSealed || message.encryptedBody != nil || message.payloads.last?.type == .skV2
    if isEncrypted { seen.opening = .closed }
    let exchange = exchange(of: message.header, from, in: sa)
    place(&seen, message.payloads, in: exchange)
    rememberRaw(bytes, message, seen, exchange, sa)
    let opened = isEncrypted ? open(message, bytes, &seen, sa, exchange) : nil
    if opened == nil, message.isSealed {
      seen.look = MessageLook.closed
    } else {
      seen.look = interned.shared(
        MessageLook(
          notation: message.notation(opened: opened?.payloads),
          payloadTypes: message.payloads.map(\.type.rawValue), innerTypes: seen.innerTypes))
    }
    // Ciphertext says nothing.
    record(seen, message.payloads, saysSomething: !message.isSealed, opened, sa, exchange)
  }

  /// An IKEv2 message whose fragments are all there (RFC 7383 §2.6).
  private mutating func fragmentedMessageArrived(
    _ group: FragmentAssembly.Group, _ message: Message, _ sa: IKESA, _ from: Role,
    _ travel: Travel
  ) {
    var seen = seenMessage(message.header, from, travel)
    let pieces = (1...max(1, group.pieces.count)).compactMap { group.pieces[$0] }
    seen.byteCount = pieces.reduce(0) { $0 + $1.count }
    seen.fingerprint = pieces.reduce(UInt64(pieces.count)) {
      avalanche($0 ^ fingerprint.mark($1.rawSpan))
    }
    seen.opening = .closed
    let exchange = exchange(of: message.header, from, in: sa)
    place(&seen, [], in: exchange)
    let opened = openFragments(pieces, group.firstPayload, &seen, sa, exchange)
    let inside = opened.map { $0.payloads.notationText } ?? "…"
    seen.look = interned.shared(
      MessageLook(
        notation: "[ SKF×\(pieces.count) { \(inside) } ]",
        payloadTypes: [PayloadType.skV2.rawValue], innerTypes: seen.innerTypes))
    record(seen, [], saysSomething: false, opened, sa, exchange)
  }

  private mutating func seenMessage(
    _ header: ISAKMPHeader, _ from: Role, _ travel: Travel
  ) -> SeenMessage {
    var seen = SeenMessage(
      sighting: travel.sighting, from: from,
      path: interned.path(
        from: travel.source, to: travel.destination, over: travel.transport),
      header: header, byteCount: 0)
    if !travel.pieces.isEmpty { seen.pieces = travel.pieces }
    seen.missing = travel.missing
    return seen
  }
}

extension Payload {
  /// The Cisco fragment it holds, if it holds one.
  fileprivate var ciscoFragment: CiscoFragment? {
    if case .ciscoFragment(let fragment) = body { fragment } else { nil }
  }

  /// The SKF fragment it holds, if it holds one.
  fileprivate var encryptedFragment: EncryptedFragment? {
    if case .encryptedFragment(let fragment) = body { fragment } else { nil }
  }
}
