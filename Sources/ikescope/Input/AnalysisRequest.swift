import Analysis
import Bytes
import CiscoConfig
import Diagnosis
import Keys
import Reporting
import Tracking

/// What an analysis is given beside its frames, read and recognised.
struct AnalysisRequest {
  /// A configuration as it was read.
  struct Configuration {
    var path: String
    var text: [UInt8]
  }

  /// The configurations, in the order given.
  var configurations: [Configuration] = []
  /// Their language, where the user says it.
  var dialect: DialectChoice?
  /// The address of the end that the first configuration belongs to.
  var local: String?
  /// The key material of all files.
  var keys = KeyMaterial()

  /// Reads the files that the options name.
  ///
  /// - Throws: Which file cannot be read or used, and why.
  init(_ configuration: ConfigurationOptions, _ keyOptions: KeyOptions) throws(CommandFailure) {
    dialect = configuration.dialect
    local = configuration.local
    guard configuration.configurations.count <= 2 else {
      throw .usage("--config may be given twice, once for each end")
    }
    for path in configuration.configurations {
      configurations.append(Configuration(path: path, text: try readFile(path)))
    }
    for path in keyOptions.keys { keys.add(try readKeys(path)) }
  }

  /// The same for the analysis.
  func options(_ judgement: JudgementOptions, _ report: ReportOptions) throws(CommandFailure)
    -> AnalysisOptions
  {
    var options = AnalysisOptions()
    options.keys = keys
    for configuration in configurations {
      options.configurations.append(try parsed(configuration))
    }
    options.local = try localAddress()
    options.diagnosis.isAudit = judgement.audit
    options.diagnosis.replayWindow = judgement.replayWindow
    options.limits.replayWindow = judgement.replayWindow
    options.verbose = report.verbose
    return options
  }

  private func parsed(_ configuration: Configuration) throws(CommandFailure) -> CryptoConfiguration
  {
    do throws(ConfigurationError) {
      return try CryptoConfiguration(
        parsing: configuration.text, path: configuration.path, dialect: dialect?.dialect)
    } catch {
      throw CommandFailure(message: error.description, exitCode: 65)
    }
  }

  private func localAddress() throws(CommandFailure) -> IPAddress? {
    guard let local else { return nil }
    guard let address = IPAddress(local) else {
      throw .usage("--local is an address, such as 192.0.2.1")
    }
    return address
  }
}

/// The key material of a file; what could not be used of it is said on standard error.
///
/// - Throws: That the file cannot be read, or holds nothing that can be used.
func readKeys(_ path: String) throws(CommandFailure) -> KeyMaterial {
  let material = KeyFileReader.read(try readFile(path), file: path)
  if material.isEmpty, let problem = material.problems.first {
    throw CommandFailure(message: problem.description, exitCode: 65)
  }
  for problem in material.problems { Terminal.writeError("ikescope: \(problem)\n") }
  return material
}
