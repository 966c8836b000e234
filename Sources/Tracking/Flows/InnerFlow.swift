package import Bytes

/// What tells one inner or clear flow from another.
package struct InnerFlowKey: Hashable, Sendable {
  package var source: IPAddress
  package var destination: IPAddress
  /// IP protocol number.
  package var ipProtocol: UInt8
  /// 0 where the protocol has no ports.
  package var sourcePort: UInt16
  package var destinationPort: UInt16
  /// Ordinal of the ESP or AH flow that carried it; -1 for a flow seen in clear.
  package var carrier: Int
}

extension InnerFlowKey: TableKey {
  @inline(__always)
  package static func == (left: InnerFlowKey, right: InnerFlowKey) -> Bool {
    left.sourcePort == right.sourcePort && left.destinationPort == right.destinationPort
      && left.source == right.source && left.destination == right.destination
      && left.ipProtocol == right.ipProtocol && left.carrier == right.carrier
  }

  @inline(__always)
  func mixed(with seed: UInt64) -> UInt64 {
    var value = avalanche(source.low ^ seed)
    value = avalanche(value ^ destination.low)
    value ^= source.high &+ destination.high &* 3
    value ^= UInt64(ipProtocol) << 32 | UInt64(sourcePort) << 16 | UInt64(destinationPort)
    return avalanche(value &+ UInt64(bitPattern: Int64(carrier)) << 40)
  }
}

/// How a flow's packets could be read.
package enum Visibility: Hashable, Sendable {
  /// Opened with a key.
  case decrypted
  /// Inside AH or ESP-NULL: readable, and protected against change.
  case authenticated
  /// Not protected at all.
  case clear
}

/// A flow of packets between two hosts: inside a child SA, or in clear.
package final class InnerFlow {
  /// Position in the order of first packets, from 0.
  package let ordinal: Int
  package let key: InnerFlowKey
  package let visibility: Visibility
  package let first: Sighting
  package var last: Sighting { tally.last }
  package var packets: Int { tally.packets }
  /// Bytes of whole IP packets.
  package var bytes: Int { tally.bytes }
  /// The largest IP packet, in bytes.
  package var largest: Int { tally.largest }
  /// What every packet changes: one value, changed in one access.
  private var tally: Tally

  private struct Tally {
    var last: Sighting
    var packets = 0
    var bytes = 0
    var largest = 0
  }

  /// The ESP or AH flow that carried it; nil for a flow seen in clear.
  package let carrier: SecurityFlow?

  init(
    ordinal: Int, key: InnerFlowKey, visibility: Visibility, carrier: SecurityFlow?,
    at sighting: Sighting
  ) {
    self.ordinal = ordinal
    self.key = key
    self.visibility = visibility
    self.carrier = carrier
    first = sighting
    tally = Tally(last: sighting)
  }

  func packetArrived(bytes count: Int, at sighting: Sighting) {
    var tally = tally
    tally.packets &+= 1
    tally.bytes &+= count
    tally.largest = max(tally.largest, count)
    tally.last = sighting
    self.tally = tally
  }

  /// Takes over packets that came since.
  func take(_ run: InnerRun) {
    tally.packets &+= run.packets
    tally.bytes &+= run.bytes
    tally.largest = max(tally.largest, run.largest)
    tally.last = run.last
  }
}

extension InnerFlow: TableEntry {
  /// What was opened outweighs what passed by in clear.
  var evictionWeight: Int { packets + (visibility == .clear ? 0 : preciousWeight) }
}
