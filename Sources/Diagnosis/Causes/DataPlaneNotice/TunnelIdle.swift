import Bytes
import Tracking

extension Cause {
  /// Everything is up, and there is no traffic.
  static let tunnelIdle = Cause(
    id: "tunnel_idle", family: .dataPlaneNotice, severity: .info,
    title: "The tunnel is up and idle",
    meaning: "Both phases are done and no ESP was seen: nothing matches, or nobody sends.",
    shows: "IKE, keepalives, and not one packet of ESP.",
    remedy: Remedy("Nothing to mend; send traffic that the crypto ACL covers to test."),
    lookAlikes: ["esp_one_way"], rule: .tunnel(find))
}

private func find(_ tunnel: TunnelFacts, _ scene: Scene) -> Answer? {
  guard tunnel.isEstablished, let since = tunnel.ike.establishedAt,
    tunnel.ike.children.contains(where: { $0.state == .established }),
    scene.now.since(since.time) > 30_000_000_000, scene.traffic(of: tunnel) == nil,
    tunnel.ike.deletedAt == nil
  else { return nil }
  return Answer(
    .likely,
    "The tunnel has been up since \(scene.frame(since)), and no ESP was seen in "
      + "\(seconds(scene.now.since(since.time))).",
    side: .both, evidence: [Evidence(since, "established")])
}
