import Crypto
import ISAKMP
import Keys
import Registries

extension Tracker {
  /// g^xy of the exchange that made a child with perfect forward secrecy: given for one of the
  /// child's SPIs, or computed from a private value, given for the child or for its IKE SA, that
  /// belongs to one of the exchange's two public values. Nil where nothing that was given serves.
  mutating func dhSecret(of exchange: Exchange, _ child: ChildSA, _ sa: IKESA) -> Secret? {
    let group = exchange.chosen?.group?.id
    for spi in [child.spiToInitiator, child.spiToResponder] {
      guard let spi else { continue }
      for given in keys.exchangeSecrets(spi: spi) {
        switch given.value {
        case .shared(let secret): return secret
        case .private(let own):
          if let secret = sharedSecret(own, group: group, exchange) { return secret }
        }
      }
    }
    for row in keys.ikeSAs(initiatorSPI: sa.initiatorSPI, responderSPI: sa.responderSPI) {
      let secret = sharedSecret(row[.dhPrivate], group: group ?? row.group, exchange)
      if let secret { return secret }
    }
    return nil
  }
}
