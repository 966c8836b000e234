/// Where key material came from, for messages and for telling two rows apart.
package struct KeyOrigin: Hashable, Sendable {
  /// The file's name as the user gave it; "-" for standard input.
  package var file: String
  /// The line, from 1; 0 where a line means nothing (derived keys).
  package var line: Int

  package init(file: String, line: Int) {
    self.file = file
    self.line = line
  }
}

extension KeyOrigin: CustomStringConvertible {
  package var description: String { line > 0 ? "\(file):\(line)" : file }
}

/// Something in a key file that could not be used, said so that the user can mend it. Never holds
/// a key.
package struct KeyProblem: Error, Hashable, Sendable {
  package var origin: KeyOrigin
  /// What is wrong, and what was expected.
  package var message: String

  package init(_ origin: KeyOrigin, _ message: String) {
    self.origin = origin
    self.message = message
  }
}

extension KeyProblem: CustomStringConvertible {
  package var description: String { "\(origin): \(message)" }
}
