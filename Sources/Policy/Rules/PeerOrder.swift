/// Which of several peers an ASA tries: the active one first, the next after a failure, the first
/// again after the last (A-RD-01 to A-RD-03).
package struct ActivePeerOrder: Sendable {
  package let peers: [String]
  private var active = 0

  /// The peers in the order of `set peer`.
  package init(_ peers: [String]) {
    self.peers = peers
  }

  /// The peer tried next; nil without peers.
  package var next: String? { peers.isEmpty ? nil : peers[active] }

  /// The negotiation with it failed: the next peer's turn.
  package mutating func negotiationFailed() {
    if !peers.isEmpty { active = (active + 1) % peers.count }
  }

  /// The negotiation with it succeeded: it stays the active peer.
  package mutating func negotiationSucceeded() {}
}

/// Which of several peers IOS uses: the one last heard from, the next after a failure (I-LS-01,
/// I-LS-02).
package struct LastHeardPeerOrder: Sendable {
  package let peers: [String]
  private var current = 0

  /// The peers in the order of `set peer`.
  package init(_ peers: [String]) {
    self.peers = peers
  }

  /// The peer used next; nil without peers.
  package var next: String? { peers.isEmpty ? nil : peers[current] }

  /// The attempt with it failed: IKE tries the next.
  package mutating func attemptFailed() {
    if !peers.isEmpty { current = (current + 1) % peers.count }
  }

  /// Traffic or a request came from a peer: packets of the flow go there.
  package mutating func heard(from peer: String) {
    if let index = peers.firstIndex(of: peer) { current = index }
  }
}
