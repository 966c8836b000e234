/// What an event tells of; the raw value is the word in reports.
@usableFromInline
package enum EventKind: String, Hashable, Sendable {
  /// An IKE message.
  case message = "ike.message"
  /// A fragment of an IKE message that is not whole yet.
  case fragment = "ike.fragment"
  /// An IKE SA reached a state.
  case ikeState = "ike.state"
  /// A child SA reached a state.
  case childState = "child.state"
  /// The first packet of an ESP or AH flow.
  case firstPacket = "esp.first"
  /// Sequence numbers that were passed over.
  case gap = "esp.gap"
  /// The first NAT keepalive.
  case keepalive
  /// The first packet of an inner flow.
  case firstOfFlow = "flow.first"
  /// An ICMP error that speaks of a tunnel.
  case icmp
  /// A finding, told while packets come.
  case finding
  /// A finding that later packets refute.
  case findingWithdrawn = "finding.withdrawn"
  /// Something about the analysis itself.
  case note
  /// A live interface went down.
  case interfaceDown = "interface.down"
  /// A live interface came up again.
  case interfaceUp = "interface.up"
  /// A live interface is gone.
  case interfaceGone = "interface.gone"
  /// Frames that the kernel had no room for.
  case framesDropped = "frames.dropped"
}
