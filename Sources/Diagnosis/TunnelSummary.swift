import Bytes
import Tracking

/// One line for what many tunnels share.
struct TunnelSummary {
  /// "25 of 50 peers of 198.51.100.2 fail, 9 with the same cause: …"; nil for fewer than three pairs of ends.
  let sentence: String?

  init(_ findings: [Finding], _ scene: Scene) {
    var pairs: Set<AddressPair> = []
    for tunnel in scene.tunnels { pairs.insert(Self.pair(tunnel)) }
    var causes: [AddressPair: Cause] = [:]
    for finding in findings where finding.severity == .error {
      guard let tunnel = finding.tunnel, causes[Self.pair(tunnel)] == nil else { continue }
      causes[Self.pair(tunnel)] = finding.cause
    }
    guard pairs.count >= 3, !causes.isEmpty else {
      sentence = nil
      return
    }
    var common: Set<IPAddress>?
    for pair in pairs {
      common = (common ?? [pair.low, pair.high]).intersection([pair.low, pair.high])
    }
    let hub = common?.count == 1 ? common?.first : nil
    var text =
      "\(causes.count) of \(pairs.count) "
      + (hub.map { "peers of \($0) fail" } ?? "pairs of peers fail")
    let counts = Dictionary(grouping: causes.values, by: \.id).mapValues(\.count)
    let most = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
    if let most, most.value > 1, let cause = Catalogue.cause(most.key) {
      text += ", \(most.value) with the same cause: \(cause.title)"
    }
    sentence = text + "."
  }

  private static func pair(_ tunnel: TunnelFacts) -> AddressPair {
    AddressPair(tunnel.ike.firstInitiator.address, tunnel.ike.firstResponder.address)
  }
}
