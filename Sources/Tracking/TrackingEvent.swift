import Bytes
package import ISAKMP

/// Something that happened on the wire and changed what is known, messages left out.
package struct TrackingEvent {
  package enum Kind {
    /// A fragment of an IKE message that is not whole yet.
    case fragment(in: IKESA, label: String, from: Endpoint, to: Endpoint)
    /// An IKE SA reached a state.
    case stateChanged(IKESA)
    /// An IKE SA, by its ordinal, was forgotten to make room: no event will name it again.
    case forgotten(tunnel: Int)
    /// A child SA reached a state.
    case childChanged(ChildSA)
    /// The first packet of an ESP or AH flow.
    case securityFlowStarted(SecurityFlow)
    /// Sequence numbers of an ESP or AH flow were passed over.
    case gap(SecurityFlow, skipped: UInt32)
    /// The first NAT keepalive between two ends.
    case keepalive(IKESA?, from: Endpoint, to: Endpoint)
    /// The first packet of an inner or clear flow.
    case innerFlowStarted(InnerFlow)
    /// An ICMP error that speaks of an IKE SA.
    case icmpError(SeenICMPError, in: IKESA)
  }

  package var sighting: Sighting
  package var kind: Kind
}

/// Who is told of events, in the order of the wire.
package protocol TrackerObserver: AnyObject {
  /// An IKE message came; the payloads in clear and those that were opened are lent for the call.
  ///
  /// Messages are lent, unlike events: there are many, and each names several objects, which a copy
  /// would have to count.
  func trackerSaw(
    _ message: borrowing SeenMessage, of exchange: Exchange, in sa: IKESA, payloads: [Payload],
    opened: [Payload])
  /// Something else happened.
  func trackerSaw(_ event: TrackingEvent)
}
