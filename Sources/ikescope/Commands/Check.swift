import Analysis
import ArgumentParser
import CiscoConfig
import Policy
import Reporting
import Timeline

/// Looks a configuration over, alone or against its peer's.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Find what is wrong with a configuration, alone or against its peer's.",
    discussion: """
      ikescope check asa.cfg
      ikescope check asa.cfg branch.cfg     and what the two would negotiate
      ikescope check asa.cfg --fail-on error --quiet
      """)

  @Argument(help: ArgumentHelp("The configuration.", valueName: "config"))
  var config: String

  @Argument(help: ArgumentHelp("The configuration of its peer.", valueName: "peer-config"))
  var peerConfig: String?

  @Option(help: "The language of the configuration, where it is not recognised.")
  var dialect: DialectChoice?

  @Option(help: "Exit with 1 when a finding is as bad as this, or worse.")
  var failOn: FailThreshold = .never

  @OptionGroup(title: "Output")
  var report: ReportOptions

  func run() throws {
    var check = CheckRecord()
    let engine = PolicyEngine(try readConfiguration(config, dialect: dialect))
    check.add(engine)
    if let peerConfig {
      let peer = PolicyEngine(try readConfiguration(peerConfig, dialect: nil))
      check.add(peer)
      let pair = Negotiations(engine, peer)
      check.negotiations = pair.records
      check.notes = pair.notes
    }
    check.sort()
    let target = try report.target()
    defer { target.abandon() }
    write(check, to: target)
    try target.finish()
    let refused = check.negotiations.contains { $0.verdict.verdict == "refuse" }
    let severities = Set(check.findings.map(\.severity)).union(refused ? ["error"] : [])
    if failOn.isReached(by: severities) { throw ExitCode(1) }
  }

  private func write(_ check: CheckRecord, to target: OutputTarget) {
    let json = JSONAnswers(target: target)
    switch report.format {
    case .text: CheckText(target: target, options: report.textOptions(target)).write(check)
    case .json: json.document(check)
    case .ndjson:
      json.lines("configuration", check.configurations)
      json.lines("checkFinding", check.findings)
      json.lines("negotiation", check.negotiations)
    }
  }
}

extension CheckRecord {
  /// A configuration and what is wrong with it.
  fileprivate mutating func add(_ engine: PolicyEngine) {
    configurations.append(ConfigurationRecord(engine.configuration))
    for finding in engine.findings {
      var record = CheckFindingRecord()
      record.code = finding.code.rawValue
      record.severity = finding.severity.rawValue
      record.sentence = finding.sentence
      record.remedy = finding.remedy
      record.rules = [finding.rule]
      record.config = finding.lines.map { line in
        var cited = ConfigLineRecord()
        cited.path = engine.configuration.path
        cited.line = line.number
        cited.text = line.text
        return cited
      }
      findings.append(record)
    }
  }

  /// The worst first, then in the order of the files.
  fileprivate mutating func sort() {
    let ranks = ["error": 0, "warning": 1, "info": 2]
    let ranked = findings.enumerated().sorted { left, right in
      (ranks[left.element.severity] ?? 3, left.offset)
        < (ranks[right.element.severity] ?? 3, right.offset)
    }
    findings = ranked.map(\.element)
  }
}
