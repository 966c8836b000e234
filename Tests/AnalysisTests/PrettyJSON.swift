/// JSON text laid out for people: what fits on a line stays on one, the rest gets a line a member.
/// Order and spelling of everything stay as they were.
struct PrettyJSON {
  private static let width = 100
  private let bytes: [UInt8]
  private var position = 0
  private(set) var text = ""

  init(_ json: String) {
    bytes = Array(json.utf8)
    render(indent: 0)
    text += "\n"
  }

  private mutating func render(indent: Int) {
    skipSpace()
    guard position < bytes.count, let close = Self.closing(bytes[position]) else {
      take(to: endOfValue(position))
      return
    }
    let end = endOfValue(position)
    let line = compact(position..<end)
    if indent + line.utf8.count <= Self.width {
      text += line
      position = end
      return
    }
    text.unicodeScalars.append(Unicode.Scalar(bytes[position]))
    position += 1
    members(close, indent: indent + 1)
  }

  private mutating func members(_ close: UInt8, indent: Int) {
    while position < bytes.count {
      skipSpace()
      guard position < bytes.count else { return }
      if bytes[position] == close {
        text += "\n" + String(repeating: " ", count: indent - 1)
        take(to: position + 1)
        return
      }
      if bytes[position] == UInt8(ascii: ",") {
        text += ","
        position += 1
        continue
      }
      text += "\n" + String(repeating: " ", count: indent)
      if close == UInt8(ascii: "}") {
        take(to: endOfValue(position))
        skipSpace()
        text += ": "
        position += 1
      }
      render(indent: indent)
    }
  }

  private mutating func take(to end: Int) {
    text += String(decoding: bytes[position..<end], as: UTF8.self)
    position = end
  }

  private mutating func skipSpace() {
    while position < bytes.count, bytes[position] <= 0x20 { position += 1 }
  }

  /// The same on one line, with a blank behind each comma and colon outside strings.
  private func compact(_ range: Range<Int>) -> String {
    var line: [UInt8] = []
    var isQuoted = false
    var isEscaped = false
    for byte in bytes[range] {
      if !isQuoted, byte <= 0x20 { continue }
      line.append(byte)
      if byte == UInt8(ascii: "\""), !isEscaped { isQuoted.toggle() }
      isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
      if !isQuoted, byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":") { line.append(0x20) }
    }
    return String(decoding: line, as: UTF8.self)
  }

  private func endOfValue(_ start: Int) -> Int {
    var index = start
    var depth = 0
    var isQuoted = false
    while index < bytes.count {
      let byte = bytes[index]
      if isQuoted {
        if byte == UInt8(ascii: "\\") { index += 1 }
        if byte == UInt8(ascii: "\"") { isQuoted = false }
      } else if byte == UInt8(ascii: "\"") {
        isQuoted = true
      } else if Self.closing(byte) != nil {
        depth += 1
      } else if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
        if depth == 0 { return index }
        depth -= 1
        if depth == 0 { return index + 1 }
      } else if depth == 0, [UInt8(ascii: ","), UInt8(ascii: ":")].contains(byte) {
        return index
      }
      index += 1
      if depth == 0, !isQuoted, byte == UInt8(ascii: "\"") { return index }
    }
    return min(index, bytes.count)
  }

  private static func closing(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "{"): UInt8(ascii: "}")
    case UInt8(ascii: "["): UInt8(ascii: "]")
    default: nil
    }
  }
}
