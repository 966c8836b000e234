// Unsafe code of this file: open(2), fstat(2), write(2), rename(2), unlink(2), realpath(3). The one
// pointer handed over is that of the buffered bytes, with their number; what realpath(3) allocates is
// freed at once.
import Bytes
import Glibc

/// A file that is written from its beginning, buffered; "-" is standard output.
///
/// Bytes reach the file only by whole `flush` calls, so that a file whose writer flushes between
/// records ends with a whole record whenever the program dies.
package final class OutputFile {
  /// How the file comes to be.
  package enum Mode: Sendable {
    /// Under its own name from the start.
    case direct
    /// Beside its name, and renamed when it is whole; nothing is left when it does not come to that.
    case atomic
  }

  private let path: String
  /// The name it is written under; nil for standard output and devices.
  private var temporaryPath: String?
  private let finalPath: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var flushed = 0
  /// Lengths of the buffer at which a record ends: where a full disk may cut the file.
  private var recordEnds: [Int] = []
  private var isClosed = false

  /// Bytes kept before `flushIfFull` writes.
  static let bufferLength = 256 << 10

  /// Creates the file for its owner alone, since captures hold what others should not see.
  ///
  /// - Parameters:
  ///   - path: As the user gave it; "-" is standard output.
  ///   - mode: Whether it appears whole or not at all; pipes and devices are always written directly.
  /// - Throws: When it cannot be created.
  package init(path: String, mode: Mode) throws(CaptureError) {
    self.path = path
    finalPath = path == "-" ? path : resolved(path)
    if path == "-" {
      // A reader that has gone is an error to be met, not a signal to die of.
      signal(SIGPIPE, SIG_IGN)
      descriptor = STDOUT_FILENO
      return
    }
    let isSpecial = fileKind(path).map { $0 != S_IFREG } ?? false
    if mode == .atomic, !isSpecial {
      let temporary = "\(finalPath).\(getpid()).part"
      temporaryPath = temporary
      descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    } else {
      descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    }
    guard descriptor >= 0 else {
      temporaryPath = nil
      throw .cannotWrite(path: path, reason: reason(forWriteError: errno))
    }
  }

  /// Opens a file that will be begun later, leaving what it holds until then; where it holds nothing,
  /// `beginning` is written, so that every tool takes it for what it is to be.
  init(reserving path: String, beginning: [UInt8]) throws(CaptureError) {
    self.path = path
    finalPath = path
    descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .cannotWrite(path: path, reason: reason(forWriteError: errno))
    }
    guard lseek(descriptor, 0, SEEK_END) == 0 else { return }
    append(beginning)
    try flush()
  }

  deinit {
    if !isClosed, descriptor > STDERR_FILENO { Glibc.close(descriptor) }
    if let temporaryPath { unsafe unlink(temporaryPath) }
  }

  /// Bytes written so far, those still buffered included.
  package var count: Int { flushed + buffer.count }

  /// Adds bytes to the buffer.
  package func append(_ bytes: some Collection<UInt8>) {
    buffer.append(contentsOf: bytes)
  }

  /// Adds a number to the buffer, the least significant byte first.
  func append(littleEndian value: some FixedWidthInteger) {
    buffer.append(littleEndian: value)
  }

  /// Writes the buffer when it is full; called between records.
  package func flushIfFull() throws(CaptureError) {
    recordEnds.append(buffer.count)
    if buffer.count >= Self.bufferLength { try flush() }
  }

  /// Writes what is buffered. Where that fails, the file is cut back to its last whole record.
  package func flush() throws(CaptureError) {
    var written = 0
    while written < buffer.count {
      let result = unsafe buffer[written...].withUnsafeBytes { bytes in
        unsafe write(descriptor, bytes.baseAddress, bytes.count)
      }
      if result < 0, errno == EINTR { continue }
      guard result > 0 else {
        let code = result < 0 ? errno : ENOSPC
        if written > 0 {
          let whole = recordEnds.last { $0 <= written } ?? 0
          _ = ftruncate(descriptor, flushed + whole)
        }
        if path == "-", code == EPIPE { throw .outputClosed }
        throw .cannotWrite(path: path, reason: reason(forWriteError: code))
      }
      written += result
    }
    flushed += written
    buffer.removeAll(keepingCapacity: true)
    recordEnds.removeAll(keepingCapacity: true)
  }

  /// Begins again with an empty file.
  func restart() throws(CaptureError) {
    buffer.removeAll(keepingCapacity: true)
    recordEnds.removeAll(keepingCapacity: true)
    flushed = 0
    guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
      throw .cannotWrite(path: path, reason: reason(forWriteError: errno))
    }
  }

  /// Writes the rest, closes the file, and gives it its name.
  package func close() throws(CaptureError) {
    guard !isClosed else { return }
    try flush()
    isClosed = true
    guard descriptor > STDERR_FILENO else { return }
    // Some file systems tell of a full disk only here.
    guard Glibc.close(descriptor) == 0 else {
      throw .cannotWrite(path: path, reason: reason(forWriteError: errno))
    }
    guard let temporary = temporaryPath else { return }
    guard unsafe rename(temporary, finalPath) == 0 else {
      throw .cannotWrite(path: path, reason: reason(forWriteError: errno))
    }
    temporaryPath = nil
  }
}

/// The kind of file that `path` names, S_IFREG and so on; nil when there is none.
private func fileKind(_ path: String) -> mode_t? {
  var status = stat()
  guard unsafe stat(path, &status) == 0 else { return nil }
  return status.st_mode & S_IFMT
}

/// The path without symbolic links, so that renaming replaces the file and not a link to it.
private func resolved(_ path: String) -> String {
  guard let real = unsafe realpath(path, nil) else { return path }
  defer { unsafe free(real) }
  return unsafe String(cString: real)
}

/// A clause for the user about why the system refused to create or write a file.
private func reason(forWriteError code: Int32) -> String {
  switch code {
  case ENOENT: "its folder does not exist"
  case ENOTDIR: "a part of the path is not a directory"
  case EISDIR: "it is a directory"
  case EACCES, EPERM: "permission denied"
  case EROFS: "the file system is read-only"
  case ENOSPC: "the disk is full"
  case EDQUOT: "the disk quota is used up"
  case EFBIG: "the file is larger than the system allows"
  case EPIPE: "nobody reads it any more"
  default: systemMessage(code)
  }
}
