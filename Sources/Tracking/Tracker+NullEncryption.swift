import Bytes
import ESP
import Layers

extension Tracker {
  /// Looks whether a flow without keys is encrypted at all (RFC 5879), and follows what is inside
  /// when it is not.
  ///
  /// Packets that came before the verdict wait, a few of them, so that they are counted as well.
  mutating func inspectNull(
    _ packet: RawSpan, _ datagram: borrowing Datagram, _ flow: SecurityFlow, depth: Int,
    at sighting: Sighting
  ) {
    if let layout = flow.nullLayout {
      follow(packet, layout, datagram, flow, depth: depth, at: sighting)
      return
    }
    guard datagram.missing == 0 else { return }
    guard case .undecided(var inspection) = flow.examination else { return }
    flow.examination = .none
    inspection.detector.packetSeen(packet)
    switch inspection.detector.verdict {
    case .encrypted: flow.counters.inspects = false
    case .undecided:
      if inspection.waiting.count < 4, packet.byteCount <= 2048 {
        inspection.wait(packet, room: nullWaitingRoom, at: sighting)
      }
      flow.examination = .undecided(inspection)
    case .null(let layout):
      flow.examination = .null(layout)
      flow.isNull = true
      let header = carrierHeaders[depth]
      carrierHeaders[depth] = []
      for (bytes, sighting) in inspection.waiting {
        follow(bytes.rawSpan, layout, datagram, flow, depth: depth, at: sighting)
      }
      carrierHeaders[depth] = header
      follow(packet, layout, datagram, flow, depth: depth, at: sighting)
    }
  }

  private mutating func follow(
    _ packet: RawSpan, _ layout: NullLayout, _ datagram: borrowing Datagram, _ flow: SecurityFlow,
    depth: Int, at sighting: Sighting
  ) {
    guard let inner = layout.inner(of: packet) else { return }
    innerArrived(
      packet.extracting(inner.payload), nextHeader: inner.nextHeader, .authenticated, datagram,
      flow, depth: depth, at: sighting)
  }
}

/// A flow under examination: what the detector has learned, and the packets that wait for it.
struct NullInspection {
  var detector = NullEncryptionDetector()
  private var kept: Kept?

  /// The packets that wait.
  var waiting: [(bytes: [UInt8], sighting: Sighting)] { kept?.packets ?? [] }

  /// Lets a packet wait, where all flows together leave room for it.
  mutating func wait(_ packet: RawSpan, room: WaitingRoom, at sighting: Sighting) {
    guard room.left >= packet.byteCount else { return }
    let kept = kept ?? Kept(room)
    room.left -= packet.byteCount
    kept.packets.append((packet.copy(), sighting))
    self.kept = kept
  }

  /// Bytes that packets of all flows may take while they wait.
  final class WaitingRoom {
    fileprivate(set) var left = 1 << 20
  }

  /// Packets, whose room is free again when nobody waits for them.
  private final class Kept {
    var packets: [(bytes: [UInt8], sighting: Sighting)] = []
    private let room: WaitingRoom

    init(_ room: WaitingRoom) { self.room = room }

    deinit { room.left += packets.reduce(0) { $0 + $1.bytes.count } }
  }
}
