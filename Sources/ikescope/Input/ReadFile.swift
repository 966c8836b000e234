// The one file of the command line with unsafe spellings: reading a whole file, and wiping it, by calls
// that take an address. The address is that of an array borrowed for the one call, with its own length,
// and what the call reports is checked before it is used.

import Glibc

/// The bytes of a configuration, key file or query; "-" is standard input.
///
/// - Parameters:
///   - path: As the user gave it.
///   - limit: Bytes that such a file may have at most.
/// - Returns: All of them.
/// - Throws: Why it cannot be opened, or that it is too large to be what it should be.
func readFile(_ path: String, limit: Int = 256 << 20) throws(CommandFailure) -> [UInt8] {
  let descriptor = path == "-" ? STDIN_FILENO : unsafe open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw .cannotOpen(path, reason(errno)) }
  defer { if path != "-" { close(descriptor) } }
  var bytes: [UInt8] = []
  // In one piece from the start: growing would leave copies behind.
  bytes.reserveCapacity(min(limit, sizeOfFile(descriptor)) + 1)
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  defer { wipe(&chunk) }
  while true {
    let count = unsafe chunk.withUnsafeMutableBytes {
      unsafe read(descriptor, $0.baseAddress, $0.count)
    }
    if count == 0 { return bytes }
    if count < 0 {
      if errno == EINTR { continue }
      throw .cannotOpen(path, reason(errno))
    }
    bytes.append(contentsOf: chunk.prefix(count))
    guard bytes.count <= limit else {
      throw .unusable(path, "larger than \(limit >> 20) MB, which no such file is")
    }
  }
}

/// Overwrites what held secrets with zeros, where nobody else holds the same array.
func wipe(_ bytes: inout [UInt8]) {
  unsafe bytes.withUnsafeMutableBytes { buffer in
    if let start = buffer.baseAddress { unsafe explicit_bzero(start, buffer.count) }
  }
}

/// The size that the system tells of a file; 0 where it tells none.
private func sizeOfFile(_ descriptor: Int32) -> Int {
  var status = stat()
  guard unsafe fstat(descriptor, &status) == 0 else { return 0 }
  return max(0, Int(status.st_size))
}

private func reason(_ code: Int32) -> String {
  switch code {
  case ENOENT: return "there is no such file"
  case EACCES: return "permission denied"
  case EISDIR: return "it is a directory"
  default:
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text).lowercased()
  }
}
