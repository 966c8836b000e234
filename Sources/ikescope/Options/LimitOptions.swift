import ArgumentParser
import Tracking

/// How much is remembered: what traffic can fill has a limit, and what a limit costs is said in the
/// report when it bites.
struct LimitOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Answered tunnels remembered (about 10 kB each); the oldest go first, and their ESP is then shown without them.",
      valueName: "count"))
  var maxTunnels = TrackerLimits().tunnels

  @Option(
    help: ArgumentHelp(
      "Unanswered attempts remembered (about 4 kB each); the oldest go first.", valueName: "count"))
  var maxHalfOpen = TrackerLimits().halfOpen

  @Option(
    help: ArgumentHelp(
      "IKE messages remembered (about 600 bytes each); later ones are counted, and repetitions of them are not recognised.",
      valueName: "count"))
  var maxMessages = TrackerLimits().messages

  @Option(
    help: ArgumentHelp(
      "ESP and AH flows remembered (about 1 kB each); the lightest go first, and begin anew when they are seen again.",
      valueName: "count"))
  var maxSecurityFlows = TrackerLimits().securityFlows

  @Option(
    help: ArgumentHelp(
      "Pairs of hosts without IKE whose ESP is shown each (about 3 kB each); the busiest are.",
      valueName: "count"))
  var maxPairs = TrackerLimits().pairs

  @Option(
    help: ArgumentHelp(
      "Inner and clear flows remembered (about 300 bytes each); the lightest go first.",
      valueName: "count"))
  var maxFlows = TrackerLimits().innerFlows

  func validate() throws {
    let counts = [
      maxTunnels, maxHalfOpen, maxMessages, maxSecurityFlows, maxPairs, maxFlows,
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
    limits.securityFlows = maxSecurityFlows
    limits.pairs = maxPairs
    limits.innerFlows = maxFlows
  }
}
