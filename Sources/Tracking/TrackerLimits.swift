/// How much the tracker may remember: every table that traffic can fill has a limit here.
///
/// When a limit bites, what matters least goes first (attempts that never got an answer, flows of
/// a single packet) and the number of things forgotten is reported.
package struct TrackerLimits: Sendable {
  /// IKE SAs and attempts at one.
  package var tunnels = 2_500
  /// Of these, attempts that nobody has answered.
  package var halfOpen = 2_000
  /// Messages remembered of one tunnel; later ones are counted.
  package var messagesPerTunnel = 2_000
  /// Messages remembered over all tunnels.
  package var messages = 50_000
  /// ESP and AH flows.
  package var securityFlows = 10_000
  /// Pairs of hosts without IKE whose flows are shown each; of further ones only the number is said.
  package var pairs = 2_000
  /// Inner and clear flows.
  package var innerFlows = 50_000
  /// IKE messages that wait for fragments, over all tunnels.
  package var fragmentGroups = 256
  /// Bytes of IKE fragments that wait for their siblings, over all tunnels.
  package var fragmentBytes = 4 << 20
  /// ESP packets whose sequence numbers lie this far behind the highest are outside the replay
  /// window (RFC 4303 §3.4.3; Cisco's default is 64).
  package var replayWindow = 64

  package init() {}
}

/// What limits made the tracker forget.
package struct TrackerEvictions: Hashable, Sendable {
  /// Attempts at a tunnel that nobody had answered.
  package var halfOpenTunnels = 0
  /// Tunnels that had been answered.
  package var tunnels = 0
  /// Messages that were counted and not kept.
  package var messages = 0
  /// ESP and AH flows.
  package var securityFlows = 0
  /// Inner and clear flows.
  package var innerFlows = 0
  /// Pairs of hosts with ESP or AH and without IKE that are not shown each.
  package var pairs = 0
  /// IKE messages given up before all fragments had come, for want of room.
  package var fragmentGroups = 0

  package init() {}
}
