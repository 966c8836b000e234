import Bytes
import CiscoConfig
import Policy
import Tracking

/// A configured device beside a capture: which end of which tunnel it is, and its interfaces.
struct Device {
  let engine: PolicyEngine
  /// The address that the user says is this device's.
  let local: IPAddress?

  var configuration: CryptoConfiguration { engine.configuration }

  /// The end of a tunnel that this device is; nil when it is neither.
  ///
  /// Its own addresses tell, or the one the user named; behind a NAT, the peers of its entries do.
  func role(in ike: IKESA) -> Role? {
    for role in [Role.initiator, .responder] where isOwn(first(role, ike)) { return role }
    let named = [Role.initiator, .responder].filter { names(first($0.peer, ike)) }
    return named.count == 1 ? named.first : nil
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

  /// True for an address on a network behind another interface than the crypto map's.
  func isInside(_ address: IPAddress) -> Bool {
    let outside = cryptoInterface.flatMap { configuration.interface($0)?.name }
    return configuration.interfaces.contains { interface in
      interface.name != outside
        && interface.addresses.contains { $0.value.network.contains(address) }
    }
  }
}
