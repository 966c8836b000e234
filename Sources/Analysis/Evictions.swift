import Layers
import Tracking

/// What limits made the analysis forget, a sentence each; nothing where no limit was reached.
func evictionSentences(
  _ tracker: TrackerEvictions, _ layers: LayerStatistics
) -> [String] {
  let counted: [(Int, String)] = [
    (
      tracker.halfOpenTunnels,
      "attempts at a tunnel that nobody answered were forgotten (--max-half-open)"
    ),
    (tracker.tunnels, "answered tunnels were forgotten (--max-tunnels)"),
    (tracker.messages, "IKE messages were counted and not kept (--max-messages)"),
    (tracker.securityFlows, "ESP or AH flows were forgotten (--max-security-flows)"),
    (
      tracker.pairs,
      "pairs of hosts with ESP or AH and without IKE are not shown each, the busiest are"
        + " (--max-pairs)"
    ),
    (tracker.innerFlows, "inner or clear flows were forgotten (--max-flows)"),
    (tracker.fragmentGroups, "fragmented IKE messages were given up for want of room"),
    (layers.evictedDatagrams, "fragmented IP datagrams were given up for want of room"),
    (layers.evictedStreams, "TCP streams were given up for want of room"),
  ]
  return counted.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
}
