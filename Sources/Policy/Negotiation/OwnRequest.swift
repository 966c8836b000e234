package import Bytes
import CiscoConfig

extension PolicyEngine {
  /// The entry and element from which a request comes that this device was seen to make: an
  /// initiator asks for the ACE, not for the packet (rules §0.7).
  ///
  /// - Parameters:
  ///   - asked: The traffic, seen from here; in IKEv2 each pair of selectors.
  ///   - peer: Who was asked.
  /// - Returns: `protect` with the entry; `cannot-tell` where no element asks for that.
  package func ownRequest(_ asked: [ProxyRequest], to peer: IPAddress) -> Verdict {
    var inside: (entry: CompiledEntry, ace: CompiledACE, proxy: ProxyRequest)?
    let entries = (boundMaps.isEmpty ? Array(maps.values) : boundMaps).flatMap(\.entries)
    for entry in entries where entry.mayServe(.address(peer)) {
      for ace in entry.countedACEs where ace.isPermit && ace.isActive {
        for proxy in asked {
          switch ProxyComparison.relation(of: proxy, to: ace) {
          case .same: return request(entry, ace, proxy)
          case .narrower, .inside: inside = inside ?? (entry, ace, proxy)
          default: continue
          }
        }
      }
    }
    if let inside { return request(inside.entry, inside.ace, inside.proxy) }
    return foreignRequest(asked, peer)
  }

  private func request(
    _ entry: CompiledEntry, _ ace: CompiledACE, _ proxy: ProxyRequest
  ) -> Verdict {
    var verdict = Verdict(.protect)
    fill(&verdict, from: entry)
    verdict.ace = ace.reference
    verdict.saScope = SAScope(
      source: proxy.local.selector, destination: proxy.remote.selector,
      protocol: proxy.protocolNumber.map { "\(ProtocolName($0))" } ?? "ip",
      sourcePort: proxy.localPort.map(PortScope.one),
      destinationPort: proxy.remotePort.map(PortScope.one))
    let lifetimes = lifetimes(of: entry.settings)
    verdict.lifetimeSeconds = lifetimes.seconds
    verdict.lifetimeKilobytes = lifetimes.kilobytes
    verdict.negotiates = true
    let what = "entry \(entry.name) asks for ACE \(ace.position) of its list"
    verdict.trace = [
      Step(
        what, .match, label: "entry \(entry.sequence)", at: entry.citedLine, rule: "A-CM-06",
        steps: [
          ProxyComparison.step(
            proxy, ace, entry.list?.name ?? "", ProxyComparison.relation(of: proxy, to: ace))
        ])
    ]
    verdict.use("A-CM-06")
    verdict.add(findings: findings.filter { $0.concerns(entry.map) }.map(\.code))
    verdict.sentence = "This end asked: \(what), line \(ace.line.line)."
    return verdict
  }

  private func foreignRequest(_ asked: [ProxyRequest], _ peer: IPAddress) -> Verdict {
    var verdict = Verdict(.cannotTell)
    let text = asked.first.map { "\($0.local.selector) - \($0.remote.selector)" } ?? "this"
    verdict.sentence =
      "No permit element of an entry for \(peer) asks for \(text): the request does not come from "
      + "this configuration as it stands."
    verdict.use("A-CM-06")
    return verdict
  }
}
