import ArgumentParser
import Tracking

/// How much is remembered: what traffic can fill has a limit, and what a limit costs is said in the
/// report when it bites.
struct LimitOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Answered tunnels remembered (about 3 kB each). Those that never came up and the oldest go first; their ESP is then shown without IKE.",
      valueName: "count"))
  var maxTunnels = TrackerLimits().tunnels

  @Option(
    help: ArgumentHelp(
      "Attempts remembered of which only one end was heard (about 1.5 kB each). Those seen once and the oldest go first.",
      valueName: "count"))
  var maxHalfOpen = TrackerLimits().halfOpen

  @Option(
    help: ArgumentHelp(
      "IKE messages remembered (about 200 bytes each). Later ones are counted: causes that only they show are not found, and repetitions of them are not recognised.",
      valueName: "count"))
  var maxMessages = TrackerLimits().messages

  @Option(
    help: ArgumentHelp(
      "Exchanges remembered of one tunnel (about 300 bytes each). Those between the first and the last are counted.",
      valueName: "count"))
  var maxExchanges = TrackerLimits().exchangesPerTunnel

  @Option(
    help: ArgumentHelp(
      "Child SAs shown of one tunnel (about 400 bytes each). Those between the first and the last are counted.",
      valueName: "count"))
  var maxChildren = TrackerLimits().childrenPerTunnel

  @Option(
    help: ArgumentHelp(
      "ESP and AH flows remembered (about 480 bytes each). The lightest go first, and begin anew when they are seen again.",
      valueName: "count"))
  var maxSecurityFlows = TrackerLimits().securityFlows

  @Option(
    help: ArgumentHelp(
      "Pairs of hosts without IKE whose ESP is shown each (about 3 kB each). The busiest are.",
      valueName: "count"))
  var maxPairs = TrackerLimits().pairs

  @Option(
    help: ArgumentHelp(
      "Inner and clear flows remembered (about 300 bytes each). The lightest go first.",
      valueName: "count"))
  var maxFlows = TrackerLimits().innerFlows

  func validate() throws {
    let counts = [
      maxTunnels, maxHalfOpen, maxMessages, maxExchanges, maxChildren, maxSecurityFlows, maxPairs,
      maxFlows,
    ]
    guard counts.allSatisfy({ (1...100_000_000).contains($0) }) else {
      throw ValidationError("the --max options are numbers from 1 to 100000000")
    }
  }

  /// Sets the limits of an analysis.
  func apply(to limits: inout TrackerLimits) {
    limits.tunnels = maxTunnels
    limits.halfOpen = maxHalfOpen
    limits.messages = maxMessages
    limits.exchangesPerTunnel = maxExchanges
    limits.childrenPerTunnel = maxChildren
    limits.securityFlows = maxSecurityFlows
    limits.pairs = maxPairs
    limits.innerFlows = maxFlows
  }
}
