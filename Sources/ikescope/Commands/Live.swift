import Analysis
import ArgumentParser
import Capture
import Reporting
import Timeline

/// Captures from an interface and explains what happens while it does.
struct Live: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "live",
    abstract: "Capture from an interface and explain what happens, while it happens.",
    discussion: """
      ikescope live --interface eth0
      ikescope live --interface any --format ndjson | jq .
      ikescope live --interface eth0 --write vpn.pcap --ring 12 --ring-size 100

      Ctrl-C ends it with the whole report and a complete capture file. Started as root, it \
      opens the interface and its files and goes on as --user.
      """)

  @Option(help: ArgumentHelp("The interface; any is all of them.", valueName: "name"))
  var interface: String

  @Option(
    help: ArgumentHelp(
      "A libpcap filter; IKE, NAT-T, ESP, AH, IP fragments and ICMP errors by default, tagged or not.",
      valueName: "expression"))
  var filter: String?

  @Option(help: ArgumentHelp("Write the frames to a capture file too.", valueName: "file"))
  var write: String?

  @Option(help: ArgumentHelp("Write to that many files in turn.", valueName: "count"))
  var ring: Int?

  @Option(help: ArgumentHelp("Size of each of them.", valueName: "megabytes"))
  var ringSize: Int?

  @Option(help: ArgumentHelp("End by itself after that time.", valueName: "seconds"))
  var duration: Double?

  @Option(help: ArgumentHelp("Whom to become when started as root.", valueName: "name"))
  var user = "nobody"

  @OptionGroup(title: "What is known beside the capture")
  var configuration: ConfigurationOptions

  @OptionGroup(title: "What is known beside the capture")
  var keys: KeyOptions

  @OptionGroup(title: "Judgement")
  var judgement: JudgementOptions

  @OptionGroup(title: "Output")
  var report: ReportOptions

  func validate() throws {
    guard report.format != .json else {
      throw ValidationError("live writes text or ndjson: a document has an end")
    }
    guard (ring == nil) == (ringSize == nil), ring == nil || write != nil else {
      throw ValidationError("--ring and --ring-size belong together, and to --write")
    }
    guard (1...RingWriter.largestCount).contains(ring ?? 1), (1...1_000_000).contains(ringSize ?? 1)
    else {
      throw ValidationError("a ring has 1 to \(RingWriter.largestCount) files of 1 to 1000000 MB")
    }
    guard duration.map({ $0 > 0 && $0 <= 1e9 }) ?? true else {
      throw ValidationError("--duration is a number of seconds above 0")
    }
  }

  func run() throws {
    let request = try AnalysisRequest(configuration, keys)
    let interruption = try Interruption()
    interruption.raiseOnSignals()
    var reading = LiveOptions()
    reading.duration = duration.map { Int64($0 * 1e9) }
    let source = try LiveSource(
      interface: interface, filter: filter, options: reading, interruption: interruption)
    let writer = try writer(source.linkType)
    let target = try report.target(appearsWhole: false)
    try dropPrivileges(to: user)
    let sink = SeverityWatch(sink(target))
    let watched = WatchedSource(
      source, target: target, interruption: interruption, writer: writer,
      tell: { sink.event(EventRecord($0)) })
    var options = request.options(judgement, report)
    options.diagnosesMeanwhile = true
    try Analyzer(options: options, sink: sink).run(watched)
    try target.finish()
    if watched.failure == nil { try writer?.close() }
    if let failure = watched.failure { throw failure }
    if interruption.isRaised { throw ExitCode(130) }
    if sink.reaches(judgement.failOn) { throw ExitCode(1) }
  }

  private func writer(_ linkType: LinkType) throws(CaptureError) -> (any FrameWriter)? {
    guard let write else { return nil }
    if let ring, let ringSize {
      return try RingWriter(path: write, count: ring, megabytes: ringSize, linkType: linkType)
    }
    return try PcapWriter(path: write, linkType: linkType, mode: .direct)
  }

  private func sink(_ target: OutputTarget) -> any TimelineSink {
    switch report.format {
    case .text, .json: LiveStatus(target: target, options: report.textOptions(target))
    case .ndjson: NDJSONReport(target: target, flushesEachLine: true)
    }
  }
}

extension EventRecord {
  /// What happened to the capture itself.
  fileprivate init(_ notice: CaptureNotice) {
    self.init()
    time = Moment(notice.time)
    kind =
      switch notice.kind {
      case .interfaceDown: .interfaceDown
      case .interfaceUp: .interfaceUp
      case .interfaceGone: .interfaceGone
      case .framesDropped: .framesDropped
      }
    summary = notice.text
  }
}
