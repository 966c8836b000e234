import Bytes
package import CiscoConfig
package import Timeline

extension ConfigurationRecord {
  /// What was read of a configuration, and what was not.
  package init(_ configuration: CryptoConfiguration) {
    self.init()
    path = configuration.path
    dialect = configuration.dialect.rawValue
    hostname = configuration.hostname?.value
    localAddresses = configuration.interfaces.flatMap { interface in
      interface.addresses.map { $0.value.address.description }
    }
    let unread = configuration.notUnderstood.map { unread in
      (unread.line, unread.message)
    }
    let notes = configuration.notes.map { note in (note.line, note.message) }
    warnings = (unread + notes).map { line, message in
      var warning = ConfigurationWarning()
      warning.line = line.number
      warning.text = line.text
      warning.message = message
      return warning
    }.sorted { ($0.line, $0.message) < ($1.line, $1.message) }
  }
}
