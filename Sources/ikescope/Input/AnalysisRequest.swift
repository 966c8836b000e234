import Analysis
import Bytes
import Capture
import CiscoConfig
import Diagnosis
import Keys
import Reporting
import Tracking

/// What an analysis is given beside its frames, read and recognised.
struct AnalysisRequest {
  /// The configurations, in the order given.
  var configurations: [CryptoConfiguration] = []
  /// The address of the end that the first configuration belongs to, where the user says it.
  var local: IPAddress?
  /// The key material of all files.
  var keys = KeyMaterial()
  /// Threads that open packets.
  var jobs = 1

  /// Reads the files that the options name.
  ///
  /// - Throws: Which file cannot be read or used, and why.
  init(_ configuration: ConfigurationOptions, _ keyOptions: KeyOptions) throws(CommandFailure) {
    local = try configuration.local.map { text throws(CommandFailure) in
      guard let address = IPAddress(text) else {
        throw .usage("--local takes an address, and \(printable(text)) is none")
      }
      return address
    }
    guard configuration.configurations.count <= 2 else {
      throw .usage("--config may be given twice, once for each end")
    }
    for path in configuration.configurations {
      let parsed = try readConfiguration(path, dialect: configuration.dialect)
      configurations.append(parsed)
      keys.add(parsed)
    }
    jobs = keyOptions.threads
    for path in keyOptions.keys { keys.add(try readKeys(path)) }
  }

  /// The same for the analysis.
  func options(_ judgement: JudgementOptions, _ report: ReportOptions) -> AnalysisOptions {
    var options = AnalysisOptions()
    options.keys = keys
    options.jobs = jobs
    options.configurations = configurations
    options.local = local
    options.diagnosis.isAudit = judgement.audit
    options.diagnosis.replayWindow = judgement.replayWindow
    judgement.limits.apply(to: &options.limits)
    options.limits.replayWindow = judgement.replayWindow
    options.verbose = report.verbose
    return options
  }
}

/// The key material of a file, a Cisco configuration included; what could not be used of it is said
/// on standard error.
///
/// - Throws: That the file cannot be read, or holds nothing that can be used.
func readKeys(_ path: String) throws(CommandFailure) -> KeyMaterial {
  keepMemoryPrivate()
  var content = try readFile(path)
  defer { wipe(&content) }
  var material = KeyFileReader.read(content, file: path)
  // No other form has a configuration's words: it is asked for last.
  if material.isEmpty, let configured = KeyMaterial(configuration: content, path: path) {
    material = configured
  }
  if material.isEmpty, let problem = material.problems.first {
    throw CommandFailure(message: problem.description, exitCode: 65)
  }
  if let problem = material.onlyHidden {
    throw CommandFailure(message: problem.description, exitCode: 65)
  }
  for problem in material.problems { Terminal.say("\(problem)") }
  return material
}
