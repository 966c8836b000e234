// Unsafe spellings: sigset_t is filled and read by the system's own calls, each borrowing it for the
// one call.

import Glibc

/// Lets SIGINT and SIGTERM through, whatever the parent process had blocked: a parent with several
/// threads often starts its children with nearly all signals blocked.
func unblockEndingSignals() {
  var signals = sigset_t()
  unsafe sigemptyset(&signals)
  unsafe sigaddset(&signals, SIGINT)
  unsafe sigaddset(&signals, SIGTERM)
  unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
}
