/// A key from a configuration, which no description, mirror or dump ever shows.
package struct Secret: Hashable, Sendable {
  /// How the key was written (X-KEY-01).
  package enum Form: String, Hashable, Sendable {
    /// In clear, or `key 0`.
    case clear
    /// `*****`, `<removed>` or the like: the key is not in the file.
    case masked
    /// Type 6 (AES under a master key that is not in the file), or type 8.
    case encrypted
    /// Type 7, an obfuscation; decoded where it is well formed.
    case obfuscated
    /// A word such as `<psk>` or `${secret}` that stands for a key.
    case placeholder
  }

  /// How the key was written.
  package let form: Form
  /// The key's bytes; nil where the file does not give them away.
  private let hidden: [UInt8]?

  /// A key, or the knowledge that there is one.
  package init(form: Form, bytes: [UInt8]?) {
    self.form = form
    hidden = bytes
  }

  /// True when the key's bytes are in the file.
  package var isKnown: Bool { hidden != nil }

  /// The key's bytes, for computing with; never for printing. Nil where the file hides them.
  package func revealed() -> [UInt8]? { hidden }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// How it was written, not what it is.
  package var description: String { "(\(form.rawValue) key)" }
  /// As `description`.
  package var debugDescription: String { description }
  /// Empty, so that `dump` shows nothing.
  package var customMirror: Mirror { Mirror(self, children: []) }
}
