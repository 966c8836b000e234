import Bytes
import Crypto
import ISAKMP
import Keys
import Registries

extension Tracker {
  /// Takes in what payloads say: the same for those in clear and those that were opened.
  mutating func absorb(
    _ payloads: [Payload], bytes: [UInt8], of seen: SeenMessage, isProtected: Bool,
    _ exchange: Exchange, _ sa: IKESA
  ) {
    if payloads.isEmpty { return }
    for payload in payloads {
      switch payload.body {
      case .securityAssociation(let association): absorb(association, seen, exchange, sa)
      case .keyExchange(let value):
        exchange.keyExchange[seen.from] =
          keys.isEmpty ? KeyExchange(group: value.group, data: []) : value
      case .nonce(let nonce): if !keys.isEmpty { exchange.nonces[seen.from] = nonce }
      case .identification(let identity):
        absorb(identity, payload, seen, exchange, sa, bytes)
      case .trafficSelectors(let selectors):
        absorb(selectors, isInitiators: payload.type == .tsIV2, seen, exchange)
      case .notify(let notify): absorb(notify, isProtected, seen, exchange, sa)
      case .delete(let delete): absorb(delete, seen, exchange, sa)
      case .vendorID(let id): absorb(vendorID: id, seen, sa)
      case .certificate(let certificate) where sa.certificates.count < 64:
        sa.certificates.append(
          SeenCertificate(
            sighting: seen.sighting, from: seen.from, certificate: certificate,
            facts: CertificateFacts(certificate)))
      case .certificateRequest(let request) where sa.certificateRequests.count < 64:
        sa.certificateRequests.append(
          SeenCertificateRequest(
            sighting: seen.sighting, from: seen.from, request: request,
            authorityName: authorityName(of: request)))
      case .eap(let packet) where exchange.eap.count < 64:
        exchange.eap.append(SeenEAP(sighting: seen.sighting, from: seen.from, packet: packet))
      case .configuration(let configuration) where exchange.configurations.count < 64:
        exchange.configurations.append(
          SeenConfiguration(
            sighting: seen.sighting, from: seen.from, configuration: configuration))
      default: break
      }
    }
    checkNAT(payloads, seen, exchange, sa)
  }

  private mutating func absorb(
    _ association: SecurityAssociation, _ seen: SeenMessage, _ exchange: Exchange, _ sa: IKESA
  ) {
    let suites = interned.shared(association.suites)
    let isOffer = seen.from == exchange.startedBy && !seen.isResponse
    if isOffer {
      exchange.offered = suites
    } else {
      exchange.answered = suites
    }
    guard isPhase1(exchange) else { return }
    if isOffer { sa.offered = suites } else { sa.answered = suites }
  }

  /// True for the exchange whose SA payload makes the IKE SA itself.
  mutating func isPhase1(_ exchange: Exchange) -> Bool {
    switch exchange.type {
    case .main, .aggressive, .base, .ikeSAInit, .authenticationOnly: true
    default: false
    }
  }

  /// In quick mode identities are the proxies (IDci, then IDcr); elsewhere who the sender is.
  private mutating func absorb(
    _ identity: Identification, _ payload: Payload, _ seen: SeenMessage, _ exchange: Exchange,
    _ sa: IKESA, _ bytes: [UInt8]
  ) {
    if exchange.type == .quick {
      if seen.from == exchange.startedBy {
        exchange.proxyIdentities.append(identity)
      } else {
        exchange.answeredProxyIdentities.append(identity)
      }
      return
    }
    // An IDr in a request names whom the initiator wants to meet, not itself (RFC 7296 §2.15).
    if exchange.version == .v2, payload.type == .idRV2, !seen.isResponse {
      sa.wantedResponderIdentity = identity
      return
    }
    guard sa.identities.count < 16 else { return }
    sa.identities.append(
      SeenIdentity(sighting: seen.sighting, from: seen.from, identity: identity))
    if payload.bodyRange.upperBound <= bytes.count {
      sa.identityBodies[seen.from] = Array(bytes[payload.bodyRange])
    }
  }

  private mutating func absorb(
    _ selectors: [TrafficSelector], isInitiators: Bool, _ seen: SeenMessage, _ exchange: Exchange
  ) {
    var set =
      (seen.isResponse ? exchange.selectorsAnswered : exchange.selectorsAsked)
      ?? SelectorSet(initiator: [], responder: [])
    if isInitiators { set.initiator = selectors } else { set.responder = selectors }
    if seen.isResponse { exchange.selectorsAnswered = set } else { exchange.selectorsAsked = set }
  }

  private mutating func absorb(
    _ notify: Notify, _ isProtected: Bool, _ seen: SeenMessage, _ exchange: Exchange, _ sa: IKESA
  ) {
    let answers: Int? = seen.responseTo.flatMap {
      $0 < exchange.messages.count ? exchange.messages[$0].sighting.frame : nil
    }
    let noted = SeenNotify(
      sighting: seen.sighting, from: seen.from, notify: notify, isProtected: isProtected,
      answers: answers)
    if exchange.notifies.count < 64 { exchange.notifies.append(noted) }
    if sa.notifies.count < 512 { sa.notifies.append(noted) }
    if notify.isError, exchange.version == .v1 { refuseV1(noted, exchange, sa) }
  }

  /// An IKEv1 error notify speaks of the exchange that its sender's peer has begun and that waits.
  private mutating func refuseV1(_ noted: SeenNotify, _ exchange: Exchange, _ sa: IKESA) {
    let refused = sa.exchanges.last {
      $0 !== exchange && $0.type != .informational && $0.state == .waiting
        && $0.messages.contains { $0.from != noted.from }
    }
    guard let refused else { return }
    if refused.notifies.count < 64 { refused.notifies.append(noted) }
    switch refused.type {
    case .quick:
      refused.state = .refused
      for child in refused.children where child.state == .negotiating {
        child.state = .refused
        tell(.childChanged(child), at: noted.sighting)
      }
    case .main, .aggressive, .base:
      // An unprotected notify can be forged (RFC 2408 §5.15); it fails the attempt only in view of
      // what follows, so the state moves when nothing contradicts it: see `advance`.
      refused.state = .refused
      if sa.state == .negotiating { sa.state = .failed }
    default: refused.state = .refused
    }
  }

  private mutating func absorb(
    _ delete: Delete, _ seen: SeenMessage, _ exchange: Exchange, _ sa: IKESA
  ) {
    let noted = SeenDelete(sighting: seen.sighting, from: seen.from, delete: delete)
    if exchange.deletes.count < 64 { exchange.deletes.append(noted) }
    if sa.deletes.count < 256 { sa.deletes.append(noted) }
    if delete.protocolID == .isakmp {
      guard sa.deletedAt == nil else { return }
      sa.deletedAt = seen.sighting
      sa.deletedBy = seen.from
      if sa.state == .established { sa.state = .deleted }
      return
    }
    for spi in delete.spis { childDeleted(spi, noted, sa) }
  }

  /// A sender names the SPIs it receives on (RFC 2408 §3.15, RFC 7296 §1.4.1).
  private mutating func childDeleted(_ spi: [UInt8], _ noted: SeenDelete, _ sa: IKESA) {
    guard spi.count == 4 else { return }
    let number = spi.reduce(0) { $0 << 8 | UInt32($1) }
    for child in children(of: sa) where child.state != .deleted {
      let own = child.spi(to: noted.from, in: sa)
      guard own == number else { continue }
      child.state = child.state == .rekeyed ? .rekeyed : .deleted
      child.deletedAt = noted.sighting
      for flow in child.flows { ended(flow, at: noted.sighting) }
      child.deletedBy = noted.from
      tell(.childChanged(child), at: noted.sighting)
    }
  }

  /// Children outlive the IKE SA they came from: IKEv2's pass to the SA that replaces it (RFC 7296
  /// §2.8), of IKEv1's a delete may come under another one of the same two hosts.
  private mutating func children(of sa: IKESA) -> [ChildSA] {
    guard sa.version == .v1 else { return sa.childrenWithInherited }
    return peers.recent(sa.initiator.address, sa.responder.address).flatMap(\.children)
  }

  private mutating func absorb(vendorID id: [UInt8], _ seen: SeenMessage, _ sa: IKESA) {
    guard sa.seenVendors.count < 64,
      !sa.seenVendors.contains(where: { $0.from == seen.from && $0.vendor.id == id })
    else { return }
    let vendor = interned.vendor(id)
    sa.seenVendors.append(SeenVendor(from: seen.from, vendor: vendor))
    if vendor.meaning?.capability?.hasPrefix("nat-t") ?? false {
      sa.nat.announcedBy.insert(seen.from)
    }
  }
}
