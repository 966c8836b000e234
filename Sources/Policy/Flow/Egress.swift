package import Bytes
package import CiscoConfig

extension PolicyEngine {
  /// The interface a question that names none is about (X-FLOW-01).
  func interface(for question: FlowQuestion) -> String? {
    if question.direction == .out, let egress = egress(to: question.packet.destination) {
      return egress
    }
    let bound = configuration.interfaces.filter { map(onInterface: $0.reference) != nil }
    if bound.count == 1, let only = bound.first { return only.reference }
    let named = boundMaps.flatMap { $0.map.interfaces }
    return bound.isEmpty && named.count == 1 ? named.first?.value : nil
  }

  /// The interface that the most specific connected network or static route names.
  package func egress(to destination: IPAddress) -> String? {
    var best: (length: Int, distance: Int, interface: String)?
    func offer(_ network: IPPrefix, _ distance: Int, _ interface: String?) {
      guard let interface, network.contains(destination) else { return }
      guard let current = best else {
        best = (network.length, distance, interface)
        return
      }
      if (network.length, -distance) > (current.length, -current.distance) {
        best = (network.length, distance, interface)
      }
    }
    for interface in configuration.interfaces where !interface.isShutDown {
      for address in interface.addresses {
        offer(address.value.network, 0, interface.reference)
      }
    }
    for route in configuration.routes where route.vrf == nil {
      offer(route.destination, route.distance, route.interface ?? route.nextHop.flatMap(connected))
    }
    return best?.interface
  }

  /// The interface in whose network an address lies.
  private func connected(_ address: IPAddress) -> String? {
    configuration.interfaces.first { interface in
      interface.addresses.contains { $0.value.network.contains(address) }
    }?.reference
  }

  /// A tunnel interface protects whatever is routed into it: proxies any to any for a virtual
  /// tunnel interface (X-VTI-01), its two ends and protocol 47 for GRE (X-VTI-02).
  func answerTunnelInterface(_ interface: Interface, _ question: FlowQuestion) -> Verdict? {
    guard let scope = impliedProxy(of: interface), let tunnel = interface.tunnel else { return nil }
    guard question.direction == .out else { return nil }
    var verdict = Verdict(
      question.negotiationSucceeded == false && !question.saExists ? .drop : .protect,
      question.negotiationSucceeded == false && !question.saExists ? .negotiationFailed : nil)
    verdict.interface = interface.reference
    verdict.saScope = scope
    verdict.negotiates = !question.saExists
    verdict.peer = tunnel.destination.map { Peer($0.value).description }
    verdict.trace = [
      Step(
        "\(interface.reference) is a protected tunnel: whatever is routed into it is protected",
        .match, label: "egress", at: tunnel.profile.map { CitedLine($0.line) }, rule: "X-VTI-01")
    ]
    verdict.use(scope.protocol == "ip" ? "X-VTI-01" : "X-VTI-02")
    return verdict
  }

  /// The proxies that `tunnel protection` asks an SA for; nil for other interfaces.
  package func impliedProxy(of interface: Interface) -> SAScope? {
    guard let tunnel = interface.tunnel, tunnel.profile != nil else { return nil }
    switch tunnel.mode?.value {
    case .ipsecIPv4: return .everything("0.0.0.0/0")
    case .ipsecIPv6: return .everything("::/0")
    case .gre, .greMultipoint, .none: return greProxy(tunnel)
    case .other: return nil
    }
  }

  private func greProxy(_ tunnel: TunnelSettings) -> SAScope {
    SAScope(
      source: host(tunnel.source?.value), destination: host(tunnel.destination?.value),
      protocol: "gre", sourcePort: nil, destinationPort: nil)
  }

  private func host(_ name: Peer.Name?) -> String {
    switch name {
    case .address(let address): AddressRange(host: address).selector
    case .hostname(let text):
      configuration.interface(text)?.addresses.first.map {
        AddressRange(host: $0.value.address).selector
      } ?? Peer(.hostname(text)).description
    case nil: "any peer"
    }
  }
}

extension SAScope {
  fileprivate static func everything(_ network: String) -> SAScope {
    SAScope(
      source: network, destination: network, protocol: "ip", sourcePort: nil, destinationPort: nil)
  }
}
