/// A JSON value that knows the line it came from, so that errors can point there.
struct JSONNode {
  enum Value {
    case object([(key: String, value: JSONNode)])
    case array([JSONNode])
    case string(String)
    case number(String)
    case boolean(Bool)
    case null
  }

  var value: Value
  /// The line the value starts in, from 1.
  var line: Int

  /// The member of that name; the last where there are several, as most readers do.
  subscript(_ name: String) -> JSONNode? {
    guard case .object(let members) = value else { return nil }
    return members.last { $0.key == name }?.value
  }

  var array: [JSONNode]? { if case .array(let elements) = value { elements } else { nil } }
  var string: String? { if case .string(let text) = value { text } else { nil } }
  var boolean: Bool? { if case .boolean(let flag) = value { flag } else { nil } }
  var integer: Int? { if case .number(let digits) = value { Int(digits) } else { nil } }
  var isNull: Bool { if case .null = value { true } else { false } }
}

/// Reads JSON (RFC 8259). Small and of our own, because Foundation's decoders give no lines.
struct JSONText {
  private let bytes: [UInt8]
  private var index = 0
  private var line = 1
  private let file: String
  /// Deeper than any key file, and far from the stack's end.
  private static let depthLimit = 32

  /// The document's one value.
  static func parse(_ bytes: [UInt8], file: String) throws(KeyProblem) -> JSONNode {
    var text = JSONText(bytes: bytes, file: file)
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { text.index = 3 }
    let node = try text.value(depth: 0)
    text.skipSpace()
    guard text.index == bytes.count else { throw text.problem("expected the end of the file") }
    return node
  }

  private init(bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  private func problem(_ what: String) -> KeyProblem {
    KeyProblem(KeyOrigin(file: file, line: line), "not JSON: \(what)")
  }

  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d {
      if byte == 0x0a { line += 1 }
      index += 1
    }
  }

  private mutating func value(depth: Int) throws(KeyProblem) -> JSONNode {
    skipSpace()
    guard depth < Self.depthLimit else {
      throw problem("nested more than \(Self.depthLimit) deep")
    }
    let start = line
    switch next {
    case UInt8(ascii: "{"): return JSONNode(value: try object(depth: depth), line: start)
    case UInt8(ascii: "["): return JSONNode(value: try array(depth: depth), line: start)
    case UInt8(ascii: "\""): return JSONNode(value: .string(try string()), line: start)
    case UInt8(ascii: "t"): return JSONNode(value: try word("true", .boolean(true)), line: start)
    case UInt8(ascii: "f"): return JSONNode(value: try word("false", .boolean(false)), line: start)
    case UInt8(ascii: "n"): return JSONNode(value: try word("null", .null), line: start)
    case .some(UInt8(ascii: "-")), .some(UInt8(ascii: "0")...UInt8(ascii: "9")):
      return JSONNode(value: number(), line: start)
    case nil: throw problem("expected a value, and the file ends")
    default: throw problem("expected a value")
    }
  }

  private mutating func object(depth: Int) throws(KeyProblem) -> JSONNode.Value {
    index += 1
    var members: [(key: String, value: JSONNode)] = []
    skipSpace()
    if take("}") { return .object(members) }
    while true {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw problem("expected a member's name") }
      let key = try string()
      skipSpace()
      guard take(":") else { throw problem("expected \":\" behind a member's name") }
      members.append((key, try value(depth: depth + 1)))
      skipSpace()
      if take("}") { return .object(members) }
      guard take(",") else { throw problem("expected \",\" or \"}\" behind a member") }
    }
  }

  private mutating func array(depth: Int) throws(KeyProblem) -> JSONNode.Value {
    index += 1
    var elements: [JSONNode] = []
    skipSpace()
    if take("]") { return .array(elements) }
    while true {
      elements.append(try value(depth: depth + 1))
      skipSpace()
      if take("]") { return .array(elements) }
      guard take(",") else { throw problem("expected \",\" or \"]\" behind an element") }
    }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  private mutating func word(
    _ text: StaticString, _ value: JSONNode.Value
  ) throws(KeyProblem) -> JSONNode.Value {
    for byte in text.description.utf8 {
      guard next == byte else { throw problem("expected \(text)") }
      index += 1
    }
    return value
  }

  private mutating func number() -> JSONNode.Value {
    let start = index
    while let byte = next, "+-.eE0123456789".utf8.contains(byte) { index += 1 }
    return .number(String(decoding: bytes[start..<index], as: UTF8.self))
  }

  private mutating func string() throws(KeyProblem) -> String {
    index += 1
    var text: [UInt8] = []
    while let byte = next {
      index += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let result = String(validating: text, as: UTF8.self) else {
          throw problem("a string is not UTF-8")
        }
        return result
      case UInt8(ascii: "\\"): text += Array(String(try escape()).utf8)
      case 0..<0x20: throw problem("a control character in a string")
      default: text.append(byte)
      }
    }
    throw problem("a string does not end")
  }

  private mutating func escape() throws(KeyProblem) -> Character {
    guard let byte = next else { throw problem("a string does not end") }
    index += 1
    switch byte {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      return Character(Unicode.Scalar(byte))
    case UInt8(ascii: "u"): return try unicodeEscape()
    default: throw problem("an unknown escape in a string")
    }
  }

  private mutating func unicodeEscape() throws(KeyProblem) -> Character {
    var code = try fourDigits()
    if (0xd800..<0xdc00).contains(code), next == UInt8(ascii: "\\") {
      index += 1
      guard take("u") else { throw problem("half a surrogate pair") }
      let low = try fourDigits()
      guard (0xdc00..<0xe000).contains(low) else { throw problem("half a surrogate pair") }
      code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw problem("half a surrogate pair") }
    return Character(scalar)
  }

  private mutating func fourDigits() throws(KeyProblem) -> UInt32 {
    guard index + 4 <= bytes.count, bytes[index] != UInt8(ascii: "+"),
      let code = UInt32(String(decoding: bytes[index..<(index + 4)], as: UTF8.self), radix: 16)
    else { throw problem("\\u wants four hexadecimal digits") }
    index += 4
    return code
  }
}
