import Foundation
import TestSupport

/// Sends every cut and many random changes of captures through the whole analysis, to the written
/// report, and prints a line for each capture:
/// `Damage [--mutations [FROM..<]TO] [--no-cuts] [--jobs N | --merge N] [NAME…]`, the captures of the
/// project by default.
///
/// `--jobs N` gives keys and opens packets with N threads and with one: the two reports have to be the
/// same. `--merge N` damages N captures and reads them as one.
///
/// Ends with 1 when an analysis takes more than two seconds or the process more than 256 MB; a trap
/// ends it with the number of the case that trapped, which the same arguments make again
/// (`--no-cuts --mutations NUMBER..<NUMBER+1`).
var mutations = 0..<100_000
var cutsToo = true
var kind = Subject.Kind.alone
var names: [String] = []
var words = CommandLine.arguments.dropFirst()
while let word = words.popFirst() {
  switch word {
  case "--mutations":
    let ends = (words.popFirst() ?? "").split(separator: "..<").compactMap { Int($0) }
    mutations = (ends.count > 1 ? ends[0] : 0)..<(ends.last ?? 100_000)
  case "--no-cuts": cutsToo = false
  case "--jobs": kind = .threads(words.popFirst().flatMap { Int($0) } ?? 2)
  case "--merge": kind = .merged(words.popFirst().flatMap { Int($0) } ?? 3)
  default: names.append(word)
  }
}

let folder = FileManager.default.temporaryDirectory.appending(path: "damage-\(getpid())")
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(at: folder) }
Watch.begin()
for name in names.isEmpty ? Subject.names() : names {
  try damage(name)
}

/// All the cases of one capture, and its line.
@MainActor
func damage(_ name: String) throws {
  let subject = try Subject(name, kind: kind, folder: folder)
  let began = ContinuousClock.now
  var slowest = Duration.zero
  let cuts = cutsToo ? subject.bytes.count + 1 : 0
  for count in 0..<cuts {
    slowest = max(slowest, Watch.over("\(name) cut", count) { subject.analyseCut(count) })
  }
  for number in mutations {
    let taken = Watch.over("\(name) mutation", number) { subject.analyseMutation(number) }
    slowest = max(slowest, taken)
  }
  let seconds = Double((ContinuousClock.now - began).components.seconds)
  let peak = Watch.peakMegabytes
  say(
    name.padding(toLength: max(40, name.count + 1), withPad: " ", startingAt: 0)
      + kind.description.padding(toLength: 9, withPad: " ", startingAt: 0)
      + String(
        format: "%9d %8d %10d %8.0f %11.1f %8d", subject.bytes.count, cuts, mutations.count,
        seconds, Watch.milliseconds(slowest), peak))
  if peak > 256 { Watch.fail("more than 256 MB: \(peak)") }
}

/// Writes a line at once: the program may be ended at any time.
func say(_ line: String) {
  FileHandle.standardOutput.write(Data("\(line)\n".utf8))
}
