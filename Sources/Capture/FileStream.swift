// Unsafe code of this file: open(2), fstat(2), read(2). The one pointer handed to the system is the
// free part of an output span, with that part's length, and read(2) tells how much it wrote there.
import Glibc

/// The bytes of a file, a pipe or standard input.
final class FileStream: ByteStream {
  private let descriptor: Int32
  private let path: String
  private let ownsDescriptor: Bool
  private let interruption: Interruption?
  private var wasInterrupted = false
  /// True for a file that can be closed and opened again: not standard input, not a pipe.
  let isRegularFile: Bool
  var damage: String? { wasInterrupted ? "reading was interrupted" : nil }

  /// Opens `path`; "-" is standard input.
  init(path: String, interruption: Interruption? = nil) throws(CaptureError) {
    self.path = path
    self.interruption = interruption
    ownsDescriptor = path != "-"
    descriptor = ownsDescriptor ? unsafe open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO
    guard descriptor >= 0 else {
      throw .cannotOpen(path: path, reason: reason(forOpenError: errno))
    }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      isRegularFile = false
      throw .cannotOpen(path: path, reason: reason(forOpenError: errno))
    }
    let kind = status.st_mode & S_IFMT
    isRegularFile = kind == S_IFREG && ownsDescriptor
    if kind == S_IFDIR {
      throw .cannotOpen(path: path, reason: "it is a directory; give the capture files in it")
    }
  }

  deinit {
    if ownsDescriptor, descriptor >= 0 { close(descriptor) }
  }

  func read(into block: inout OutputSpan<UInt8>) throws(CaptureError) -> Int {
    if !isRegularFile, let interruption {
      // What is there is still read; only waiting ends.
      while true {
        let wakeup = interruption.wait(for: descriptor, milliseconds: -1)
        if wakeup.contains(.readable) { break }
        if wakeup.contains(.interrupted) {
          wasInterrupted = true
          return 0
        }
      }
    }
    let descriptor = descriptor
    var got = 0
    unsafe block.withUnsafeMutableBufferPointer { buffer, count in
      guard let base = buffer.baseAddress else { return }
      repeat {
        got = unsafe Glibc.read(descriptor, base + count, buffer.count - count)
      } while got < 0 && errno == EINTR
      count += max(got, 0)
    }
    guard got >= 0 else { throw .cannotOpen(path: path, reason: reason(forOpenError: errno)) }
    return got
  }
}

/// A clause for the user about why the system refused to open or read a file.
func reason(forOpenError code: Int32) -> String {
  switch code {
  case ENOENT: "there is no such file"
  case ENOTDIR: "a part of the path is not a directory"
  case EACCES, EPERM: "permission denied"
  case EISDIR: "it is a directory; give the capture files in it"
  case EMFILE, ENFILE: "too many files are open; raise the limit (ulimit -n) or give fewer"
  case ELOOP: "the symbolic links in its path go in circles"
  case ENAMETOOLONG: "the name is too long"
  case EBADF: "it is closed"
  default: systemMessage(code)
  }
}

/// The system's own words for an error number.
func systemMessage(_ code: Int32) -> String {
  unsafe String(cString: strerror(code))
}
