import Bytes

/// One interface of a pcapng section: what its packets are and how its clock counts
/// (draft-ietf-opsawg-pcapng §4.2).
struct PcapngInterface {
  /// What the packets of this interface begin with.
  let linkType: LinkType
  /// Bytes kept of each packet at most; 0 when there is no limit.
  let snapLength: Int
  /// Lost packets that the last statistics block of this interface told of.
  var dropped = 0
  private let resolution: UInt8
  private let offsetSeconds: Int64
  /// Nanoseconds a tick, where that is a whole number; 0 where it is not.
  private let nanosecondsPerTick: UInt64

  /// An interface whose option if_tsresol is `resolution` (10 to the minus n, or with the top bit 2
  /// to the minus n) and whose option if_tsoffset is `offsetSeconds` (added to every time).
  init(linkType: LinkType, snapLength: Int, resolution: UInt8 = 6, offsetSeconds: Int64 = 0) {
    self.linkType = linkType
    self.snapLength = snapLength
    self.resolution = resolution
    self.offsetSeconds = offsetSeconds
    nanosecondsPerTick = resolution <= 9 ? powerOfTen(9 - Int(resolution)) : 0
  }

  /// Digits of a fraction that this clock fills: 6 or 9.
  var timestampDigits: Int {
    let isBinary = resolution & 0x80 != 0
    return isBinary ? (resolution & 0x7f > 20 ? 9 : 6) : (resolution > 6 ? 9 : 6)
  }

  /// The moment that `ticks` of this clock stands for; saturating.
  func time(ticks: UInt64) -> Timestamp {
    let (product, overflow) = ticks.multipliedReportingOverflow(by: nanosecondsPerTick)
    if nanosecondsPerTick != 0, !overflow, offsetSeconds == 0, let value = Int64(exactly: product) {
      return Timestamp(nanoseconds: value)
    }
    return unusualTime(ticks: ticks)
  }

  @inline(never)
  private func unusualTime(ticks: UInt64) -> Timestamp {
    let (seconds, nanoseconds) = secondsAndNanoseconds(ticks: ticks)
    let (moved, overflow) = Int64(clamping: seconds).addingReportingOverflow(offsetSeconds)
    return Timestamp(
      seconds: overflow ? (offsetSeconds < 0 ? .min : .max) : moved,
      nanoseconds: Int64(clamping: nanoseconds))
  }

  private func secondsAndNanoseconds(ticks: UInt64) -> (UInt64, UInt64) {
    let exponent = Int(resolution & 0x7f)
    if resolution & 0x80 != 0 {
      guard exponent < 64 else { return (0, 0) }
      let fraction = exponent == 0 ? 0 : ticks << (64 - exponent)
      return (ticks >> exponent, fraction.multipliedFullWidth(by: 1_000_000_000).high)
    }
    // 10^19 is the largest power of ten in 64 bits; a finer clock has not reached a second yet.
    guard exponent <= 19 else { return (0, 0) }
    let (seconds, rest) = ticks.quotientAndRemainder(dividingBy: powerOfTen(exponent))
    return (
      seconds,
      exponent <= 9 ? rest &* powerOfTen(9 - exponent) : rest / powerOfTen(exponent - 9)
    )
  }
}

/// 10 to the `exponent`, for 0 to 19.
private func powerOfTen(_ exponent: Int) -> UInt64 {
  (0..<exponent).reduce(1) { power, _ in power &* 10 }
}
