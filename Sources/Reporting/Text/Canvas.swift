/// What a piece of text is, from which its colour follows.
enum Role {
  case plain, strong, dim, good, bad, caution, accent

  /// The terminal's code (ECMA-48 SGR parameters).
  fileprivate var code: String? {
    switch self {
    case .plain: nil
    case .strong: "1"
    case .dim: "2"
    case .good: "32"
    case .bad: "1;31"
    case .caution: "33"
    case .accent: "36"
    }
  }
}

/// Text with its role.
struct Piece {
  var text: String
  var role: Role

  init(_ text: String, _ role: Role = .plain) {
    self.text = text
    self.role = role
  }
}

/// Lays lines of text out in a number of columns and writes them.
struct Canvas {
  /// Columns of a line.
  let width: Int
  private let usesColor: Bool
  private let target: OutputTarget

  init(target: OutputTarget, width: Int, usesColor: Bool) {
    self.target = target
    self.width = width
    self.usesColor = usesColor
  }

  /// True while somebody reads.
  var isOpen: Bool { target.failure == nil }

  /// An empty line.
  func blank() {
    target.write("\n")
  }

  /// A line as it is.
  func line(_ pieces: Piece...) {
    write(pieces)
  }

  /// A line between parts of the report.
  func rule() {
    write([Piece(String(repeating: "─", count: min(width, 100)), .dim)])
  }

  /// A text behind what leads it, broken into lines that hang under its beginning; not broken at
  /// a blank that is written as `Canvas.joiner`.
  ///
  /// `beside` stands at the right end of the first line; below, where that has no room for both.
  func paragraph(
    _ lead: [Piece], _ text: String, _ role: Role = .plain, hang: Int? = nil, beside: String = ""
  ) {
    let used = lead.reduce(0) { $0 + displayWidth($1.text) }
    let hang = min(hang ?? used, width / 2)
    let beside = terminalSafe(beside)
    let room = width - used
    let taken = beside.isEmpty ? 0 : displayWidth(beside) + 2
    let fits = room - taken >= min(24, displayWidth(text))
    let lines = wrapped(
      terminalSafe(text), first: fits ? room - taken : room, rest: width - hang)
    for (index, line) in lines.enumerated() {
      let before = index == 0 ? lead : [Piece(String(repeating: " ", count: hang))]
      let text = withBlanks(line)
      guard index == 0, fits, !beside.isEmpty else {
        write(before + [Piece(text, role)])
        continue
      }
      let gap = max(2, room - displayWidth(text) - displayWidth(beside))
      write(
        before + [
          Piece(text, role), Piece(String(repeating: " ", count: gap)), Piece(beside, .dim),
        ])
    }
    if !fits, !beside.isEmpty {
      let gap = max(hang, width - displayWidth(beside))
      write([Piece(String(repeating: " ", count: gap)), Piece(beside, .dim)])
    }
  }

  /// A labelled text: the label in a column of its own, the text beside it.
  func field(_ label: String, _ text: String, indent: Int, _ role: Role = .plain) {
    let lead = String(repeating: " ", count: indent) + padded(label, to: Self.labelColumns)
    paragraph([Piece(lead, .dim)], text, role)
  }

  /// A blank at which a line is not broken.
  static let joiner: Character = "\u{a0}"

  /// Columns of a label.
  static let labelColumns = 11

  private func write(_ pieces: [Piece]) {
    var pieces = pieces
    while let last = pieces.last, last.role == .plain, last.text.allSatisfy({ $0 == " " }) {
      pieces.removeLast()
    }
    var line = ""
    for (index, piece) in pieces.enumerated() where !piece.text.isEmpty {
      var text = terminalSafe(piece.text)
      if index == pieces.count - 1 { text = withoutTrailingBlanks(text) }
      if usesColor, let code = piece.role.code {
        line += "\u{1b}[\(code)m\(text)\u{1b}[0m"
      } else {
        line += text
      }
    }
    line += "\n"
    target.write(line)
  }

  /// The line with its joiners as blanks.
  private func withBlanks(_ line: String) -> String {
    // In UTF-8 it is C2 A0, and C2 only begins a character.
    guard line.utf8.contains(0xc2) else { return line }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(line.utf8.count)
    for byte in line.utf8 {
      if byte == 0xa0, bytes.last == 0xc2 {
        bytes[bytes.count - 1] = UInt8(ascii: " ")
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func withoutTrailingBlanks(_ text: String) -> String {
    guard text.utf8.last == UInt8(ascii: " ") else { return text }
    var text = text[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
