// Unsafe here: libFuzzer's own entry, which hands its arguments on and lends every input for the
// length of a call.

import Foundation

/// Runs libFuzzer on one target: `Fuzz TARGET [options of libFuzzer…]`.
///
/// What a target is given it must survive: a trap, a report of the address sanitizer, more than two
/// seconds or more than 512 MB ends the run and leaves the input behind.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

nonisolated(unsafe) private var chosen: ([UInt8]) -> Void = { _ in }

let name = CommandLine.arguments.count > 1 ? CommandLine.arguments[1] : ""
if name == "seeds", CommandLine.arguments.count == 3 {
  try writeSeeds(to: URL(filePath: CommandLine.arguments[2]))
  exit(0)
}
guard let target = targets[name] else {
  print("usage: Fuzz TARGET [libFuzzer's options]\ntargets: \(targets.keys.sorted())")
  exit(64)
}
unsafe chosen = target
var count = CommandLine.argc - 1
var arguments = unsafe CommandLine.unsafeArgv + 1
let status = unsafe runDriver(&count, &arguments) { bytes, length in
  unsafe chosen(Array(UnsafeBufferPointer(start: bytes, count: length)))
  return 0
}
exit(status)
