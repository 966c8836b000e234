internal import Bytes

/// How far a protocol's bytes reach, and what says so.
struct Extent {
  /// What limits the bytes; the text that errors show.
  enum Bound: String {
    case captured = "the captured length"
    case ipv4TotalLength = "the IPv4 total length"
    case ipv6PayloadLength = "the IPv6 payload length"
    case quotation = "the quoted datagram"
    case reassembled = "the reassembled datagram"
  }

  /// One behind the last byte that may be read.
  var end: Int
  /// One behind the last byte that the lengths promise; beyond `end` where the capture is cut.
  var promised: Int
  /// What limits `end`.
  var bound: Bound

  /// A packet inside this extent whose own length says that it ends at `stated`.
  @inline(__always)
  func limited(to stated: Int, by bound: Bound) -> Extent {
    stated <= end
      ? Extent(end: stated, promised: stated, bound: bound)
      : Extent(end: end, promised: stated, bound: self.bound)
  }
}

/// What the decoder knows of the frame while it walks down its layers.
struct Context {
  /// The frame's number in its capture.
  var number: Int
  /// The capture it belongs to, from 0.
  var capture: Int
  /// When it was captured.
  var time: Timestamp
  /// True when the capture holds fewer bytes than were on the wire.
  var isCut: Bool
  /// IP headers above the one being read.
  var depth = 0
  /// Frames that the bytes being read were put together from; empty for the frame's own.
  var assembledFrom: [FramePlace] = []

  /// The frame itself.
  var place: FramePlace { FramePlace(capture: capture, number: number, time: time) }
}
