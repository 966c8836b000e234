/// A number on the wire whose meaning a registry tells; unknown numbers survive and print.
package protocol RegistryNumber: RawRepresentable, Hashable, Sendable, CustomStringConvertible
where RawValue: FixedWidthInteger & UnsignedInteger & Sendable {
  /// Any number is valid.
  init(rawValue: RawValue)
  /// The table of names and facts.
  static var registry: Registry { get }
  /// What the table says of this number; nil when it says nothing.
  var entry: RegistryEntry? { get }
}

extension RegistryNumber {
  /// What the table says of this number; nil when it says nothing.
  package var entry: RegistryEntry? {
    Self.registry.firstEntry(of: UInt32(truncatingIfNeeded: rawValue))
  }

  /// True when the table names the number.
  package var isKnown: Bool { entry != nil }

  /// The name in the words of the RFC or vendor, `unknown 241` where there is none.
  package var name: String { entry?.name ?? unknownText }

  /// The identifier in reports and key files, `unknown-241` where there is none.
  package var id: String { entry?.id ?? "unknown-\(rawValue)" }

  /// What the field thinks of it; nil where nothing is said.
  package var status: RegistryStatus? { entry?.status }

  /// The text for people.
  package var description: String { name }

  var unknownText: String { "unknown \(rawValue)" }
}

/// Which of the two protocols a number or payload belongs to.
@usableFromInline
package enum IKEVersion: UInt8, Hashable, Sendable, CaseIterable {
  case v1 = 1
  case v2 = 2

  /// `1` or `2`, as the tables' column says.
  var digit: String { self == .v1 ? "1" : "2" }
}
