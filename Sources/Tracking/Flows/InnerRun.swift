import Bytes
import Layers

/// The packets of an inner or clear flow that came since its own counts were brought up to date.
///
/// Runs stand side by side in the tracker, a flow's at its place in the table of flows, so that a
/// packet touches no object.
@usableFromInline
struct InnerRun {
  /// What a packet in a common frame of the flow has; no hosts where it has none such.
  @usableFromInline let hosts: UInt64
  @usableFromInline let portsAndProtocol: UInt64
  @usableFromInline var packets = 0
  /// Bytes of whole IP packets.
  @usableFromInline var bytes = 0
  @usableFromInline var largest = 0
  @usableFromInline var last = Sighting(capture: 0, frame: 0, time: Timestamp(nanoseconds: 0))

  /// An empty run of the flow with this key.
  init(of key: InnerFlowKey) {
    if let words = InnerRun.words(of: key) {
      (hosts, portsAndProtocol) = words
    } else {
      (hosts, portsAndProtocol) = (0, .max)
    }
  }

  /// Hosts, ports and protocol of a clear flow between two IPv4 hosts, as a common frame has them.
  static func words(of key: InnerFlowKey) -> (UInt64, UInt64)? {
    guard key.carrier == -1, !key.source.isIPv6, !key.destination.isIPv6 else { return nil }
    let ports = FlowRun.ports(key.sourcePort, key.destinationPort)
    return (key.source.low << 32 | key.destination.low, UInt64(ports) << 8 | UInt64(key.ipProtocol))
  }

  /// True for the flow of a packet in a common frame.
  @inlinable @inline(__always)
  func isOf(_ hosts: UInt64, _ portsAndProtocol: UInt64) -> Bool {
    hosts == self.hosts && portsAndProtocol == self.portsAndProtocol
  }

  /// Counts one more packet.
  @inlinable @inline(__always)
  mutating func packetArrived(bytes count: Int, at sighting: Sighting) {
    packets &+= 1
    bytes &+= count
    if count > largest { largest = count }
    last = sighting
  }

  /// Its packets are counted by the flow now.
  mutating func clear() {
    packets = 0
    bytes = 0
    largest = 0
  }
}
