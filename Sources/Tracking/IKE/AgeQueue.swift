/// IKE SAs of one standing in the order of age, by their ordinals.
///
/// One that leaves stays in line until it is passed over, or until the line is mostly of such and is
/// drawn up anew.
struct AgeQueue {
  /// Those in line, the oldest first; some may have left.
  var line: ArraySlice<Int> { order[head...] }
  private var order: [Int] = []
  private var head = 0
  /// Members at present.
  private(set) var count = 0

  /// True when most of the line have left.
  var isStale: Bool { order.count > 2 * count + 1024 }

  /// First in line.
  var first: Int? { head < order.count ? order[head] : nil }

  mutating func append(_ ordinal: Int) {
    order.append(ordinal)
    count += 1
  }

  /// A member has left.
  mutating func removed() {
    count -= 1
  }

  /// The first in line is passed over for good.
  mutating func drop() {
    head += 1
  }

  /// The first in line goes to its end.
  mutating func pass() {
    order.append(order[head])
    head += 1
  }

  /// Draws the line up anew.
  mutating func renew(_ members: [Int]) {
    order = members
    head = 0
  }
}
