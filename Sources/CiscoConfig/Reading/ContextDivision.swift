internal import Bytes

/// Divides a text that holds several contexts or devices (X-PARSE-12), and reads each by itself.
struct ContextDivision {
  private let path: String
  private let dialect: Dialect
  private var current: ConfigurationReader
  private var finished: [ConfigurationReader] = []
  /// True behind `: end`, `end` or a checksum: what comes next may be another device.
  private var isBehindEnd = false

  init(path: String, text: [UInt8], dialect: Dialect?) {
    self.path = path
    self.dialect = dialect ?? DialectDetection.dialect(of: text)
    current = ConfigurationReader(path: path, dialect: self.dialect)
  }

  mutating func read(_ line: TextLines.Line, number: Int) {
    if current.skipping.isNone, let boundary = boundary(line, number) {
      switch boundary {
      case .end: isBehindEnd = true
      case .context(let name):
        start()
        current.configuration.contextName = name
        return
      case .device: start()
      }
    }
    current.read(line, number: number)
  }

  /// The readers that saw any command, in the order of the text; one at least.
  mutating func finish() -> [ConfigurationReader] {
    start()
    return finished.isEmpty ? [current] : finished
  }

  private mutating func start() {
    current.finish()
    if current.recognized > 0 || current.shownOutput > 0
      || !current.configuration.notUnderstood.isEmpty
    {
      finished.append(current)
    }
    isBehindEnd = false
    current = ConfigurationReader(path: path, dialect: dialect)
  }

  private enum Boundary {
    case end
    case context(String)
    case device
  }

  /// Two letters tell nearly all lines from those that may begin another part.
  private func mayBegin(_ line: TextLines.Line) -> Bool {
    guard let start = line.range.first(where: { !line.bytes[$0].isBlank }) else { return false }
    let first = line.bytes[start].lowercased
    if first == UInt8(ascii: ":") { return true }
    guard start + 1 < line.range.upperBound else { return false }
    // Behind a prompt anything may come.
    let head = line.bytes[start..<min(start + 64, line.range.upperBound)]
    if head.contains(UInt8(ascii: "#")) { return true }
    let second = line.bytes[start + 1].lowercased
    return Self.beginnings.contains { $0 == first && $1 == second }
  }

  private static let beginnings: [(UInt8, UInt8)] = ["as", "pi", "bu", "ve", "ho", "en", "ch"]
    .map { (text: String) in (text.utf8.first ?? 0, text.utf8.last ?? 0) }

  private func boundary(_ line: TextLines.Line, _ number: Int) -> Boundary? {
    // A text may not have contexts without end; the last one takes the rest.
    guard finished.count < 255, mayBegin(line) else { return nil }
    guard let statement = Statement(line, number: number) else { return nil }
    let words = (statement.keyword(0), statement.keyword(1))
    switch words {
    case (":", "end"), ("end", ""): return .end
    case ("changeto", "context"): return .context(printable(statement.word(2)))
    case ("changeto", "system"): return .context("system")
    case (":", "saved"), ("asa", "version"), ("pix", "version"), ("building", "configuration..."):
      return isBehindEnd ? .device : nil
    case ("version", _): return isBehindEnd && dialect == .ios ? .device : nil
    case ("hostname", let name):
      guard isBehindEnd, let known = current.configuration.hostname else { return nil }
      return known.value.lowercased() == name ? nil : .device
    default:
      return nil
    }
  }
}

extension RawText {
  /// True when commands are expected.
  fileprivate var isNone: Bool {
    if case .none = self { true } else { false }
  }
}
