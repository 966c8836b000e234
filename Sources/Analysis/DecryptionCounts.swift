package import Tracking

/// How many packets and messages could be opened, and why others could not.
package struct DecryptionCounts: Hashable, Sendable {
  /// Encrypted packets that were opened.
  package var opened = 0
  /// Packets under SPIs for which there are no keys.
  package var withoutKeys = 0
  /// SPIs for which there are no keys.
  package var flowsWithoutKeys = 0
  /// Packets whose integrity value the keys given do not fit.
  package var notFitting = 0
  /// Packets of which the capture does not hold all bytes.
  package var cutShort = 0
  /// Packets with lengths or padding that make no sense, under keys that verify nothing.
  package var unreadable = 0
  /// Encrypted IKE messages that were opened, copies left out.
  package var messagesOpened = 0
  /// Encrypted IKE messages for which there are no keys.
  package var messagesWithoutKeys = 0
  /// Encrypted IKE messages that the keys given do not fit.
  package var messagesNotFitting = 0

  package init() {}

  /// Counts what a tracker holds at the end of a pass.
  package init(_ tracker: Tracker) {
    for flow in tracker.securityFlows where flow.key.ipProtocol == 50 && !flow.isNull {
      opened += flow.decrypted
      guard flow.hasKeys else {
        withoutKeys += flow.packets
        flowsWithoutKeys += 1
        continue
      }
      cutShort += flow.cutShort
      unreadable += flow.unreadable
      notFitting += max(0, flow.packets - flow.decrypted - flow.cutShort - flow.unreadable)
    }
    for tunnel in tracker.tunnels {
      for exchange in tunnel.exchanges { count(exchange.messages.span) }
    }
  }

  private mutating func count(_ messages: Span<SeenMessage>) {
    for index in messages.indices where messages[index].copyOf == nil {
      switch messages[index].opening {
      case .clear: break
      case .closed: messagesWithoutKeys += 1
      case .opened: messagesOpened += 1
      case .doesNotFit: messagesNotFitting += 1
      }
    }
  }

  /// What stayed closed, a sentence for each reason.
  package var reasons: [String] {
    let causes: [(Int, String)] = [
      (withoutKeys, "ESP packets under \(flowsWithoutKeys) SPIs without keys"),
      (notFitting, "ESP packets that the keys given do not fit"),
      (cutShort, "ESP packets that the capture does not hold whole"),
      (unreadable, "ESP packets with impossible lengths or padding"),
      (messagesWithoutKeys, "IKE messages without keys"),
      (messagesNotFitting, "IKE messages that the keys given do not fit"),
    ]
    return causes.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
  }
}
