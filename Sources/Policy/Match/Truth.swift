/// Yes, no, or not to be told from what is known.
enum Truth: UInt8, Sendable, Comparable {
  case no, maybe, yes

  init(_ value: Bool) { self = value ? .yes : .no }

  static func < (left: Truth, right: Truth) -> Bool { left.rawValue < right.rawValue }

  /// Both: no as soon as one says no.
  static func && (left: Truth, right: @autoclosure () -> Truth) -> Truth {
    left == .no ? .no : min(left, right())
  }
}
