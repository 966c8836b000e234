import Glibc

/// `captures NAME FILE [COUNT]` writes a capture; `captures measure [--best N] COMMAND…` runs a
/// command and prints CPU seconds, wall seconds, resident kilobytes and exit code; `captures read
/// FILE` costs what reading alone costs.
@main
struct Main {
  static func main() {
    do {
      try run(Array(CommandLine.arguments.dropFirst()))
    } catch {
      fail("captures: \(error)", code: 1)
    }
  }

  private static func run(_ arguments: [String]) throws {
    switch arguments.first {
    case "measure":
      try runMeasure(Array(arguments.dropFirst()))
    case "read", "warm":
      guard arguments.count == 2 else { usage() }
      try arguments[0] == "warm" ? Reading.warm(arguments[1]) : Reading.readAll(arguments[1])
    case "esp":
      guard try Decryption.write(Array(arguments.dropFirst())) else { usage() }
    case "floor":
      guard Decryption.floor(Array(arguments.dropFirst())) else { usage() }
    case let name?:
      guard let workload = Workload(rawValue: name), arguments.count >= 2,
        let count = arguments.count > 2 ? Int(arguments[2]) : workload.defaultCount
      else { usage() }
      let file = try CaptureFile(arguments[1])
      try workload.write(to: file, count: count)
      try file.close()
      print("\(arguments[1]): \(file.frames) frames")
    case nil:
      usage()
    }
  }

  /// The cheapest of several runs, and the shortest: what others do on the machine only ever adds.
  private static func runMeasure(_ arguments: [String]) throws {
    var command = arguments
    var runs = 1
    if command.first == "--best", command.count > 2, let count = Int(command[1]) {
      runs = max(1, count)
      command.removeFirst(2)
    }
    guard !command.isEmpty else { usage() }
    var best = try measure(command)
    for _ in 1..<runs {
      var cost = try measure(command)
      let wall = min(best.wall, cost.wall)
      if cost.processor > best.processor { cost = best }
      best = cost
      best.wall = wall
    }
    print(fixed(best.processor), fixed(best.wall), best.residentKilobytes, best.exitCode)
  }

  /// Seconds with three digits behind the point.
  private static func fixed(_ seconds: Double) -> String {
    let thousandths = Int((seconds * 1000).rounded())
    let fraction = String(thousandths % 1000)
    return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
  }

  private static func usage() -> Never {
    var text = "usage: captures NAME FILE [COUNT]\n       captures measure [--best N] COMMAND…\n"
    text += "       captures read FILE    reads it and does nothing with it\n"
    text += "       captures warm FILE    puts it into the page cache as one reading leaves it\n"
    text += "       captures esp PROTECTION BYTES SAS COUNT FILE\n"
    text += "       captures floor PROTECTION BYTES SAS COUNT\n"
    for workload in Workload.allCases {
      text += "  \(workload.rawValue) [\(workload.defaultCount)]: \(workload.summary)\n"
    }
    fail(text, code: 64)
  }

  private static func fail(_ text: String, code: Int32) -> Never {
    let bytes = Array((text + "\n").utf8)
    _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    exit(code)
  }
}
