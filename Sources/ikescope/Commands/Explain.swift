import Analysis
import ArgumentParser
import CiscoConfig
import Policy
import Reporting
import Timeline

/// Asks a configuration a question, without any capture.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Tell which crypto map entry and ACE a flow would hit, or what a cause means.",
    discussion: """
      ikescope explain --config asa.cfg --flow 'tcp 10.0.0.5:1025 > 10.1.1.9:443'
      ikescope explain --config asa.cfg --flow 'icmp 10.0.0.5 > 10.1.1.9' \\
        --interface outside --direction in-clear
      ikescope explain --config ios.cfg --query questions.json --format json
      ikescope explain --cause psk_mismatch
      ikescope explain --cause list
      """)

  @Option(
    help: ArgumentHelp("The Cisco ASA or IOS configuration that is asked.", valueName: "file"))
  var config: String?

  @Option(
    help: ArgumentHelp(
      "Tell what a cause means, how it shows and what to do; list names them all.",
      valueName: "cause"))
  var cause: String?

  @Option(help: "The configuration's language, where it is not recognised.")
  var dialect: DialectChoice?

  @Option(
    help: ArgumentHelp(
      "A packet: protocol, source, >, destination; ports behind colons.", valueName: "flow"))
  var flow: String?

  @Option(
    help: ArgumentHelp(
      "The interface it leaves or enters by; the routes tell where none is given.",
      valueName: "name"))
  var interface: String?

  @Option(help: "On its way out, come in clear, or come in by an SA.")
  var direction: FlowDirection = .out

  @Option(
    help: ArgumentHelp(
      "Questions as JSON, one object or an array: flows, phase 1 offers, quick mode or child SA requests, a certificate for a tunnel group; - is standard input.",
      valueName: "file"))
  var query: String?

  @Flag(help: "Show every ACE that was tried, not only the first, nearest and matching ones.")
  var allAces = false

  @OptionGroup(title: "Output")
  var report: ReportOptions

  func validate() throws {
    guard [flow, query, cause].count(where: { $0 != nil }) == 1 else {
      throw ValidationError("give one of --flow, --query and --cause")
    }
    guard cause != nil || config != nil else {
      throw ValidationError("--config names the configuration that is asked")
    }
  }

  func run() throws {
    if let cause { return try explain(cause: cause) }
    guard let config else { return }
    let engine = PolicyEngine(try readConfiguration(config, dialect: dialect))
    let questions = try questions()
    let answers = questions.map { Answer($0, engine.answer($0.query)) }
    let target = try report.target()
    defer { target.abandon() }
    write(answers, of: config, to: target)
    try target.finish()
  }

  private func write(
    _ answers: [Answer], of config: String, to target: OutputTarget
  ) {
    let records = answers.map(\.record)
    let json = JSONAnswers(target: target)
    switch report.format {
    case .text:
      let text = VerdictText(
        target: target, options: report.textOptions(target), path: config, showsAllACEs: allAces)
      for answer in answers {
        text.write(kind: answer.kind, question: answer.text, asks: answer.asks, answer.record)
      }
    case .json:
      if let only = records.first, records.count == 1 {
        json.document(only)
      } else {
        json.array(records)
      }
    case .ndjson:
      json.lines("verdict", records)
    }
  }

  private func questions() throws(CommandFailure) -> [(text: String, query: Query, isOfFile: Bool)]
  {
    if let flow { return [(flowText(flow), .flow(try question(flow)), false)] }
    guard let query else { return [] }
    let text = try readFile(query)
    do throws(QueryError) {
      let queries = try Query.decode(text)
      return queries.enumerated().map { index, asked in
        ("\(asked.kind), question \(index + 1) of \(query)", asked.keepingAllACEs(allAces), true)
      }
    } catch {
      throw CommandFailure(message: "\(query): \(error)", exitCode: 65)
    }
  }

  private func question(_ text: String) throws(CommandFailure) -> FlowQuestion {
    do throws(FlowTextError) {
      var question = FlowQuestion(
        direction.direction, try Packet(flow: text), interface: interface)
      // A user writes the packet as the host sends it: the device's NAT comes first.
      question.isBeforeNAT = direction == .out
      question.allACEs = allAces
      return question
    } catch {
      let remedy = error.remedy.isEmpty ? "" : "; \(error.remedy)"
      throw .usage("the flow '\(error.text)' \(error.problem)\(remedy)")
    }
  }

  private func flowText(_ flow: String) -> String {
    let way =
      switch direction {
      case .out: "on its way out"
      case .inClear: "come in clear"
      case .inDecrypted: "come in by an SA"
      }
    return "\(flow)  \(way)\(interface.map { " at \($0)" } ?? "")"
  }
}

/// An answer beside its question in words.
private struct Answer {
  /// `FLOW` for what the command line asks, `QUESTION` for one of a file.
  let kind: String
  let text: String
  /// What a question of a file asks.
  let asks: String?
  let record: PolicyVerdictRecord

  init(_ question: (text: String, query: Query, isOfFile: Bool), _ verdict: Verdict) {
    kind = question.isOfFile ? "QUESTION" : "FLOW"
    text = question.text
    asks = question.isOfFile ? question.query.asked : nil
    record = PolicyVerdictRecord(verdict)
  }
}

/// Which way a packet goes, and what is known of it.
enum FlowDirection: String, ExpressibleByArgument, CaseIterable {
  case out
  case inClear = "in-clear"
  case inDecrypted = "in-decrypted"

  /// The same for the question.
  var direction: FlowQuestion.Direction {
    switch self {
    case .out: .out
    case .inClear: .inClear
    case .inDecrypted: .inDecrypted
    }
  }
}

extension Query {
  /// What is asked, in words.
  fileprivate var kind: String {
    switch self {
    case .flow: "flow"
    case .phase1: "phase 1 offer"
    case .quickMode: "quick mode request"
    case .ike2Init: "IKE_SA_INIT request"
    case .ike2Child: "child SA request"
    case .ike2ChildProposal: "child SA proposal"
    case .tunnelGroup: "tunnel group"
    }
  }

  /// The same question, its trace kept whole.
  fileprivate func keepingAllACEs(_ all: Bool) -> Query {
    guard case .flow(var question) = self else { return self }
    question.allACEs = all
    return .flow(question)
  }
}
