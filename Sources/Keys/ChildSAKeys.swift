package import Bytes
package import Crypto

/// ESP or AH.
package enum ChildProtocol: String, Sendable {
  case esp
  case ah

  /// The protocol's number in IKE proposals and in IKEv1's KEYMAT (RFC 2407 §4.4.1).
  package var securityProtocolID: UInt8 {
    switch self {
    case .ah: 2
    case .esp: 3
    }
  }
}

/// Tunnel or transport mode.
package enum ChildMode: String, Sendable {
  case tunnel
  case transport
}

/// The keys and algorithms of one direction of a child SA.
package struct ChildSAKeys: Hashable, Sendable {
  package var `protocol`: ChildProtocol
  package var spi: SPIPattern
  /// Who sends; nil fits any.
  package var source: AddressPattern?
  /// Who receives, and chose the SPI; nil fits any.
  package var destination: AddressPattern?
  package var mode: ChildMode?
  /// Cipher by identifier; nil for AH.
  package var encryption: String?
  /// Without the salt.
  package var encryptionKey: Secret
  package var salt: Secret
  /// Integrity transform by identifier; nil for none and for AEAD.
  package var integrity: String?
  package var integrityKey: Secret
  /// Extended sequence numbers; nil where the form does not tell.
  package var esn: Bool?
  /// SPI of the IKE SA it belongs to, where the form tells.
  package var ikeInitiatorSPI: UInt64?
  package var origin: KeyOrigin

  package init(_ protocol: ChildProtocol, spi: SPIPattern, origin: KeyOrigin) {
    self.protocol = `protocol`
    self.spi = spi
    self.origin = origin
    encryptionKey = Secret([])
    salt = Secret([])
    integrityKey = Secret([])
  }

  /// True when a packet of that SPI between those addresses can belong to this SA.
  package func matches(
    _ protocol: ChildProtocol, spi: UInt32, source: IPAddress, destination: IPAddress
  ) -> Bool {
    self.protocol == `protocol` && self.spi.matches(spi)
      && self.source?.matches(source) ?? true && self.destination?.matches(destination) ?? true
  }
}
