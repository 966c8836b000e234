/// A made-up capture: frames one after the other on a clock, Ethernet around IP.
package final class Wire {
  /// A frame and when it was captured, in seconds.
  package struct Frame {
    package var time: Double
    package var bytes: [UInt8]
    /// Bytes that were on the wire; nil for as many as there are.
    package var originalLength: Int?
  }

  /// The frames so far; the number of the last one is `frames.count`.
  package private(set) var frames: [Frame] = []
  /// The time of the next frame, less what `after` adds.
  package var clock: Double

  /// 2026-11-20, 12:00 UTC, unless told otherwise.
  package init(at time: Double = 1_795_176_000) {
    clock = time
  }

  /// Puts an IP packet on the wire.
  ///
  /// - Parameters:
  ///   - packet: From the first byte of the IP header.
  ///   - seconds: Time since the frame before.
  ///   - snapLength: Bytes of the frame that the capture holds; nil for all.
  /// - Returns: The frame's number.
  @discardableResult
  package func send(_ packet: [UInt8], after seconds: Double = 0.02, snapLength: Int? = nil) -> Int
  {
    clock += seconds
    let frame = PacketBuilder.ethernet(packet)
    let kept = min(snapLength ?? frame.count, frame.count)
    frames.append(
      Frame(time: clock, bytes: Array(frame.prefix(kept)), originalLength: frame.count))
    return frames.count
  }

  /// Sends frames that went over the wire before once more, as a mirror of two ports does.
  package func duplicateAll(after seconds: Double = 0.000_03) {
    frames = frames.flatMap { frame in
      var copy = frame
      copy.time += seconds
      return [frame, copy]
    }
  }

  /// Leaves out the frames for which `predicate` is true, and counts anew.
  package func remove(where predicate: (Int, Frame) -> Bool) {
    frames = frames.enumerated().filter { !predicate($0.offset + 1, $0.element) }.map(\.element)
  }

  /// The frames of another wire among this one's, in the order of time.
  package func merge(_ other: Wire) {
    frames = (frames + other.frames).enumerated().sorted {
      ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
    }.map(\.element)
    clock = max(clock, other.clock)
  }

  /// The capture as a pcap file with nanoseconds.
  package var pcap: [UInt8] {
    var builder = CaptureBuilder()
    builder.pcapHeader(magic: 0xa1b2_3c4d)
    for frame in frames {
      let nanoseconds = UInt64((frame.time * 1_000_000).rounded()) * 1000
      builder.pcapRecord(
        frame.bytes, seconds: UInt32(nanoseconds / 1_000_000_000),
        fraction: UInt32(nanoseconds % 1_000_000_000),
        original: frame.originalLength.map { UInt32($0) })
    }
    return builder.bytes
  }
}
