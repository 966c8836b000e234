/// Several captures as one, in time order.
///
/// Whoever has the earliest frame goes on, up to the next one's time: captures that do not overlap,
/// such as the files of a ring, pass whole batches through.
final class MergedSource: FrameSource {
  private var inputs: [Input]

  private struct Input {
    let source: FileSource
    var batch: FrameBatch?
    var position = 0
    var started = false

    var head: Frame? { batch.map { $0.frames[position] } }
  }

  init(_ sources: [FileSource]) {
    inputs = sources.map { Input(source: $0) }
  }

  var captures: [CaptureSummary] { inputs.map(\.source.summary) }

  func nextBatch() throws(CaptureError) -> FrameBatch? {
    for index in inputs.indices where inputs[index].batch == nil && !inputs[index].started {
      inputs[index].started = true
      inputs[index].batch = try inputs[index].source.nextBatch()
    }
    var first: Int?
    var limit: Frame?
    for (index, input) in inputs.enumerated() {
      guard let head = input.head else { continue }
      if let earliest = first, let best = inputs[earliest].head {
        if head.time < best.time {
          (first, limit) = (index, best)
        } else if limit.map({ head.time < $0.time }) ?? true {
          limit = head
        }
      } else {
        first = index
      }
    }
    guard let first, let batch = inputs[first].batch else { return nil }
    var end = inputs[first].position
    while end < batch.frames.count, limit.map({ batch.frames[end].time <= $0.time }) ?? true {
      end += 1
    }
    let run = FrameBatch(
      bytes: batch.bytes, frames: Array(batch.frames[inputs[first].position..<end]))
    if end == batch.frames.count {
      inputs[first].batch = try inputs[first].source.nextBatch()
      inputs[first].position = 0
    } else {
      inputs[first].position = end
    }
    return run
  }
}
