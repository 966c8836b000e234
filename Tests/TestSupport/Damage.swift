/// Random changes of the kinds that break parsers: bits, lengths, extremes, repeats and holes.
///
/// - Parameters:
///   - bytes: A capture file; its header of 24 bytes stays.
///   - random: What decides; the same generator makes the same damage.
package func damaged(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
  var bytes = bytes
  for _ in 0..<Int.random(in: 1...6, using: &random) where bytes.count > 64 {
    let place = Int.random(in: 24..<bytes.count, using: &random)
    let end = min(bytes.count, place + Int.random(in: 1...64, using: &random))
    switch Int.random(in: 0..<6, using: &random) {
    case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 1: bytes[place] = extremeByte(&random)
    case 2: bytes.removeSubrange(place..<end)
    case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
    case 4: for index in place..<end { bytes[index] = .random(in: 0...255, using: &random) }
    default: bytes.removeSubrange(place...)
    }
  }
  return bytes
}

extension CaptureBytes {
  /// A change behind the Ethernet and IP headers of one frame, so that it reaches what is above;
  /// now and then frames change places or come twice.
  package mutating func damage(_ random: inout SeededGenerator) {
    guard !records.isEmpty else { return }
    let frame = Int.random(in: records.indices, using: &random)
    let count = records[frame].bytes.count
    guard count > 50 else { return }
    let place = Int.random(in: 42..<count, using: &random)
    records[frame].bytes[place] =
      Bool.random(using: &random) ? .random(in: 0...255, using: &random) : extremeByte(&random)
    if Int.random(in: 0..<8, using: &random) == 0 {
      records.swapAt(frame, Int.random(in: records.indices, using: &random))
    }
    if Int.random(in: 0..<8, using: &random) == 0 { records.append(records[frame]) }
  }
}

private func extremeByte(_ random: inout SeededGenerator) -> UInt8 {
  [0, 1, 0x7f, 0x80, 0xff].randomElement(using: &random) ?? 0
}
