import Bytes
import Keys
import Layers

/// ESP packets for which there are no keys yet: a responder may send through a child SA before the
/// message that completes its negotiation is seen.
struct WaitingPackets {
  /// One packet with what is needed of its datagram.
  struct Packet {
    var flow: SecurityFlowKey
    var bytes: [UInt8]
    var source: IPAddress
    var ports: (source: UInt16, destination: UInt16)
    var header: [UInt8]
    var sighting: Sighting
  }

  /// Most packets, and bytes of them, that are kept; older ones make room.
  static let packetsKept = 64
  static let bytesKept = 128 << 10
  /// A flow's keys come within its first packets, or it is not the flow that is waited for.
  static let packetsOfFlow = 32

  private(set) var packets: [Packet] = []
  private var bytes = 0

  mutating func keep(_ packet: Packet) {
    guard packet.bytes.count <= Self.bytesKept else { return }
    packets.append(packet)
    bytes += packet.bytes.count
    while packets.count > Self.packetsKept || bytes > Self.bytesKept {
      bytes -= packets.removeFirst().bytes.count
    }
  }

  /// Takes those of one flow out, in order.
  mutating func take(_ flow: SecurityFlowKey) -> [Packet] {
    let taken = packets.filter { $0.flow == flow }
    guard !taken.isEmpty else { return [] }
    packets.removeAll { $0.flow == flow }
    bytes -= taken.reduce(0) { $0 + $1.bytes.count }
    return taken
  }
}

extension Tracker {
  /// Keeps one of a flow's first packets where the keys of an IKE SA may give the flow's own.
  mutating func keepWaiting(
    _ packet: RawSpan, _ datagram: borrowing Datagram, _ flow: SecurityFlow,
    at sighting: Sighting
  ) {
    guard !keys.ikeSAs.isEmpty, flow.counters.packets <= WaitingPackets.packetsOfFlow,
      datagram.missing == 0, flow.nullLayout == nil
    else { return }
    waiting.keep(
      WaitingPackets.Packet(
        flow: flow.key, bytes: packet.copy(), source: datagram.source,
        ports: (datagram.sourcePort, datagram.destinationPort),
        header: packetOpened == nil ? [] : carrierHeaders[0], sighting: sighting))
  }

  /// Opens the packets that waited for a flow's keys.
  mutating func openWaiting(of flow: SecurityFlow) {
    guard flow.nullLayout == nil else { return }
    let header = carrierHeaders[0]
    defer { carrierHeaders[0] = header }
    for packet in waiting.take(flow.key) {
      let datagram = Datagram(
        source: packet.source, destination: flow.key.destination, ipProtocol: 50,
        sourcePort: packet.ports.source, destinationPort: packet.ports.destination,
        transport: .ip, payload: 0..<packet.bytes.count)
      carrierHeaders[0] = packet.header
      openESP(packet.bytes.rawSpan, datagram, flow, depth: 0, at: packet.sighting)
    }
  }
}
