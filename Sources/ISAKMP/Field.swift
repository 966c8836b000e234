import Bytes

/// One fact about a payload for a verbose report: a name and a value, both safe to show.
package struct Field: Hashable, Sendable {
  /// What it is, such as `protocol`.
  package let name: String
  /// Its value as text; `(hidden)` for a secret.
  package let value: String

  /// From its parts.
  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  /// What stands instead of a secret.
  package static let hidden = "(hidden)"

  /// Bytes as hexadecimal, cut behind 64 of them, with their count.
  static func bytes(_ name: String, _ data: [UInt8]) -> Field {
    let shown = hexadecimal(data.prefix(64))
    return Field(name, data.count > 64 ? "\(shown)… (\(data.count) bytes)" : shown)
  }
}
