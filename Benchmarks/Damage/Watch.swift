import Foundation

/// Looks at the analysis from another thread: one that does not end must still be told of.
enum Watch {
  private static let longest = Duration.seconds(2)
  nonisolated(unsafe) private static var label = ""
  nonisolated(unsafe) private static var number = -1
  nonisolated(unsafe) private static var began = ContinuousClock.now

  /// The time that all threads have computed for: other programs on a busy machine do not count.
  private static var computed: Duration {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }

  /// Runs `body` under the watch, and tells how long it computed.
  static func over(_ label: String, _ number: Int, _ body: () -> Void) -> Duration {
    self.label = label
    began = .now
    self.number = number
    let start = computed
    body()
    let taken = computed - start
    self.number = -1
    if taken > longest { fail("took \(taken): \(label) \(number)") }
    return taken
  }

  /// Begins to look.
  static func begin() {
    // Traps and bad accesses: which case it was, before the process dies of it.
    for code in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT] {
      signal(code) { code in
        say("signal \(code) in \(Watch.label) \(Watch.number)")
        signal(code, SIG_DFL)
        raise(code)
      }
    }
    Thread.detachNewThread {
      for second in 1... {
        Thread.sleep(forTimeInterval: 1)
        let (now, number) = (ContinuousClock.now, Watch.number)
        if second % 60 == 0 {
          FileHandle.standardError.write(Data("\(Watch.label) \(number)\n".utf8))
        }
        if number >= 0, now - Watch.began > Watch.longest * 30 {
          Watch.fail("no end: \(Watch.label) \(number)")
        }
      }
    }
  }

  /// Ends the program with what was wrong.
  static func fail(_ reason: String) -> Never {
    say("FAILED \(reason)")
    exit(1)
  }

  static func milliseconds(_ duration: Duration) -> Double {
    Double(duration.components.attoseconds) / 1e15 + Double(duration.components.seconds) * 1e3
  }

  /// The most that was resident at once.
  static var peakMegabytes: Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return (line?.split(separator: " ").dropLast().last.flatMap { Int($0) } ?? 0) >> 10
  }
}
