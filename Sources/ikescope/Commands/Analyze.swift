import Analysis
import ArgumentParser
import Capture
import Reporting
import Timeline

/// Reads captures and explains what happened.
struct Analyze: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyze",
    abstract: "Read capture files and explain what happened to each tunnel.",
    discussion: """
      ikescope analyze vpn.pcap
      ikescope analyze ring.pcap0 ring.pcap1 --filter 'host 192.0.2.1'
      ikescope analyze vpn.pcapng.gz --config asa.cfg --keys ike.json
      tcpdump -w - port 500 or port 4500 | ikescope analyze -
      ikescope analyze vpn.pcap --format ndjson | jq 'select(.record=="finding")'
      """)

  @Argument(
    help: ArgumentHelp(
      "Captures (pcap or pcapng, also in gzip), merged in time order; - is standard input.",
      valueName: "capture"))
  var captures: [String]

  @OptionGroup(title: "What is known beside the capture")
  var configuration: ConfigurationOptions

  @OptionGroup(title: "What is known beside the capture")
  var keys: KeyOptions

  @Option(
    help: ArgumentHelp(
      "Look only at frames that a libpcap filter matches.", valueName: "expression")
  )
  var filter: String?

  @OptionGroup(title: "Judgement")
  var judgement: JudgementOptions

  @OptionGroup(title: "Output")
  var report: ReportOptions

  func run() throws {
    let request = try AnalysisRequest(configuration, keys)
    let interruption = try Interruption()
    interruption.raiseOnSignals()
    let source = try openCaptures(captures, filter: filter, interruption: interruption)
    let target = try report.target()
    defer { target.abandon() }
    let sink = SeverityWatch(report.sink(target))
    let watched = WatchedSource(
      source, target: target, interruption: interruption,
      progress: report.showsProgress ? Progress() : nil)
    try Analyzer(options: request.options(judgement, report), sink: sink).run(watched)
    try target.finish()
    if let failure = watched.failure { throw failure }
    if interruption.isRaised { throw ExitCode(130) }
    if sink.reaches(judgement.failOn) { throw ExitCode(1) }
  }
}

extension ReportOptions {
  /// The report that was asked for, to be written to `target`.
  func sink(_ target: OutputTarget) -> any TimelineSink {
    switch format {
    case .text: TextReport(target: target, options: textOptions(target))
    case .json: JSONReport(target: target)
    case .ndjson: NDJSONReport(target: target)
    }
  }
}
