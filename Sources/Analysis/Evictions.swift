import Layers
import Tracking

/// What limits made the analysis forget: a sentence each with the count, what that costs, and the
/// option that sets the limit; nothing where no limit was reached.
func evictionSentences(
  _ tracker: TrackerEvictions, _ layers: LayerStatistics
) -> [String] {
  let counted: [(Int, String)] = [
    (
      tracker.halfOpenTunnels,
      "attempts at a tunnel that nobody answered, or of which one end was heard, were forgotten,"
        + " the oldest first: nothing is said of them (--max-half-open)"
    ),
    (
      tracker.tunnels,
      "answered tunnels were forgotten, those that never came up and the oldest first: nothing is"
        + " said of them, and their ESP appears without IKE (--max-tunnels)"
    ),
    (
      tracker.messages,
      "IKE messages were counted and not kept: causes that only they show are not found, and their"
        + " repetitions are not recognised (--max-messages)"
    ),
    (
      tracker.exchanges,
      "exchanges of long tunnels, between the first and the last, were counted and not kept: what"
        + " went wrong in them is not found (--max-exchanges)"
    ),
    (
      tracker.children,
      "child SAs of tunnels with very many, between the first and the last, are not shown each:"
        + " what went wrong with them is not found (--max-children)"
    ),
    (
      tracker.flowsOfChildren,
      "ESP or AH flows of tunnels with very many child SAs, between the first and the last, are not"
        + " shown each (--max-children)"
    ),
    (
      tracker.securityFlows,
      "ESP or AH flows were forgotten, the lightest first: their packets are only in the capture's"
        + " counts, and what comes of them later is counted anew (--max-security-flows)"
    ),
    (
      tracker.pairs,
      "pairs of hosts with ESP or AH and without IKE are not shown each, the busiest are"
        + " (--max-pairs)"
    ),
    (
      tracker.innerFlows,
      "inner or clear flows were forgotten, the lightest first: the configuration is not asked about"
        + " them (--max-flows)"
    ),
    (
      tracker.fragmentGroups,
      "fragmented IKE messages were given up for want of room: they count as never completed"
    ),
    (
      tracker.keys,
      "keys of one direction of a child SA, derived from others, were let go of with child SAs that"
        + " are not shown each (--max-children, --max-tunnels)"
    ),
    (
      layers.evictedDatagrams,
      "fragmented IP datagrams were given up for want of room: what they held is not seen"
    ),
    (
      layers.evictedStreams,
      "TCP streams were given up for want of room: IKE and ESP in them is not seen"
    ),
  ]
  return counted.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
}
