internal import Bytes

extension ConfigurationReader {
  /// `hostname NAME`, `domain-name NAME`.
  mutating func readName(_ verb: String, _ command: Command, _ cursor: WordCursor) {
    var cursor = cursor
    mode = .global
    guard !command.isNegated, let name = try? cursor.name("a name") else { return }
    if verb == "hostname" {
      configuration.hostname = Sourced(name, command.line)
    } else {
      configuration.domainName = Sourced(name, command.line)
    }
  }

  /// `ASA Version 9.1(7)`, `PIX Version 6.3(5)`, `version 15.4`.
  mutating func readVersion(_ cursor: WordCursor) {
    var cursor = cursor
    mode = .global
    _ = cursor.take("version")
    guard configuration.version == nil, let text = try? cursor.word("a version") else { return }
    let numbers = text.split { !$0.isASCII || !$0.isNumber }.prefix(2).map { Int($0) ?? 0 }
    guard let major = numbers.first else { return }
    configuration.version = SoftwareVersion(
      major: major, minor: numbers.count > 1 ? numbers[1] : 0, description: printable(text))
  }

  /// `banner motd …`: what follows is not commands.
  mutating func readBanner(_ command: Command, _ cursor: WordCursor) {
    var cursor = cursor
    guard !command.isNegated, configuration.dialect == .ios else { return }
    let kinds = ["motd", "login", "exec", "incoming", "prompt-timeout", "slip-ppp", "config-save"]
    _ = cursor.choose(kinds)
    guard !cursor.isAtEnd else { return }
    let statement = command.statement
    let text = statement.bytes[statement.words[cursor.position].lowerBound..<statement.end]
    if let delimiter = RawText.delimiter(ofBanner: text) {
      skipping = .banner(delimiter: delimiter)
    }
  }

  /// ASA `name 10.1.1.0 BRANCH [description …]`.
  mutating func readHostName(_ command: Command, _ cursor: WordCursor) throws(StatementError) {
    var cursor = cursor
    mode = .global
    guard !command.isNegated, let address = cursor.takeAddress() else { return }
    hostNames[try cursor.name("a name")] = address
  }

  /// `sysopt connection permit-vpn`, PIX 6 `permit-ipsec` (X-ASA-21).
  mutating func readSysopt(_ command: Command, _ cursor: WordCursor) {
    var cursor = cursor
    mode = .global
    guard cursor.take("connection", least: 4) else { return }
    if cursor.take("permit-vpn") || cursor.take("permit-ipsec") {
      configuration.settings.permitsVPN = Sourced(!command.isNegated, command.line)
    }
  }

  /// `same-security-traffic permit intra-interface|inter-interface`.
  mutating func readSameSecurity(_ command: Command, _ cursor: WordCursor) {
    var cursor = cursor
    mode = .global
    _ = cursor.take("permit")
    let value = Sourced(!command.isNegated, command.line)
    if cursor.take("intra-interface") { configuration.settings.permitsIntraInterface = value }
    if cursor.take("inter-interface") { configuration.settings.permitsInterInterface = value }
  }

  /// `time-range NAME`.
  mutating func readTimeRange(_ command: Command, _ cursor: WordCursor) throws(StatementError) {
    var cursor = cursor
    let name = try cursor.name("a time-range’s name")
    configuration.timeRanges.update(name, create: { TimeRange(name: name, line: command.line) }) {
      _ in
    }
    mode = .timeRange(name)
  }

  /// `absolute …`, `periodic …`.
  mutating func readTimeRangeLine(
    _ name: String, _ command: Command, _ cursor: WordCursor
  ) -> Bool {
    guard cursor.sees("absolute") || cursor.sees("periodic") else { return false }
    configuration.timeRanges.update(name, create: { TimeRange(name: name, line: command.line) }) {
      $0.periods.append(command.line)
    }
    return true
  }
}
