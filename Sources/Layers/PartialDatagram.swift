internal import Bytes

/// A datagram of which some fragments have come.
///
/// Bytes are kept as they arrived, so that what is kept is never more than what was sent; they are
/// put in order once, when the datagram is whole.
struct PartialDatagram {
  /// A run of payload bytes and where they are kept.
  private struct Piece {
    var start: Int
    var end: Int
    var stored: Int
  }

  /// What a fragment brought.
  enum Change {
    case new
    case duplicate
    case overlap
  }

  /// Pieces at once; more are tiny fragments sent to exhaust, not a datagram.
  static let maximumPieces = 2048
  /// Frame numbers remembered of one datagram.
  static let maximumFrames = 256

  /// Disjoint, in order.
  private var pieces: [Piece] = []
  private var data: [UInt8] = []
  private(set) var covered = 0
  /// Length of the whole payload; nil until the last fragment came.
  private(set) var total: Int?
  /// Frames that brought something, in order of arrival.
  private(set) var frames: [FramePlace] = []
  /// Fragments that came, copies included.
  private(set) var count = 0
  /// Protocol by the first fragment, or until it came by any other.
  private(set) var ipProtocol: UInt8
  /// True when fragments overlapped without being copies.
  private(set) var overlaps = false
  /// True when overlapping fragments, or two last ones, disagreed.
  private(set) var conflicts = false
  /// True when the capture holds a fragment only in part.
  private(set) var wasCut = false

  /// Serial number among all partial datagrams of a store.
  let serial: Int
  /// The store's clock when it began.
  let began: Int64
  /// When the first fragment came.
  let firstTime: Timestamp
  /// When the latest fragment came.
  private(set) var lastTime: Timestamp
  /// True when the same datagram had been whole shortly before: these are copies of its fragments.
  let followsWhole: Bool

  init(
    ipProtocol: UInt8, serial: Int, began: Int64, _ context: borrowing Context, followsWhole: Bool
  ) {
    self.ipProtocol = ipProtocol
    self.serial = serial
    self.began = began
    firstTime = context.time
    lastTime = context.time
    self.followsWhole = followsWhole
  }

  /// Memory that it takes, in bytes: its data, and what it takes to keep it.
  var storedBytes: Int {
    256 + data.count + pieces.count * MemoryLayout<Piece>.stride
      + frames.count * MemoryLayout<FramePlace>.stride
  }
  /// True when the start of the datagram is there.
  var hasFirst: Bool { pieces.first?.start == 0 }
  /// True when there are too many pieces to be honest.
  var isShattered: Bool { pieces.count > Self.maximumPieces }

  /// The first bytes of the payload, at most `count`, as far as they are there.
  func head(_ count: Int) -> [UInt8] {
    guard let first = pieces.first, first.start == 0 else { return [] }
    let length = min(count, first.end)
    return Array(data[first.stored..<(first.stored + length)])
  }

  /// Payload bytes that are known to be missing: holes, and the end where it is known.
  var missing: Int { max(0, (total ?? pieces.last?.end ?? 0) - covered) }

  /// Takes in a fragment's bytes.
  mutating func add(
    _ part: FragmentHeader, _ bytes: RawSpan, _ range: Range<Int>, promised: Int,
    _ context: borrowing Context
  ) -> Change {
    count += 1
    lastTime = context.time
    if frames.count < Self.maximumFrames { frames.append(context.place) }
    if part.offset == 0 || pieces.isEmpty { ipProtocol = part.ipProtocol }
    if promised > range.count { wasCut = true }
    if part.isLast { end(at: part.offset + promised) }
    let change = store(bytes, range, at: part.offset)
    if change == .overlap { overlaps = true }
    return change
  }

  private mutating func end(at length: Int) {
    if let total {
      if total != length { conflicts = true }
    } else {
      total = length
    }
  }

  private mutating func store(_ bytes: RawSpan, _ range: Range<Int>, at offset: Int) -> Change {
    let end = offset + range.count
    var position = offset
    var index = firstPiece(endingAfter: offset)
    var overlapped = false
    var added = false
    let conflictsBefore = conflicts
    while position < end {
      guard index < pieces.count, pieces[index].start < end else {
        insert(bytes, range, offset, position..<end, at: index)
        added = true
        break
      }
      let piece = pieces[index]
      if piece.start > position {
        let inserted = insert(bytes, range, offset, position..<piece.start, at: index)
        added = true
        index += inserted
        position = piece.start
      }
      let overlapEnd = min(end, piece.end)
      compare(bytes, range.lowerBound + position - offset, piece, position..<overlapEnd)
      overlapped = true
      position = overlapEnd
      index += 1
    }
    guard overlapped else { return .new }
    return added || conflicts != conflictsBefore ? .overlap : .duplicate
  }

  /// Keeps the bytes of `place`; returns how many pieces were added before those that follow.
  @discardableResult
  private mutating func insert(
    _ bytes: RawSpan, _ range: Range<Int>, _ offset: Int, _ place: Range<Int>, at index: Int
  ) -> Int {
    let from = range.lowerBound + place.lowerBound - offset
    let stored = data.count
    data.append(contentsOf: bytes.copy(from..<(from + place.count)))
    covered += place.count
    if index > 0, pieces[index - 1].end == place.lowerBound,
      pieces[index - 1].stored + (place.lowerBound - pieces[index - 1].start) == stored
    {
      pieces[index - 1].end = place.upperBound
      return 0
    }
    pieces.insert(
      Piece(start: place.lowerBound, end: place.upperBound, stored: stored), at: index)
    return 1
  }

  private mutating func compare(
    _ bytes: RawSpan, _ from: Int, _ piece: Piece, _ place: Range<Int>
  ) {
    guard !conflicts else { return }
    let stored = piece.stored + place.lowerBound - piece.start
    for index in 0..<place.count where bytes.byte(at: from + index) != data[stored + index] {
      conflicts = true
      return
    }
  }

  /// The index of the first piece that ends behind `offset`.
  private func firstPiece(endingAfter offset: Int) -> Int {
    var low = 0
    var high = pieces.count
    while low < high {
      let middle = (low + high) / 2
      if pieces[middle].end > offset { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The payload, when every byte of it is there.
  func whole() -> [UInt8]? {
    guard let total, covered >= total else { return nil }
    if let only = pieces.first, only.start == 0, only.end >= total {
      return Array(data[only.stored..<(only.stored + total)])
    }
    var result: [UInt8] = []
    result.reserveCapacity(total)
    for piece in pieces where piece.start < total {
      guard piece.start == result.count else { return nil }
      let length = min(piece.end, total) - piece.start
      result.append(contentsOf: data[piece.stored..<(piece.stored + length)])
    }
    return result.count == total ? result : nil
  }
}
