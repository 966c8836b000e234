import Bytes
import Capture
import Layers
import Synchronization
import Tracking

/// A batch on its way through the line, and what was found in it ahead of its turn.
///
/// `@unchecked Sendable`: it is in one thread's hands at a time, passed on under a lock and given back
/// by `isDone`.
final class OpeningJob: @unchecked Sendable {
  let batch: FrameBatch
  /// What is to be known of the captures from this batch on; nil for nothing new.
  let digits: [Int]?
  /// True where a team looks at it.
  let isHandedOver: Bool
  private(set) var ahead = Ahead()
  private let done = Atomic<Bool>(false)

  init(_ batch: FrameBatch, digits: [Int]?, isHandedOver: Bool) {
    self.batch = batch
    self.digits = digits
    self.isHandedOver = isHandedOver
  }

  /// True when nobody looks at it any more; what was found may be read then.
  var isDone: Bool { !isHandedOver || done.load(ordering: .acquiring) }

  /// Finds the packets that may continue runs and opens them by what `open` has.
  func run(_ open: (inout [AheadPacket], [UInt8]) -> [UInt8]) {
    ahead.find(in: batch)
    ahead.plaintexts = open(&ahead.packets, batch.bytes)
    done.store(true, ordering: .releasing)
  }
}

/// The packets of a batch that may continue runs of opened packets, read frame by frame.
struct Ahead {
  var packets: [AheadPacket] = []
  /// Inner packets of those that were opened, where somebody wants to see them.
  var plaintexts: [UInt8] = []
  private var next = 0

  /// How many were opened.
  var opened: Int { packets.reduce(0) { $0 + ($1.found == nil ? 0 : 1) } }

  /// Forgets all.
  mutating func clear() {
    next = 0
    packets.removeAll(keepingCapacity: true)
  }

  /// Finds them.
  mutating func find(in batch: FrameBatch) {
    clear()
    packets.reserveCapacity(batch.frames.count)
    let bytes = batch.bytes.rawSpan
    let frames = batch.frames.span
    for index in frames.indices where frames[index].linkType.rawValue == 1 {
      let range = frames[index].range
      let frame = bytes.extracting(range)
      if let packet = CommonIPv4(ethernet: frame), let packet = CommonESP(packet, in: frame) {
        packets.append(AheadPacket(packet, frame: index, offset: range.lowerBound))
      }
    }
  }

  /// The place in `packets` of a frame's packet; nil where there is none. Frames are asked for in
  /// order.
  @inline(__always)
  mutating func place(of frame: Int) -> Int? {
    while next < packets.count, packets[next].frame < frame { next &+= 1 }
    return next < packets.count && packets[next].frame == frame ? next : nil
  }
}
