/// How much the tracker may remember: every table that traffic can fill has a limit here.
///
/// When a limit bites, what matters least goes first (attempts that never got an answer, flows of
/// a single packet) and the number of things forgotten is reported. The defaults hold the worst of
/// each flood in 64 MB: a tunnel takes about 3 kB, an attempt 1.5 kB, an ESP flow 480 bytes.
package struct TrackerLimits: Sendable {
  /// IKE SAs of which both ends were heard.
  package var tunnels = 10_000
  /// Attempts that nobody has answered, and SAs of which only one end was heard.
  package var halfOpen = 2_000
  /// Messages remembered of one exchange; later ones are counted.
  package var messagesPerTunnel = 2_000
  /// Messages remembered over all tunnels.
  package var messages = 100_000
  /// Exchanges remembered of one tunnel; of more, the first and the last.
  package var exchangesPerTunnel = 512
  /// Child SAs remembered of one tunnel; of more, the first quarter and the last three.
  package var childrenPerTunnel = 1_024
  /// ESP and AH flows.
  package var securityFlows = 20_000
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
  /// Attempts at a tunnel that nobody had answered, or of which one end was heard.
  package var halfOpenTunnels = 0
  /// Tunnels of which both ends had been heard.
  package var tunnels = 0
  /// Messages that were counted and not kept.
  package var messages = 0
  /// Exchanges between the first and the last of their tunnel.
  package var exchanges = 0
  /// Child SAs between the first and the last of their tunnel.
  package var children = 0
  /// ESP and AH flows between the first and the last of their tunnel.
  package var flowsOfChildren = 0
  /// ESP and AH flows.
  package var securityFlows = 0
  /// Inner and clear flows.
  package var innerFlows = 0
  /// Pairs of hosts with ESP or AH and without IKE that are not shown each.
  package var pairs = 0
  /// Derived keys of single directions of child SAs, gone with the child SAs they were for.
  package var keys = 0
  /// IKE messages given up before all fragments had come, for want of room.
  package var fragmentGroups = 0

  package init() {}
}
