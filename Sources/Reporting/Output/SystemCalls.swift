// The one file of this room with unsafe spellings: system calls that take addresses. Every address
// handed over is that of a Swift value borrowed for the duration of the one call, with its own
// length; results are checked before use, and nothing keeps a pointer.

import Glibc

/// What a system call said when it failed.
struct SystemFailure: Error, Hashable {
  /// The call's `errno`.
  var code: Int32

  /// The last call's.
  static var last: SystemFailure { SystemFailure(code: errno) }

  /// The system's words, such as `Permission denied`.
  var reason: String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text).lowercased()
  }
}

/// Writes all of `bytes`, in as many calls as it takes.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws(SystemFailure) {
  var written = 0
  while written < bytes.count {
    let count = unsafe bytes[written...].withUnsafeBytes { part in
      unsafe write(descriptor, part.baseAddress, part.count)
    }
    if count >= 0 {
      written += count
    } else if errno == EAGAIN {
      var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      _ = unsafe poll(&ready, 1, 1000)
    } else if errno != EINTR {
      throw .last
    }
  }
}

/// Creates a file that must not exist yet, open for writing.
func createFile(_ path: String, mode: mode_t) throws(SystemFailure) -> Int32 {
  let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
  guard descriptor >= 0 else { throw .last }
  return descriptor
}

/// Opens something that exists for writing, such as a device or a pipe.
func openForWriting(_ path: String, truncating: Bool = false) throws(SystemFailure) -> Int32 {
  let flags = O_WRONLY | O_CLOEXEC | O_NOCTTY | (truncating ? O_TRUNC : 0)
  let descriptor = unsafe open(path, flags)
  guard descriptor >= 0 else { throw .last }
  return descriptor
}

/// What stands at a path.
enum PathKind: Hashable {
  case nothing, regularFile, directory, other
}

/// What stands at `path`, links followed.
func kind(of path: String) -> PathKind {
  var information = stat()
  guard unsafe stat(path, &information) == 0 else { return .nothing }
  return switch information.st_mode & S_IFMT {
  case S_IFREG: .regularFile
  case S_IFDIR: .directory
  default: .other
  }
}

/// The path with its links resolved, or as it is where that cannot be.
func resolved(_ path: String) -> String {
  guard let real = unsafe realpath(path, nil) else { return path }
  defer { unsafe free(real) }
  return unsafe String(cString: real)
}

/// Makes the file's bytes durable and gives it its final name.
func finishFile(_ descriptor: Int32, from temporary: String, to path: String)
  throws(SystemFailure)
{
  guard fsync(descriptor) == 0 || errno == EINVAL else { throw .last }
  guard close(descriptor) == 0 else { throw .last }
  guard unsafe rename(temporary, path) == 0 else { throw .last }
}

/// Removes a file that was not finished.
func removeFile(_ path: String) {
  _ = unsafe unlink(path)
}

/// Columns of the terminal behind a descriptor; nil where there is none.
func terminalColumns(_ descriptor: Int32) -> Int? {
  var size = winsize()
  guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
  return Int(size.ws_col)
}

/// A variable of the environment.
func environmentVariable(_ name: String) -> String? {
  guard let value = unsafe getenv(name) else { return nil }
  return unsafe String(cString: value)
}
