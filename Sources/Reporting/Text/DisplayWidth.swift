import Bytes

/// Columns that text takes on a terminal: wide East Asian characters and emoji two, combining marks
/// none (Unicode TR 11 as terminals draw it).
func displayWidth(_ text: some StringProtocol) -> Int {
  if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
  return text.unicodeScalars.reduce(0) { $0 + displayWidth($1) }
}

/// Columns that one scalar takes.
func displayWidth(_ scalar: Unicode.Scalar) -> Int {
  if scalar.value < 0x300 || scalar.isOwn { return 1 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format: return 0
  default: break
  }
  return wideRanges.contains { $0.contains(scalar.value) } ? 2 : 1
}

extension Unicode.Scalar {
  /// True for what the reports' own words have beside ASCII, one column each: known without asking
  /// Unicode's tables.
  fileprivate var isOwn: Bool {
    switch value {
    case 0xa0, 0xb7, 0xd7, 0x2013, 0x2026, 0x2190, 0x2192: true  // joiner · × – … ← →
    default: false
    }
  }
}

/// Blocks whose characters are drawn two columns wide.
private let wideRanges: [ClosedRange<UInt32>] = [
  0x1100...0x115f, 0x2e80...0x303e, 0x3041...0x33ff, 0x3400...0x4dbf, 0x4e00...0x9fff,
  0xa000...0xa4cf, 0xa960...0xa97f, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f,
  0xff00...0xff60, 0xffe0...0xffe6, 0x1f300...0x1f64f, 0x1f680...0x1f6ff, 0x1f900...0x1f9ff,
  0x20000...0x3fffd,
]

/// Text that a terminal can be given: control and format characters spelled out, so that nothing
/// from the wire moves the cursor or turns the text around. Records are made safe where they are
/// made; this is the second fence.
package func terminalSafe(_ text: String) -> String {
  if text.utf8.allSatisfy({ (0x20..<0x7f).contains($0) }) { return text }
  if text.unicodeScalars.allSatisfy({ $0.isOwn || $0.isHarmless }) { return text }
  var safe = ""
  for scalar in text.unicodeScalars {
    if scalar.isOwn || scalar.isHarmless {
      safe.unicodeScalars.append(scalar)
    } else {
      safe += scalar.spelledOut
    }
  }
  return safe
}

/// The text cut to a number of columns, with an ellipsis where something was cut.
func cut(_ text: String, to columns: Int) -> String {
  guard displayWidth(text) > columns else { return text }
  var kept = ""
  var used = 0
  for character in text {
    let width = displayWidth(String(character))
    if used + width > columns - 1 { break }
    kept.append(character)
    used += width
  }
  return columns > 0 ? kept + "…" : ""
}

/// The text with blanks behind it up to a number of columns.
func padded(_ text: String, to columns: Int) -> String {
  text + String(repeating: " ", count: max(0, columns - displayWidth(text)))
}

/// The text with blanks before it up to a number of columns.
func paddedLeft(_ text: String, to columns: Int) -> String {
  String(repeating: " ", count: max(0, columns - displayWidth(text))) + text
}
