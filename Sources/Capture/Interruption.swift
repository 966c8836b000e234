// Unsafe code of this file: pipe(2), poll(2), sigaction(2). The signal handler does nothing but
// store to an atomic and one write(2) to a pipe, which are safe at any moment (signal-safety(7)); the
// descriptor it writes to lives in an atomic that is set before the handler is installed.
import Glibc
import Synchronization

/// The user's wish to end early: a signal, or a call. Whoever waits for bytes or frames wakes up.
package final class Interruption: Sendable {
  private let readEnd: Int32
  private let writeEnd: Int32
  /// True once `raise` was called. Asking the pipe is a system call, and who reads a file asks with
  /// every block.
  private let wasCalled = Atomic<Bool>(false)

  /// A wish that nobody has uttered yet.
  ///
  /// - Throws: When the system has no descriptors left.
  package init() throws(CaptureError) {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else {
      throw .cannotOpen(path: "a pipe", reason: reason(forOpenError: errno))
    }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    readEnd = ends[0]
    writeEnd = ends[1]
  }

  deinit {
    _ = signalDescriptor.compareExchange(
      expected: writeEnd, desired: -1, ordering: .sequentiallyConsistent)
    _ = signalled.compareExchange(
      expected: writeEnd, desired: -1, ordering: .sequentiallyConsistent)
    close(readEnd)
    close(writeEnd)
  }

  /// Makes the first of these signals raise this interruption; a second one ends the program, as
  /// it would have without this call.
  package func raiseOnSignals(_ signals: [Int32] = [SIGINT, SIGTERM]) {
    signalDescriptor.store(writeEnd, ordering: .sequentiallyConsistent)
    var action = sigaction()
    unsafe action.__sigaction_handler.sa_handler = { _ in
      let saved = errno
      var byte: UInt8 = 1
      let descriptor = signalDescriptor.load(ordering: .sequentiallyConsistent)
      if descriptor >= 0 {
        signalled.store(descriptor, ordering: .sequentiallyConsistent)
        unsafe write(descriptor, &byte, 1)
      }
      errno = saved
    }
    action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
    for signal in signals { unsafe sigaction(signal, &action, nil) }
  }

  /// Utters the wish.
  package func raise() {
    var byte: UInt8 = 1
    wasCalled.store(true, ordering: .sequentiallyConsistent)
    unsafe write(writeEnd, &byte, 1)
  }

  /// True once the wish was uttered.
  package var isRaised: Bool {
    wasCalled.load(ordering: .relaxed) || signalled.load(ordering: .relaxed) == writeEnd
  }

  /// What `wait` woke up for.
  struct Wakeup: OptionSet {
    let rawValue: Int
    static let interrupted = Wakeup(rawValue: 1)
    static let readable = Wakeup(rawValue: 2)
  }

  /// Waits until `descriptor` can be read from (or has failed), this interruption is raised, or the
  /// time has passed; a negative time waits for ever, a negative descriptor is not waited for.
  func wait(for descriptor: Int32, milliseconds: Int32) -> Wakeup {
    var waited = [
      pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0),
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
    ]
    let count = unsafe poll(&waited, 2, milliseconds)
    guard count > 0 else { return [] }
    var wakeup: Wakeup = []
    if waited[0].revents != 0 { wakeup.insert(.interrupted) }
    if waited[1].revents != 0 { wakeup.insert(.readable) }
    return wakeup
  }
}

/// Where the signal handler writes to; -1 when nobody listens.
private let signalDescriptor = Atomic<Int32>(-1)
/// The descriptor that the handler has written to; -1 while no signal came.
private let signalled = Atomic<Int32>(-1)
