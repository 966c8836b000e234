import Bytes

/// A known vendor identifier: whose it is and what the peer announces by it.
package struct VendorID: Hashable, Sendable {
  /// Known digits of the identifier in hexadecimal, `.` for a digit that varies.
  package let pattern: String
  /// True when more bytes may follow the pattern.
  package let isPrefix: Bool
  /// Who sends it; `(protocol extension)` where anybody may.
  package let vendor: String
  /// The product.
  package let product: String
  /// What it says, such as `Openswan 2.6.28` or `draft-ietf-ipsec-nat-t-ike-02`.
  package let meaning: String
  /// What the peer announces, such as `dpd`, `xauth`, `nat-t-rfc3947`; nil for nothing.
  package let capability: String?

  /// The longest known identifier that `data` is or starts with; nil when none does.
  package static func identified(by data: [UInt8]) -> VendorID? {
    VendorIDIndex.shared.match(data)
  }

  /// All of them, in the table's order.
  package static var all: [VendorID] { VendorIDIndex.shared.all }

  /// What it stands for, in a line: the product where it is a vendor's own, and the meaning without
  /// the line feed that belongs to the text some identifiers are the hash of.
  package var displayName: String {
    let text = meaning.hasSuffix("\\n") ? String(meaning.dropLast(2)) : meaning
    guard !vendor.hasPrefix("("), !text.lowercased().contains(vendor.lowercased()) else {
      return text
    }
    return "\(vendor): \(text)"
  }

  init?(row: Substring.UTF8View) {
    let cells = row.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
    guard cells.count == 6 else { return nil }
    func text(_ cell: Int) -> String { String(Substring(cells[cell])) }
    pattern = text(0)
    isPrefix = text(1) == "prefix"
    vendor = text(2)
    product = text(3)
    meaning = text(4)
    capability = cells[5].isEmpty ? nil : text(5)
  }
}

/// Identifiers by their first two bytes, the longest pattern first.
struct VendorIDIndex: Sendable {
  static let shared = VendorIDIndex()

  let all: [VendorID]
  private let buckets: [UInt16: [Candidate]]
  /// Patterns whose first two bytes vary.
  private let anywhere: [Candidate]

  private struct Candidate: Sendable {
    var nibbles: [UInt8]  // 16 for one that varies
    var known: Int
    var index: Int
  }

  private static let varies: UInt8 = 16

  init() {
    all = VendorID.table.utf8.split(separator: UInt8(ascii: "\n"))
      .compactMap(VendorID.init(row:))
    var buckets: [UInt16: [Candidate]] = [:]
    var anywhere: [Candidate] = []
    for (index, entry) in all.enumerated() {
      let nibbles = entry.pattern.utf8.map(Self.nibble)
      let candidate = Candidate(
        nibbles: nibbles, known: nibbles.count { $0 != Self.varies }, index: index)
      if nibbles.count >= 4, !nibbles[..<4].contains(Self.varies) {
        buckets[nibbles[..<4].reduce(0) { $0 << 4 | UInt16($1) }, default: []].append(candidate)
      } else {
        anywhere.append(candidate)
      }
    }
    self.buckets = buckets.mapValues(Self.longestFirst)
    self.anywhere = Self.longestFirst(anywhere)
  }

  /// The longest match wins; of equal lengths, the one with more digits known.
  private static func longestFirst(_ candidates: [Candidate]) -> [Candidate] {
    candidates.sorted {
      ($1.nibbles.count, $1.known, $0.index) < ($0.nibbles.count, $0.known, $1.index)
    }
  }

  private static func nibble(_ digit: UInt8) -> UInt8 {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    default: varies
    }
  }

  func match(_ data: [UInt8]) -> VendorID? {
    guard data.count >= 2 else { return nil }
    let key = UInt16(data[0]) << 8 | UInt16(data[1])
    let first = buckets[key]?.first { matches(data, $0) }
    let second = anywhere.first { matches(data, $0) }
    guard let first, let second else { return (first ?? second).map { all[$0.index] } }
    return all[
      (second.nibbles.count, second.known) > (first.nibbles.count, first.known)
        ? second.index : first.index]
  }

  private func matches(_ data: [UInt8], _ candidate: Candidate) -> Bool {
    let count = candidate.nibbles.count / 2
    guard all[candidate.index].isPrefix ? data.count >= count : data.count == count else {
      return false
    }
    for index in 0..<count {
      let high = candidate.nibbles[2 * index]
      let low = candidate.nibbles[2 * index + 1]
      if high != Self.varies, high != data[index] >> 4 { return false }
      if low != Self.varies, low != data[index] & 15 { return false }
    }
    return true
  }
}
