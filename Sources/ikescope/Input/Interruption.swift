// Unsafe spellings: sigaction(2) takes the address of a structure borrowed for the one call, and the
// handler touches an atomic flag and nothing else, as signal-safety(7) asks.

import Glibc
import Synchronization

/// Set by the first SIGINT or SIGTERM; nothing else happens in the signal handler.
private let wasInterrupted = Atomic<Bool>(false)

/// Whether the user, or whoever manages this process, asked it to stop.
///
/// The first signal is remembered, so that what was seen so far is still reported; a second one
/// finds the system's own behaviour and ends the process.
enum Interruption {
  /// True once a signal came.
  static var happened: Bool { wasInterrupted.load(ordering: .relaxed) }

  /// Watches for SIGINT and SIGTERM from now on.
  static func watch() {
    // Touched here, so that the handler never is the first to initialise it.
    guard !happened else { return }
    var action = sigaction()
    // Once: a second signal ends the process. Without SA_RESTART, so that a read that waits for a
    // pipe returns and the flag is seen.
    action.sa_flags = CInt(bitPattern: UInt32(SA_RESETHAND))
    unsafe action.__sigaction_handler.sa_handler = { _ in
      wasInterrupted.store(true, ordering: .relaxed)
    }
    for number in [SIGINT, SIGTERM] { _ = unsafe sigaction(number, &action, nil) }
  }
}
