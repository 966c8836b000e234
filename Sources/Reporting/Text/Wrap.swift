/// The text broken at blanks into lines of at most `first` and then `rest` columns. A word longer
/// than a line is broken where it must be.
func wrapped(_ text: String, first: Int, rest: Int) -> [String] {
  let blank = UInt8(ascii: " ")
  if displayWidth(text) <= max(first, 8), text.utf8.first != blank, text.utf8.last != blank {
    return [text]
  }
  var lines: [String] = []
  var line = ""
  var used = 0
  var limit = max(first, 8)
  func endLine() {
    while line.last == " " { line.removeLast() }
    lines.append(line)
    line = ""
    used = 0
    limit = max(rest, 8)
  }
  // Blanks side by side stay: they set parts of a line apart.
  for word in text.split(separator: " ", omittingEmptySubsequences: false) {
    var word = word
    var width = displayWidth(word)
    if used > 0, used + 1 + width > limit { endLine() }
    while width > limit {
      let head = longestPrefix(of: word, columns: limit)
      line += head
      word = word.dropFirst(head.count)
      width = displayWidth(word)
      endLine()
    }
    line += (used > 0 ? " " : "") + word
    used += (used > 0 ? 1 : 0) + width
  }
  if used > 0 || lines.isEmpty { endLine() }
  return lines
}

/// The longest beginning of a word that fits, at least one character.
private func longestPrefix(of word: Substring, columns: Int) -> Substring {
  var used = 0
  var end = word.startIndex
  for index in word.indices {
    let width = displayWidth(String(word[index]))
    if used + width > columns, end != word.startIndex { break }
    used += width
    end = word.index(after: index)
  }
  return word[..<end]
}
