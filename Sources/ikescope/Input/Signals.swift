// Unsafe spellings: sigset_t is filled and read by the system's own calls, each borrowing it for the
// one call; open(2) is given a constant path.

import Glibc

/// Lets SIGINT and SIGTERM through, whatever the parent process had blocked: a parent with several
/// threads often starts its children with nearly all signals blocked. A file that grows larger than the
/// system allows (setrlimit(2)) is an error of writing, as a full disk is, and not a signal to die of.
func prepareSignals() {
  var signals = sigset_t()
  unsafe sigemptyset(&signals)
  unsafe sigaddset(&signals, SIGINT)
  unsafe sigaddset(&signals, SIGTERM)
  unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  signal(SIGXFSZ, SIG_IGN)
}

/// Takes the places of standard input, output and error where the parent closed them: the next file
/// opened would be taken for one of them. What is opened fails at the first use.
func reserveStandardDescriptors() {
  for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
    _ = unsafe open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
  }
}
