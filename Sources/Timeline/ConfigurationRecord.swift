/// One configuration that was read.
package struct ConfigurationRecord: Hashable, Sendable {
  /// The path as the user gave it.
  package var path: String = ""
  /// `asa` or `ios`.
  package var dialect: String = ""
  /// The device's own name.
  package var hostname: String? = nil
  /// Addresses on its interfaces.
  package var localAddresses: [String] = []
  /// Lines that were not understood, and what else was odd.
  package var warnings: [ConfigurationWarning] = []

  package init() {}
}

extension ConfigurationRecord: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("path", path)
    json.member("dialect", dialect)
    json.member("hostname", hostname)
    json.member("localAddresses", localAddresses)
    json.member("warnings", warnings)
    json.endObject()
  }
}

/// A line of a configuration that was not understood.
package struct ConfigurationWarning: Hashable, Sendable {
  /// Line number, from 1.
  package var line: Int = 0
  /// The line.
  package var text: String = ""
  /// What was wrong with it.
  package var message: String = ""

  package init() {}
}

extension ConfigurationWarning: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("line", line)
    json.member("text", text)
    json.member("message", message)
    json.endObject()
  }
}
