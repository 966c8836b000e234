import Bytes
import ISAKMP
import Registries

extension Tracker {
  /// Moves an exchange, its IKE SA and its children on after a message.
  mutating func advance(
    _ exchange: Exchange, after seen: SeenMessage, _ isOpened: Bool, _ sa: IKESA
  ) {
    switch exchange.version {
    case .v1: advanceV1(exchange, seen, sa)
    case .v2: advanceV2(exchange, seen, isOpened, sa)
    }
  }

  mutating func established(_ sa: IKESA, at sighting: Sighting) {
    guard sa.state == .negotiating || sa.state == .failed else { return }
    sa.state = .established
    sa.establishedAt = sa.establishedAt ?? sighting
  }

  mutating func established(_ child: ChildSA, at sighting: Sighting) {
    guard child.state == .negotiating || child.state == .refused else { return }
    child.state = .established
    child.last = sighting
    tell(.childChanged(child), at: sighting)
  }
}

extension Suite {
  /// The SPI of an ESP or AH proposal; nil where none of four bytes was sent.
  var childSPI: UInt32? {
    spi.count == 4 ? spi.reduce(0) { $0 << 8 | UInt32($1) } : nil
  }

  /// The SPI of an IKE proposal in CREATE_CHILD_SA; nil where none of eight bytes was sent.
  var ikeSPI: UInt64? {
    spi.count == 8 ? spi.reduce(0) { $0 << 8 | UInt64($1) } : nil
  }
}
