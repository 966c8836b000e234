import Glibc

/// What reading a file costs whoever reads it: the floor under every figure of `scan`.
enum Reading {
  /// Bytes asked for at once; between 128 KiB and 1 MiB it makes no difference.
  private static let blockLength = 256 << 10

  /// Reads a file from start to end, and looks at nothing.
  static func readAll(_ path: String) throws {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw SystemFailure(what: path, code: errno) }
    defer { close(descriptor) }
    let block = UnsafeMutableRawPointer.allocate(byteCount: blockLength, alignment: 4096)
    defer { block.deallocate() }
    while true {
      let count = read(descriptor, block, blockLength)
      guard count >= 0 else { throw SystemFailure(what: path, code: errno) }
      if count == 0 { return }
    }
  }

  /// Brings the page cache into the state that a first reading from start to end leaves: a file lies
  /// there in pieces of up to 2 MB then, where writing it or reading it here and there leaves single
  /// pages, and reading those costs three times as much, whoever reads.
  static func warm(_ path: String) throws {
    let descriptor = open(path, O_RDWR)
    guard descriptor >= 0 else { throw SystemFailure(what: path, code: errno) }
    fsync(descriptor)
    posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
    close(descriptor)
    try readAll(path)
  }
}
