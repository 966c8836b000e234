// Unsafe code of this file: zlib's inflate. The z_stream lives in storage of its own that this object
// owns and frees once; before every call its input points into an array that is borrowed for the
// duration of the call, its output into the free part of an output span, each with its length; no
// pointer is kept by zlib's state between calls of inflate (zlib.h: "next_in … next_out" are the
// caller's).
import CZlib

/// What gzip compressed, inflated as it is read: any number of members one after the other
/// (RFC 1952 §2.2). Memory does not depend on how much the data expands.
@safe
final class GzipStream: ByteStream {
  private let source: any ByteStream
  private let state: UnsafeMutablePointer<z_stream>
  private var input: [UInt8]
  private var inputStart = 0
  private var betweenMembers = false
  private var isAtEnd = false
  private(set) var damage: String?
  private(set) var isCut = false

  /// Inflates what `source` holds, `head` being the compressed bytes already read from it; `path` is
  /// for errors.
  init(source: any ByteStream, head: [UInt8], path: String) throws(CaptureError) {
    self.source = source
    input = head
    unsafe state = .allocate(capacity: 1)
    unsafe state.initialize(to: z_stream())
    // 15 window bits and 16: the gzip wrapper alone.
    let code = unsafe inflateInit2_(
      state, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard code == Z_OK else {
      throw .cannotOpen(path: path, reason: "zlib cannot be started (code \(code))")
    }
  }

  deinit {
    unsafe inflateEnd(state)
    unsafe state.deinitialize(count: 1)
    unsafe state.deallocate()
  }

  func read(into block: inout OutputSpan<UInt8>) throws(CaptureError) -> Int {
    while !isAtEnd, block.freeCapacity > 0 {
      if inputStart == input.count {
        try refill()
        if input.isEmpty {
          endOfInput()
          break
        }
      }
      if betweenMembers, !startMember() { break }
      let produced = inflate(into: &block)
      if produced > 0 { return produced }
    }
    return 0
  }

  private func refill() throws(CaptureError) {
    let source = source
    input = try [UInt8](capacity: 65536) { (block: inout OutputSpan<UInt8>) throws(CaptureError) in
      _ = try source.read(into: &block)
    }
    inputStart = 0
  }

  private func endOfInput() {
    isAtEnd = true
    guard !betweenMembers else { return }
    damage = "the gzip data is cut off"
    isCut = true
  }

  /// A further member begins with the magic number; padding with zeros, which tapes and some
  /// writers leave, ends the data; anything else is not gzip's.
  private func startMember() -> Bool {
    guard input[inputStart] == 0x1f else {
      isAtEnd = true
      if input[inputStart] != 0 {
        damage = "what follows the gzip data is not gzip and was ignored"
      }
      return false
    }
    unsafe inflateReset(state)
    betweenMembers = false
    return true
  }

  private func inflate(into block: inout OutputSpan<UInt8>) -> Int {
    let available = input.count - inputStart
    var code: Int32 = Z_OK
    var produced = 0
    unsafe block.withUnsafeMutableBufferPointer { output, count in
      unsafe input.withUnsafeMutableBufferPointer { source in
        guard let from = source.baseAddress, let into = output.baseAddress else { return }
        let room = min(output.count - count, Int(UInt32.max))
        unsafe state.pointee.next_in = from + inputStart
        unsafe state.pointee.avail_in = UInt32(available)
        unsafe state.pointee.next_out = into + count
        unsafe state.pointee.avail_out = UInt32(room)
        code = unsafe CZlib.inflate(state, Z_NO_FLUSH)
        produced = unsafe room - Int(state.pointee.avail_out)
        count += produced
      }
    }
    inputStart = unsafe input.count - Int(state.pointee.avail_in)
    switch code {
    case Z_OK, Z_BUF_ERROR:
      break
    case Z_STREAM_END:
      betweenMembers = true
    default:
      isAtEnd = true
      damage = "the gzip data is damaged"
      isCut = true
    }
    return produced
  }
}
