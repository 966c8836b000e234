import Glibc

/// What running a command cost.
struct Cost {
  /// User and system time, in seconds.
  var processor: Double
  /// From start to end, in seconds.
  var wall: Double
  /// The most memory that was resident at once, in kilobytes.
  var residentKilobytes: Int
  var exitCode: Int32
}

/// Runs a command with its standard output thrown away, and reads the kernel's account of it.
func measure(_ arguments: [String]) throws -> Cost {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
  var copies: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
  copies.append(nil)
  defer { for copy in copies { free(copy) } }
  var process: pid_t = 0
  let start = seconds()
  let code = posix_spawnp(&process, arguments[0], &actions, nil, copies, environ)
  guard code == 0 else { throw SystemFailure(what: arguments[0], code: code) }
  var status: Int32 = 0
  var usage = rusage()
  guard wait4(process, &status, 0, &usage) == process else {
    throw SystemFailure(what: "wait4", code: errno)
  }
  let wall = seconds() - start
  let exitCode = status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f
  return Cost(
    processor: usage.ru_utime.seconds + usage.ru_stime.seconds, wall: wall,
    residentKilobytes: usage.ru_maxrss, exitCode: exitCode)
}

private func seconds() -> Double {
  var now = timespec()
  clock_gettime(CLOCK_MONOTONIC, &now)
  return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
}

extension timeval {
  fileprivate var seconds: Double { Double(tv_sec) + Double(tv_usec) / 1e6 }
}
