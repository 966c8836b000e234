/// The lines of a text as people have it, cleaned one at a time: no byte order mark, carriage
/// returns, pager marks, backspaces or terminal escapes (X-PARSE-02, X-PARSE-08).
struct TextLines {
  /// The whole text; cleaned lines that could not be used in place follow behind it in `scratch`.
  private let bytes: [UInt8]
  private var position = 0
  /// The number of the line last returned, from 1.
  private(set) var number = 0

  /// One line: its bytes and where it lies in them.
  struct Line {
    let bytes: [UInt8]
    let range: Range<Int>
  }

  init(_ text: [UInt8]) {
    bytes = Self.plain(text)
  }

  /// The text without byte order mark, as bytes of ASCII where it was UTF-16, and with lone
  /// carriage returns as line ends where there are no others.
  private static func plain(_ text: [UInt8]) -> [UInt8] {
    if text.starts(with: [0xef, 0xbb, 0xbf]) { return Array(text.dropFirst(3)) }
    if text.starts(with: [0xff, 0xfe]) { return utf16(text, lowByteFirst: true) }
    if text.starts(with: [0xfe, 0xff]) { return utf16(text, lowByteFirst: false) }
    let sample = text.prefix(1 << 20)
    if !sample.contains(UInt8.newline), sample.contains(UInt8.carriageReturn) {
      return text.map { $0 == .carriageReturn ? .newline : $0 }
    }
    return text
  }

  private static func utf16(_ text: [UInt8], lowByteFirst: Bool) -> [UInt8] {
    var units: [UInt16] = []
    units.reserveCapacity(text.count / 2)
    var index = 2
    while index + 1 < text.count {
      let (first, second) = (UInt16(text[index]), UInt16(text[index + 1]))
      units.append(lowByteFirst ? second << 8 | first : first << 8 | second)
      index += 2
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  /// The next line, cleaned; nil at the end of the text.
  mutating func next() -> Line? {
    guard position < bytes.count else { return nil }
    number += 1
    let start = position
    var end = start
    var isClean = true
    while end < bytes.count, bytes[end] != .newline {
      // Tabs and carriage returns are blanks to the word splitter; "-" may begin a pager mark.
      let byte = bytes[end]
      if byte < 0x20, byte != .tab, byte != .carriageReturn { isClean = false }
      end += 1
    }
    position = end + 1
    if isClean, !mayHoldPagerMark(start..<end) { return Line(bytes: bytes, range: start..<end) }
    let cleaned = clean(bytes[start..<end])
    return Line(bytes: cleaned, range: 0..<cleaned.count)
  }

  /// Pager marks stand at the start of a line, perhaps behind blanks.
  private func mayHoldPagerMark(_ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    while index < range.upperBound, bytes[index].isBlank { index += 1 }
    guard index + 1 < range.upperBound else { return false }
    return (bytes[index] == UInt8(ascii: "<") || bytes[index] == UInt8(ascii: "-"))
      && bytes[index + 1] == UInt8(ascii: "-")
  }

  private func clean(_ line: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(line.count)
    var index = line.startIndex
    while index < line.endIndex {
      switch line[index] {
      case .backspace:
        if !result.isEmpty { result.removeLast() }
      case .escape:
        index = endOfEscape(line, from: index)
      case 0x00..<0x20:
        result.append(.blank)
      case let byte:
        result.append(byte)
      }
      index += 1
    }
    return withoutPagerMark(result)
  }

  /// The index of the last byte of a terminal escape sequence (`ESC [ … letter`).
  private func endOfEscape(_ line: ArraySlice<UInt8>, from start: Int) -> Int {
    guard start + 1 < line.endIndex, line[start + 1] == UInt8(ascii: "[") else { return start }
    var index = start + 2
    while index < line.endIndex, !(0x40...0x7e).contains(line[index]) { index += 1 }
    return min(index, line.endIndex - 1)
  }

  private func withoutPagerMark(_ line: [UInt8]) -> [UInt8] {
    for mark in Self.pagerMarks {
      var start = 0
      while start < line.count, line[start].isBlank { start += 1 }
      guard line.count - start >= mark.count, line[start..<(start + mark.count)].elementsEqual(mark)
      else { continue }
      return Array(line[(start + mark.count)...])
    }
    return line
  }

  private static let pagerMarks: [[UInt8]] = [
    "<--- More --->", "--More--", "-- More --", "<---More--->",
  ].map { Array($0.utf8) }
}

extension UInt8 {
  static let newline = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let tab = UInt8(ascii: "\t")
  static let blank = UInt8(ascii: " ")
  static let backspace: UInt8 = 8
  static let escape: UInt8 = 27

  /// Blank, tab or carriage return.
  var isBlank: Bool { self == .blank || self == .tab || self == .carriageReturn }
  /// `0` to `9`.
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
  /// An ASCII letter.
  var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
  /// An ASCII letter in lower case; other bytes as they are.
  var lowercased: UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
  }
}
