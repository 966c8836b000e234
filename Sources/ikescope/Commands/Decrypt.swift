import Analysis
import ArgumentParser
import Capture
import Keys
import Reporting
import Timeline

/// Writes what was inside a capture's tunnels to a capture of its own.
struct Decrypt: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decrypt",
    abstract: "Write the inner packets, and the opened IKE messages, to a capture.",
    discussion: """
      ikescope decrypt vpn.pcap --keys ike.json --output clear.pcapng
      ikescope decrypt vpn.pcap --keys esp.txt --format pcap --output - | tshark -r -

      Frames are IP packets (link type raw) with the times of those that carried them. In \
      pcapng each has a comment that names its child SA and the frame it came in, and IKE \
      messages stand among them as if they had been sent in clear, passwords masked. The \
      output holds what was meant to be secret: it is its owner's alone.
      """)

  @Argument(
    help: ArgumentHelp("Captures; - is standard input.", valueName: "capture"))
  var captures: [String]

  @OptionGroup(title: "What is known beside the capture")
  var keys: KeyOptions

  @OptionGroup(title: "What is known beside the capture")
  var configuration: ConfigurationOptions

  @Option(
    help: ArgumentHelp(
      "Look only at frames that a libpcap filter matches.", valueName: "expression")
  )
  var filter: String?

  @Option(
    help: ArgumentHelp(
      "The capture to write; it appears whole or not at all; - is standard output.",
      valueName: "file"))
  var output: String

  @Option(help: "pcapng has IKE messages and comments, pcap the inner packets alone.")
  var format: ClearFormat = .pcapng

  @Flag(help: "Leave passwords in the IKE messages as they were sent.")
  var showKeys = false

  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false

  func validate() throws {
    guard !keys.keys.isEmpty || !configuration.configurations.isEmpty else {
      throw ValidationError("give keys (--keys), or a configuration that holds keys (--config)")
    }
  }

  func run() throws {
    let request = try AnalysisRequest(configuration, keys)
    let interruption = try Interruption()
    interruption.raiseOnSignals()
    let source = try openCaptures(captures, filter: filter, interruption: interruption)
    let clear = try ClearWriter(path: output, format: format)
    var options = AnalysisOptions()
    options.keys = request.keys
    options.jobs = request.jobs
    options.showsSecrets = showKeys
    options.opened = { clear.write($0) }
    options.shouldStop = { interruption.isRaised || clear.failure != nil }
    let analyzer = Analyzer(options: options, sink: Nowhere())
    try analyzer.run(source)
    if let failure = clear.failure { throw failure }
    guard clear.packets + clear.messages > 0 else {
      if !quiet { tell(analyzer.decryption) }
      throw CommandFailure(
        message: "nothing in \(captures.joined(separator: ", ")) could be opened with these keys",
        exitCode: 65)
    }
    try clear.close()
    if !quiet {
      Terminal.say(
        "wrote \(clear.packets) inner packets and \(clear.messages) IKE messages")
      var counts = analyzer.decryption
      counts.messagesNotFitting -= min(clear.unverified, counts.messagesNotFitting)
      if clear.unverified > 0 {
        Terminal.say(
          "of the IKE messages \(clear.unverified) do not verify, as their comments say")
      }
      tell(counts)
    }
    if interruption.isRaised { throw ExitCode(130) }
  }

  /// Says what stayed closed, and why.
  private func tell(_ counts: DecryptionCounts) {
    for reason in counts.reasons { Terminal.say("left out \(reason)") }
  }
}

/// A format that clear packets are written in.
enum ClearFormat: String, ExpressibleByArgument, CaseIterable {
  case pcapng, pcap
}

/// Writes packets without their protection as they come.
private final class ClearWriter {
  /// What was written.
  private(set) var packets = 0
  private(set) var messages = 0
  /// Of the messages, those whose integrity value does not fit.
  private(set) var unverified = 0
  /// The first failure, after which nothing is written any more.
  private(set) var failure: CaptureError?

  private let pcapng: PcapngWriter?
  private let pcap: PcapWriter?

  init(path: String, format: ClearFormat) throws(CaptureError) {
    switch format {
    case .pcapng:
      let application = "\(Generator.name) \(Generator.version)"
      pcapng = try PcapngWriter(path: path, application: application, mode: .atomic)
      pcap = nil
    case .pcap:
      pcapng = nil
      pcap = try PcapWriter(path: path, linkType: .raw, mode: .atomic)
    }
  }

  func write(_ packet: ClearPacket) {
    guard failure == nil, packet.kind == .inner || pcapng != nil else { return }
    do throws(CaptureError) {
      try pcapng?.write(
        packet.bytes[...], time: packet.time, linkType: .raw, comment: packet.comment)
      let frame = Frame(made: packet.bytes.indices, time: packet.time, linkType: .raw)
      try pcap?.write(frame, of: packet.bytes)
      if packet.kind == .inner { packets += 1 } else { messages += 1 }
      if !packet.isVerified { unverified += 1 }
    } catch {
      failure = error
    }
  }

  func close() throws(CaptureError) {
    try pcapng?.close()
    try pcap?.close()
  }
}
