import Bytes
import Crypto
import ISAKMP
import Registries

extension Tracker {
  /// Verifies the NAT detection hashes themselves: an end whose address and port on the wire give
  /// another hash than its message carries is behind a NAT, seen from the capture point
  /// (RFC 3947 §3.2, RFC 7296 §2.23).
  mutating func checkNAT(
    _ payloads: [Payload], _ seen: SeenMessage, _ exchange: Exchange, _ sa: IKESA
  ) {
    guard isPhase1(exchange) else { return }
    let hashes =
      exchange.version == .v1
      ? hashesV1(payloads) : hashesV2(payloads)
    guard !hashes.ofSource.isEmpty || !hashes.ofDestination.isEmpty,
      let algorithm = natHash(sa, exchange)
    else { return }
    sa.nat.announcedBy.insert(seen.from)
    if sa.nat.checkedIn.count < 16 { sa.nat.checkedIn.append(seen.sighting) }
    let spis =
      networkOrder(seen.header.initiatorSPI)
      + networkOrder(seen.header.responderSPI)
    func fits(_ end: Endpoint, _ hashes: [[UInt8]]) -> Bool {
      hashes.isEmpty
        || hashes.contains(
          algorithm.digest([spis + end.address.bytes + networkOrder(end.port)]))
    }
    if !fits(seen.source, hashes.ofSource) { sa.nat.natted.insert(seen.from) }
    if !fits(seen.destination, hashes.ofDestination) { sa.nat.natted.insert(seen.from.peer) }
  }

  private struct NATHashes {
    var ofSource: [[UInt8]] = []
    var ofDestination: [[UInt8]] = []
  }

  /// The first NAT-D is of the receiver, the others of the sender (RFC 3947 §3.2).
  private mutating func hashesV1(_ payloads: [Payload]) -> NATHashes {
    let all = payloads.compactMap { payload -> [UInt8]? in
      if case .natDiscovery(let hash) = payload.body { hash } else { nil }
    }
    return NATHashes(ofSource: Array(all.dropFirst()), ofDestination: Array(all.prefix(1)))
  }

  private mutating func hashesV2(_ payloads: [Payload]) -> NATHashes {
    var hashes = NATHashes()
    for payload in payloads {
      guard case .notify(let notify) = payload.body else { continue }
      switch notify.typeV2 {
      case .natDetectionSourceIP?: hashes.ofSource.append(notify.data)
      case .natDetectionDestinationIP?: hashes.ofDestination.append(notify.data)
      default: break
      }
    }
    return hashes
  }

  /// IKEv2 always hashes by SHA-1; IKEv1 by the hash it negotiated.
  private mutating func natHash(_ sa: IKESA, _ exchange: Exchange) -> HashAlgorithm? {
    guard exchange.version == .v1 else { return .sha1 }
    return sa.chosen?.first(.hash).flatMap { HashAlgorithm(rawValue: $0.name) }
  }
}
