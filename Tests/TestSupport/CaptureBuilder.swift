/// Writes captures byte by byte, lies included: what tests feed to the readers.
package struct CaptureBuilder {
  /// What was written so far.
  package private(set) var bytes: [UInt8] = []
  private let bigEndian: Bool

  /// An empty capture whose headers will be in the given byte order.
  package init(bigEndian: Bool = false) {
    self.bigEndian = bigEndian
  }

  /// A classic pcap file header.
  package mutating func pcapHeader(
    magic: UInt32 = 0xa1b2_c3d4, version: (UInt16, UInt16) = (2, 4), snapLength: UInt32 = 262_144,
    linkType: UInt32 = 1
  ) {
    put(magic)
    put(version.0)
    put(version.1)
    put(UInt32(0))
    put(UInt32(0))
    put(snapLength)
    put(linkType)
  }

  /// A classic pcap record; lengths default to the truth.
  package mutating func pcapRecord(
    _ data: [UInt8], seconds: UInt32 = 1_700_000_000, fraction: UInt32 = 0,
    captured: UInt32? = nil, original: UInt32? = nil
  ) {
    put(seconds)
    put(fraction)
    put(captured ?? UInt32(data.count))
    put(original ?? UInt32(data.count))
    bytes += data
  }

  /// A pcapng block around `body`, which is padded here; lengths default to the truth.
  package mutating func block(
    _ type: UInt32, _ body: [UInt8], length: UInt32? = nil, trailingLength: UInt32? = nil
  ) {
    let padded = body + [UInt8](repeating: 0, count: (4 - body.count % 4) % 4)
    let total = UInt32(padded.count + 12)
    put(type)
    put(length ?? total)
    bytes += padded
    put(trailingLength ?? length ?? total)
  }

  /// A section header block.
  package mutating func sectionHeader(options: [(UInt16, [UInt8])] = []) {
    var body = CaptureBuilder(bigEndian: bigEndian)
    body.put(UInt32(0x1a2b_3c4d))
    body.put(UInt16(1))
    body.put(UInt16(0))
    body.put(UInt32.max)
    body.put(UInt32.max)
    body.put(options: options)
    block(0x0a0d_0d0a, body.bytes)
  }

  /// An interface description block.
  package mutating func interface(
    linkType: UInt16 = 1, snapLength: UInt32 = 0, options: [(UInt16, [UInt8])] = []
  ) {
    var body = CaptureBuilder(bigEndian: bigEndian)
    body.put(linkType)
    body.put(UInt16(0))
    body.put(snapLength)
    body.put(options: options)
    block(1, body.bytes)
  }

  /// An enhanced packet block.
  package mutating func enhancedPacket(
    _ data: [UInt8], interface: UInt32 = 0, ticks: UInt64 = 1_700_000_000_000_000,
    captured: UInt32? = nil, original: UInt32? = nil, options: [(UInt16, [UInt8])] = []
  ) {
    var body = CaptureBuilder(bigEndian: bigEndian)
    body.put(interface)
    body.put(UInt32(truncatingIfNeeded: ticks >> 32))
    body.put(UInt32(truncatingIfNeeded: ticks))
    body.put(captured ?? UInt32(data.count))
    body.put(original ?? UInt32(data.count))
    body.putPadded(data)
    body.put(options: options)
    block(6, body.bytes)
  }

  /// An interface statistics block with drop counts of the interface and of the system.
  package mutating func statistics(interface: UInt32 = 0, dropped: UInt64, systemDropped: UInt64) {
    var body = CaptureBuilder(bigEndian: bigEndian)
    body.put(interface)
    body.put(UInt32(0))
    body.put(UInt32(0))
    body.put(options: [(5, number(dropped)), (7, number(systemDropped))])
    block(5, body.bytes)
  }

  /// A 64-bit number in the capture's byte order, for options.
  package func number(_ value: UInt64) -> [UInt8] {
    let bytes = (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    return bigEndian ? bytes.reversed() : bytes
  }

  /// Bytes as they are.
  package mutating func raw(_ data: [UInt8]) {
    bytes += data
  }

  /// A number in the capture's byte order.
  package mutating func put(_ value: UInt16) {
    let low = UInt8(truncatingIfNeeded: value)
    let high = UInt8(truncatingIfNeeded: value >> 8)
    bytes += bigEndian ? [high, low] : [low, high]
  }

  /// A number in the capture's byte order.
  package mutating func put(_ value: UInt32) {
    let low = UInt16(truncatingIfNeeded: value)
    let high = UInt16(truncatingIfNeeded: value >> 16)
    put(bigEndian ? high : low)
    put(bigEndian ? low : high)
  }

  private mutating func put(options: [(UInt16, [UInt8])]) {
    guard !options.isEmpty else { return }
    for (code, value) in options {
      put(code)
      put(UInt16(value.count))
      putPadded(value)
    }
    put(UInt32(0))
  }

  private mutating func putPadded(_ data: [UInt8]) {
    bytes += data + [UInt8](repeating: 0, count: (4 - data.count % 4) % 4)
  }
}

/// A seeded generator (SplitMix64), so that a failing random test fails again.
package struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  /// The same seed gives the same numbers.
  package init(seed: UInt64) {
    state = seed
  }

  /// The next number.
  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
