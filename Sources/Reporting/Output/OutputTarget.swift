import Glibc

/// Where a report goes: standard output, or a file that appears whole or not at all.
///
/// Writing never throws, so that whoever delivers records need not care: the first failure is kept,
/// what follows is dropped, and `finish` tells. A source of frames can look at `failure` and stop.
package final class OutputTarget {
  /// The first failure, after which nothing is written any more.
  package private(set) var failure: OutputError?

  private var buffer: [UInt8] = []
  private var descriptor: Int32
  private let path: String
  /// The file beside `path` that holds the bytes until they are all there.
  private var temporary: String?
  private var isFinished = false

  /// Bytes gathered before a system call.
  private static let chunk = 1 << 16

  /// Standard output. A closed pipe becomes `OutputError.closed` instead of a signal.
  package init() {
    signal(SIGPIPE, SIG_IGN)
    descriptor = STDOUT_FILENO
    path = "-"
  }

  /// A file: written beside, then renamed. What exists and is no regular file, such as a device or
  /// a pipe, is written to as it is.
  ///
  /// - Parameters:
  ///   - path: The file's name.
  ///   - isSecret: True when it will hold keys: only its owner may read it then.
  ///   - appearsWhole: False to write it under its own name from the start: a report that grows
  ///     while a capture goes on, and that a process without its first privileges could not rename.
  /// - Throws: Why the file cannot be created.
  package init(
    file path: String, isSecret: Bool = false, appearsWhole: Bool = true
  ) throws(OutputError) {
    signal(SIGPIPE, SIG_IGN)
    self.path = path
    do throws(SystemFailure) {
      switch kind(of: path) {
      case .directory:
        throw SystemFailure(code: EISDIR)
      case .other:
        descriptor = try openForWriting(path)
      case .nothing where !appearsWhole:
        descriptor = try createFile(path, mode: isSecret ? 0o600 : 0o666)
      case .regularFile where !appearsWhole:
        descriptor = try openForWriting(path, truncating: true)
      case .nothing, .regularFile:
        let beside = "\(resolved(path)).\(getpid()).part"
        descriptor = try createFile(beside, mode: isSecret ? 0o600 : 0o666)
        temporary = beside
      }
    } catch {
      throw .cannotWrite(path: path, reason: error.reason)
    }
  }

  deinit {
    if !isFinished { abandon() }
  }

  /// True when what is written is seen by a person at a terminal.
  package var isTerminal: Bool { isatty(descriptor) == 1 }

  /// Columns of the terminal written to; nil where it is none.
  package var columns: Int? { terminalColumns(descriptor) }

  /// Writes bytes, now or with the next chunk.
  package func write(_ bytes: some Collection<UInt8>) {
    guard failure == nil else { return }
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.chunk { flush() }
  }

  /// Writes text as UTF-8.
  package func write(_ text: String) {
    write(text.utf8)
  }

  /// Hands everything gathered so far to the system.
  package func flush() {
    guard failure == nil, !buffer.isEmpty else { return }
    do throws(SystemFailure) {
      try writeAll(buffer, to: descriptor)
    } catch {
      failure =
        error.code == EPIPE ? .closed : .cannotWrite(path: path, reason: error.reason)
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes what is left and gives a file its name.
  package func finish() throws(OutputError) {
    flush()
    if failure == nil, let temporary, !isFinished {
      do throws(SystemFailure) {
        try finishFile(descriptor, from: temporary, to: resolved(path))
        self.temporary = nil
      } catch {
        failure = .cannotWrite(path: path, reason: error.reason)
      }
    }
    if let failure {
      abandon()
      throw failure
    }
    isFinished = true
  }

  /// Leaves no half-written file behind.
  package func abandon() {
    isFinished = true
    guard let temporary else { return }
    self.temporary = nil
    close(descriptor)
    removeFile(temporary)
  }
}
