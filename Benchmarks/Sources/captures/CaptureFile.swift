import Glibc

/// A classic pcap file of Ethernet frames, written front to back.
final class CaptureFile {
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private(set) var frames = 0
  /// Microseconds since 1970 of the next frame.
  var clock: UInt64 = 1_700_000_000_000_000

  init(_ path: String) throws {
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else { throw SystemFailure(what: path, code: errno) }
    buffer.reserveCapacity(2 << 20)
    for value: UInt32 in [0xa1b2_c3d4, 0x0004_0002, 0, 0, 262_144, 1] {
      putLittleEndian(value)
    }
  }

  /// Writes the frame that `body` appends, and lets the clock go on.
  func frame(after microseconds: UInt64 = 10, _ body: (inout [UInt8]) -> Void) throws {
    clock += microseconds
    putLittleEndian(UInt32(clock / 1_000_000))
    putLittleEndian(UInt32(clock % 1_000_000))
    let lengths = buffer.count
    putLittleEndian(0)
    putLittleEndian(0)
    body(&buffer)
    let length = UInt32(buffer.count - lengths - 8)
    for byte in 0..<4 {
      let value = UInt8(truncatingIfNeeded: length >> (8 * UInt32(byte)))
      buffer[lengths + byte] = value
      buffer[lengths + 4 + byte] = value
    }
    frames += 1
    if buffer.count >= 1 << 20 { try flush() }
  }

  func close() throws {
    try flush()
    guard Glibc.close(descriptor) == 0 else { throw SystemFailure(what: "close", code: errno) }
  }

  private func flush() throws {
    var written = 0
    while written < buffer.count {
      let count = buffer[written...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      guard count > 0 else { throw SystemFailure(what: "write", code: errno) }
      written += count
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private func putLittleEndian(_ value: UInt32) {
    for shift: UInt32 in [0, 8, 16, 24] { buffer.append(UInt8(truncatingIfNeeded: value >> shift)) }
  }
}

struct SystemFailure: Error, CustomStringConvertible {
  var what: String
  var code: Int32
  var description: String { "\(what): \(String(cString: strerror(code)))" }
}

/// SplitMix64: the same captures every time.
struct Generator: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// As many random bytes.
  mutating func bytes(_ count: Int) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(count)
    append(count, to: &result)
    return result
  }

  /// Appends as many random bytes.
  mutating func append(_ count: Int, to bytes: inout [UInt8]) {
    var left = count
    while left > 0 {
      var word = next()
      for _ in 0..<min(8, left) {
        bytes.append(UInt8(truncatingIfNeeded: word))
        word >>= 8
      }
      left -= 8
    }
  }
}

extension [UInt8] {
  /// Appends a number in network byte order.
  mutating func put<Value: FixedWidthInteger>(_ value: Value) {
    for shift in stride(from: Value.bitWidth - 8, through: 0, by: -8) {
      append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }
}
