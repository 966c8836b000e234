import Bytes
import CiscoConfig
import Policy
import Tracking

/// A configured device beside a capture: which end of which tunnel it is, and its interfaces.
struct Device {
  /// Where a host lies, seen from the device.
  enum Place {
    /// Itself.
    case own
    /// Behind an interface with a crypto map or a protected tunnel.
    case outside
    /// Behind another interface.
    case inside
    /// No connected network and no route tells.
    case unknown
  }

  let engine: PolicyEngine
  /// The address that the user says is this device's.
  let local: IPAddress?

  var configuration: CryptoConfiguration { engine.configuration }

  /// The end of a tunnel that this device is; nil when it is neither.
  ///
  /// Its own addresses tell, or the one the user named; behind a NAT, or in a file without
  /// interfaces, the peers of its entries do, else its keys and tunnel-groups.
  func role(in ike: IKESA) -> Role? {
    for role in [Role.initiator, .responder] where isOwn(first(role, ike)) { return role }
    return far(first(.initiator, ike), first(.responder, ike)).map { isFirst in
      isFirst ? .responder : .initiator
    }
  }

  /// True when of two ends the first is the peer, false when the second is; nil when neither or
  /// both could be.
  func far(_ first: IPAddress, _ second: IPAddress) -> Bool? {
    for knows in [names, hasKey(for:)] {
      switch (knows(first), knows(second)) {
      case (true, false): return true
      case (false, true): return false
      default: continue
      }
    }
    return nil
  }

  private func first(_ role: Role, _ ike: IKESA) -> IPAddress {
    (role == .initiator ? ike.firstInitiator : ike.firstResponder).address
  }

  /// True for an address of this device.
  func isOwn(_ address: IPAddress) -> Bool {
    address == local || configuration.interfaces.contains { $0.has(address) }
  }

  /// True when an entry names the address as its peer.
  private func names(_ address: IPAddress) -> Bool {
    entries.contains { entry in entry.settings.peers.contains { $0.value.address == address } }
  }

  /// True when a tunnel-group or a key of its own is for the address.
  private func hasKey(for address: IPAddress) -> Bool {
    configuration.tunnelGroups["\(address)"] != nil
      || configuration.preSharedKeys.contains { $0.remote == "\(address)" }
  }

  /// All entries of all crypto maps.
  var entries: [CryptoMapEntry] { configuration.cryptoMaps.flatMap(\.entries) }

  /// The entry for a peer: the first that names it.
  func entry(for peer: IPAddress) -> CryptoMapEntry? {
    entries.first { entry in entry.settings.peers.contains { $0.value.address == peer } }
  }

  /// True when an entry would answer peers of any address.
  var hasDynamicEntry: Bool {
    entries.contains { entry in
      if case .dynamic = entry.kind { return true }
      return false
    }
  }

  /// The interface that carries the crypto map; nil where none does.
  var cryptoInterface: String? {
    for map in configuration.cryptoMaps {
      if let name = map.interfaces.first?.value { return name }
      if let interface = configuration.interfaces.first(where: { $0.cryptoMap?.value == map.name })
      {
        return interface.reference
      }
    }
    return nil
  }

  /// Where a host lies: the most specific connected network or route tells.
  func place(of address: IPAddress) -> Place {
    if isOwn(address) { return .own }
    guard let name = engine.egress(to: address) else { return .unknown }
    return isProtecting(name) ? .outside : .inside
  }

  /// The interface by which a packet between this device and a host leaves or enters: the routes'
  /// choice where that carries a map or is a protected tunnel.
  func protectingInterface(towards address: IPAddress) -> String? {
    if let name = engine.egress(to: address), isProtecting(name) { return name }
    return cryptoInterface
  }

  private func isProtecting(_ interface: String) -> Bool {
    configuration.cryptoMap(onInterface: interface) != nil
      || configuration.interface(interface)?.tunnel?.profile != nil
  }
}
