import Foundation
import TestSupport

/// Sends every cut and many random changes of captures through the whole analysis, to the written
/// report: `Damage [--mutations [FROM..<]TO] [--no-cuts] [NAME…]`, the captures of the project by default.
///
/// Ends with 1 when an analysis takes more than two seconds or the process more than 256 MB; a trap
/// ends it with the number of the case that trapped, which the same arguments make again.
var mutations = 0..<100_000
var cutsToo = true
var names: [String] = []
var words = CommandLine.arguments.dropFirst()
while let word = words.popFirst() {
  switch word {
  case "--mutations":
    let ends = (words.popFirst() ?? "").split(separator: "..<").compactMap { Int($0) }
    mutations = (ends.count > 1 ? ends[0] : 0)..<(ends.last ?? 100_000)
  case "--no-cuts": cutsToo = false
  default: names.append(word)
  }
}

let subjects = Subject.all().filter { names.isEmpty || names.contains($0.name) }
Watch.begin()
print(
  "capture                              bytes     cuts  mutations  seconds  slowest ms  peak MB")
for subject in subjects {
  let began = ContinuousClock.now
  var slowest = Duration.zero
  let cuts = cutsToo ? subject.bytes.count + 1 : 0
  for count in 0..<cuts {
    slowest = max(slowest, Watch.over("\(subject.name) cut", count) { subject.analyseCut(count) })
  }
  for number in mutations {
    let taken = Watch.over("\(subject.name) mutation", number) { subject.analyseMutation(number) }
    slowest = max(slowest, taken)
  }
  let seconds = Double((ContinuousClock.now - began).components.seconds)
  let peak = Watch.peakMegabytes
  say(
    subject.name.padding(toLength: 34, withPad: " ", startingAt: 0)
      + String(
        format: "%8d %8d %10d %8.0f %11.1f %8d", subject.bytes.count, cuts, mutations.count,
        seconds, Watch.milliseconds(slowest), peak))
  if peak > 256 { Watch.fail("more than 256 MB: \(peak)") }
}

/// Writes a line at once: the program may be ended at any time.
func say(_ line: String) {
  FileHandle.standardOutput.write(Data("\(line)\n".utf8))
}
