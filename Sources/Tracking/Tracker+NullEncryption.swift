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
    guard var inspection = flow.inspection else { return }
    flow.inspection = nil
    inspection.detector.packetSeen(packet)
    switch inspection.detector.verdict {
    case .encrypted: flow.counters.inspects = false
    case .undecided:
      if inspection.waiting.count < 4, packet.byteCount <= 2048 {
        inspection.waiting.append((packet.copy(), sighting))
      }
      flow.inspection = inspection
    case .null(let layout):
      flow.nullLayout = layout
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
  var waiting: [(bytes: [UInt8], sighting: Sighting)] = []
}
