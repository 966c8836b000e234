import Bytes

/// Several captures as one, in time order; frames of one capture keep their own order.
///
/// Captures that do not overlap, such as the files of a ring, pass whole batches through, and are
/// open only while they are read: a file waits, closed, until the time of its first frame has come.
final class MergedSource: FrameSource {
  private var inputs: [MergeInput] = []
  /// Inputs with frames at hand, a heap: the one with the earliest frame is the first.
  private var active: [MergeInput] = []
  /// Inputs whose first frame is still to come, the earliest last.
  private var waiting: [MergeInput]
  /// Frames of several captures that alternate too often for batches of their own.
  private var mixed = FrameBatch(bytes: [], frames: [])

  /// Shorter runs of one capture's frames are copied together with what follows.
  private static let shortRun = 64

  init(_ inputs: [MergeInput]) {
    self.inputs = inputs
    waiting = inputs.filter { $0.firstTime != nil }.sorted { $1.isBefore($0) }
  }

  var captures: [CaptureSummary] { inputs.map(\.summary) }

  func nextBatch() throws(CaptureError) -> FrameBatch? {
    mixed.bytes.removeAll(keepingCapacity: true)
    mixed.frames.removeAll(keepingCapacity: true)
    while let first = try earliest() {
      let end = first.endOfRun(before: limit())
      let isLong = end - first.position >= Self.shortRun || active.count == 1
      if isLong {
        guard mixed.frames.isEmpty else { return mixed }
        let run = first.run(to: end)
        try advanceFirst(to: end)
        return run
      }
      first.copyRun(to: end, into: &mixed)
      try advanceFirst(to: end)
      if mixed.bytes.count >= FileSource.blockLength || mixed.frames.count >= 2048 { return mixed }
    }
    return mixed.frames.isEmpty ? nil : mixed
  }

  /// The input whose frame is next, after opening those whose time has come.
  private func earliest() throws(CaptureError) -> MergeInput? {
    while let next = waiting.last, active.first.map({ next.isBefore($0) }) ?? true {
      waiting.removeLast()
      if try next.open() {
        active.append(next)
        siftUp()
      }
    }
    return active.first
  }

  /// Whoever comes next after the first.
  private func limit() -> MergeInput? {
    var limit = waiting.last
    for candidate in active.dropFirst().prefix(2) {
      if let best = limit, best.isBefore(candidate) { continue }
      limit = candidate
    }
    return limit
  }

  private func advanceFirst(to position: Int) throws(CaptureError) {
    if try active[0].advance(to: position) {
      siftDown()
    } else {
      active.swapAt(0, active.count - 1)
      active.removeLast()
      siftDown()
    }
  }

  private func siftUp() {
    var child = active.count - 1
    while child > 0, active[child].isBefore(active[(child - 1) / 2]) {
      active.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  private func siftDown() {
    var parent = 0
    while true {
      var first = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < active.count && active[child].isBefore(active[first]) {
        first = child
      }
      if first == parent { return }
      active.swapAt(first, parent)
      parent = first
    }
  }
}
