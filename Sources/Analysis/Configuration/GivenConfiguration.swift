package import Bytes
package import CiscoConfig
import Diagnosis
import Policy
import Timeline
import Tracking

/// A configuration that was given beside a capture, ready to be asked.
package struct GivenConfiguration {
  /// The configuration.
  package let configuration: CryptoConfiguration
  /// The end it belongs to, where the user says so.
  package let local: IPAddress?
  let engine: PolicyEngine

  package init(_ configuration: CryptoConfiguration, local: IPAddress? = nil) {
    self.configuration = configuration
    self.local = local
    engine = PolicyEngine(configuration)
  }

  /// Addresses of the device: those of its interfaces, and the one the user gave.
  var localAddresses: [IPAddress] {
    let own = configuration.interfaces.flatMap { $0.addresses.map(\.value.address) }
    return own + (local.map { own.contains($0) ? [] : [$0] } ?? [])
  }

  /// True when the device has the address; where no interface has one, the user must say.
  func has(_ address: IPAddress) -> Bool {
    if let local { return local == address }
    return configuration.interfaces.contains { $0.has(address) }
  }

  /// The end of an IKE SA that this configuration belongs to; nil for neither.
  ///
  /// Where addresses do not tell (a configuration without interfaces, or a NAT before the device),
  /// an entry's peer does: the device is the other end.
  func side(of sa: IKESA) -> Role? {
    for role in [Role.initiator, .responder] {
      let first = role == .initiator ? sa.firstInitiator : sa.firstResponder
      if has(sa.endpoint(role).address) || has(first.address) { return role }
    }
    guard local == nil else { return nil }
    let peers = peerAddresses
    let named = [Role.initiator, .responder].filter { peers.contains(sa.endpoint($0).address) }
    return named.count == 1 ? named[0].peer : nil
  }

  /// The addresses of all `set peer`.
  var peerAddresses: Set<IPAddress> {
    var addresses: Set<IPAddress> = []
    for entry in configuration.cryptoMaps.flatMap(\.entries) {
      for peer in entry.peers {
        if case .address(let address) = peer.value.name { addresses.insert(address) }
      }
    }
    return addresses
  }

  /// The interface that carries the tunnel: the one with the address, else the only one that
  /// carries a crypto map.
  func interface(for address: IPAddress) -> String? {
    if let interface = configuration.interfaces.first(where: { $0.has(address) }) {
      return interface.reference
    }
    let bound =
      configuration.cryptoMaps.flatMap(\.interfaces).map(\.value)
      + configuration.interfaces.filter { $0.cryptoMap != nil }.map(\.reference)
    return Set(bound).count == 1 ? bound[0] : nil
  }

  /// The record of this configuration.
  var record: ConfigurationRecord {
    var record = ConfigurationRecord()
    record.path = configuration.path
    record.dialect = configuration.dialect.rawValue
    record.hostname = configuration.hostname?.value
    record.localAddresses = localAddresses.map(\.description)
    record.warnings = configuration.notUnderstood.map { unread in
      var warning = ConfigurationWarning()
      warning.line = unread.line.number
      warning.text = unread.line.text
      warning.message = unread.message
      return warning
    }
    return record
  }

  /// A line as findings show it.
  func line(_ line: SourceLine) -> ConfigLineRecord {
    var record = ConfigLineRecord()
    record.path = configuration.path
    record.line = line.number
    record.text = line.text
    return record
  }
}
