// Unsafe code of this file: libpcap's handle, made and used in one function, and the bytes of an array
// lent to it for one call.
import Bytes
import CLibpcap
import Capture
import Glibc

/// `replay INTERFACE FILE [--loop COUNT] [--speed FACTOR]`: sends the frames of a capture, as fast as the
/// interface takes them or at a multiple of the speed they were captured at, and prints how many.
///
/// For tests on a pair of virtual interfaces, so that they need no tool that may not be installed.
@main
enum Main {
  static func main() {
    do {
      let words = Array(CommandLine.arguments.dropFirst())
      guard words.count >= 2 else { throw Failure(text: "usage: replay INTERFACE FILE") }
      try replay(
        words[1], over: words[0], times: number(behind: "--loop", in: words) ?? 1,
        speed: number(behind: "--speed", in: words))
    } catch {
      print("replay: \(error)")
      exit(1)
    }
  }

  /// What went wrong.
  private struct Failure: Error, CustomStringConvertible {
    var text: String
    var description: String { text }
  }

  private static func number(behind option: String, in words: [String]) -> Int? {
    guard let place = words.firstIndex(of: option), place + 1 < words.count else { return nil }
    return Int(words[place + 1])
  }

  private static func replay(
    _ path: String, over interface: String, times: Int, speed: Int?
  ) throws {
    var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
    guard let handle = unsafe pcap_open_live(interface, 64, 0, 1000, &message) else {
      throw Failure(text: "\(interface) cannot be opened")
    }
    defer { unsafe pcap_close(handle) }
    // What is sent need not be captured here as well.
    unsafe pcap_setdirection(handle, PCAP_D_IN)
    let batches = try read(path)
    var sent = 0
    for _ in 0..<times {
      var before: Int64?
      for batch in batches {
        for frame in batch.frames {
          let now = frame.time.nanoseconds
          if let speed, let before {
            usleep(UInt32(clamping: (now - before) / 1000 / Int64(speed)))
          }
          before = now
          try unsafe send(batch.bytes[frame.range], handle)
          sent += 1
        }
      }
    }
    print(sent)
  }

  private static func read(_ path: String) throws -> [FrameBatch] {
    let source = try openCaptures([path])
    var batches: [FrameBatch] = []
    while let batch = try source.nextBatch() { batches.append(batch) }
    return batches
  }

  private static func send(_ frame: ArraySlice<UInt8>, _ handle: OpaquePointer) throws {
    while true {
      let count = unsafe frame.withUnsafeBytes {
        unsafe pcap_inject(handle, $0.baseAddress, $0.count)
      }
      if count == frame.count { return }
      // The interface's queue is full: a moment later there is room.
      guard errno == ENOBUFS || errno == EAGAIN else {
        throw Failure(text: unsafe String(cString: pcap_geterr(handle)))
      }
      usleep(100)
    }
  }
}
