package import Crypto

/// What was given of the Diffie-Hellman exchange that made one child SA with perfect forward
/// secrecy: without it neither SKEYID_d nor SK_d gives the child's keys (RFC 2409 §5.5, RFC 7296
/// §2.17).
package struct ExchangeSecret: Hashable, Sendable {
  package enum Value: Hashable, Sendable {
    /// g^xy, the shared secret.
    case shared(Secret)
    /// x or y, the private value of either end.
    case `private`(Secret)
  }

  /// SPI of the child, of either direction.
  package var spi: UInt32
  package var value: Value
  package var origin: KeyOrigin

  package init(spi: UInt32, _ value: Value, origin: KeyOrigin) {
    self.spi = spi
    self.value = value
    self.origin = origin
  }
}
