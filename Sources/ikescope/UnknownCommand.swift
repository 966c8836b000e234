import ArgumentParser

/// Refuses a first word that is no command, and says which one is meant: a misspelt one, or the one
/// that takes the file that stands in its place.
func expectCommand(_ word: String) throws(CommandFailure) {
  let names = Ikescope.configuration.subcommands.map { $0._commandName }
  guard !word.hasPrefix("-"), word != "help", !names.contains(word) else { return }
  let near = names.map { (name: $0, distance: editDistance(word, $0)) }
    .min { $0.distance < $1.distance }
  let advice: String
  if let near, near.distance <= 2 {
    advice = "did you mean \(near.name)?"
  } else if word.contains(".") || word.contains("/") {
    let isText = [".cfg", ".conf", ".config", ".txt"].contains { word.hasSuffix($0) }
    advice = "for a file, say what to do with it: ikescope \(isText ? "check" : "analyze") \(word)"
  } else {
    advice = "there are " + names.joined(separator: ", ")
  }
  throw .usage("\(word) is no command; \(advice) (see ikescope --help)")
}

/// How many letters must be put in, taken out or changed to make one word of the other; more than
/// any command is long for words that are longer.
private func editDistance(_ one: String, _ other: String) -> Int {
  let (one, other) = (Array(one.prefix(20)), Array(other))
  var row = Array(0...other.count)
  for (index, letter) in one.enumerated() {
    var diagonal = row[0]
    row[0] = index + 1
    for column in other.indices {
      let change = diagonal + (letter == other[column] ? 0 : 1)
      diagonal = row[column + 1]
      row[column + 1] = min(change, diagonal + 1, row[column] + 1)
    }
  }
  return row[other.count]
}
