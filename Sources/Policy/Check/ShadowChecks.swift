import Bytes
import CiscoConfig

extension ConfigurationCheck {
  /// Elements that an earlier one of their list covers, and entries that earlier ones cover.
  mutating func checkShadows() {
    for (name, maps) in cryptoLists.sorted(by: { $0.key < $1.key }) {
      guard let list = lists[name] else { continue }
      let search = CoverSearch(list.entries)
      for index in list.entries.indices.dropFirst() {
        guard let cover = search.firstCover(of: index, where: { _ in true }) else { continue }
        report(list.entries[index], coveredBy: list.entries[cover], in: name, maps)
      }
    }
    for set in orderedMaps { checkShadowedEntries(set) }
  }

  private mutating func report(
    _ ace: CompiledACE, coveredBy cover: CompiledACE, in name: String, _ maps: Set<String>
  ) {
    guard ace.isActive else { return }
    let isOpposite = ace.isPermit != cover.isPermit
    report(
      .shadowedACE, isOpposite ? .error : .info,
      [SourceLine(number: ace.line.line, text: ace.line.text)],
      "ACE \(ace.position) of \(name) is never reached: ACE \(cover.position) at line "
        + "\(cover.line.line) matches all of it"
        + (isOpposite ? " and says \(cover.isPermit ? "permit" : "deny")." : "."),
      remedy: isOpposite ? "Put the narrower line first." : "Remove the line.", rule: "S-TRAP-14",
      maps: maps)
  }

  /// An entry of which every permit lies in a permit of an earlier entry.
  private mutating func checkShadowedEntries(_ set: CompiledMap) {
    var elements: [CompiledACE] = []
    var owners: [Int] = []
    for (index, entry) in set.entries.enumerated() {
      elements += entry.countedACEs
      owners += Array(repeating: index, count: entry.countedACEs.count)
    }
    guard owners.last ?? 0 > 0 else { return }
    let search = CoverSearch(elements)
    var row = 0
    for (index, entry) in set.entries.enumerated() {
      let rows = row..<(row + entry.countedACEs.count)
      row = rows.upperBound
      let permits = rows.filter { elements[$0].isPermit && elements[$0].isActive }
      guard index > 0, !permits.isEmpty else { continue }
      var covering: Set<Int> = []
      let isCovered = permits.allSatisfy { permit in
        let cover = search.firstCover(of: permit) { other in
          owners[other] < index && elements[other].isPermit
            && !Self.isDenied(elements[permit], before: other, elements, owners)
        }
        if let cover { covering.insert(owners[cover]) }
        return cover != nil
      }
      guard isCovered, let first = covering.min() else { continue }
      report(
        .shadowedEntry, .error, [SourceLine(number: entry.line.line, text: entry.line.text)],
        "Entry \(entry.name) is never reached: entry \(set.entries[first].name) takes its traffic.",
        remedy: "Give the more specific entry the lower sequence number.", rule: "I-ACL-12",
        maps: [set.map.name])
    }
  }

  /// True when a deny before the covering element may take the traffic out again.
  private static func isDenied(
    _ ace: CompiledACE, before cover: Int, _ elements: [CompiledACE], _ owners: [Int]
  ) -> Bool {
    var row = cover - 1
    while row >= 0, owners[row] == owners[cover] {
      if !elements[row].isPermit, elements[row].isActive, elements[row].overlaps(ace) {
        return true
      }
      row -= 1
    }
    return false
  }
}

/// Finds earlier elements that cover a later one, by an index over where the later one begins.
struct CoverSearch {
  private let elements: [CompiledACE]
  private let blocks: [RowBlock<UInt32>]
  private static let blockSize = 1024
  /// Lists shorter than this are searched from the front.
  private static let indexedCount = 64

  init(_ elements: [CompiledACE]) {
    self.elements = elements
    guard elements.count >= Self.indexedCount else {
      blocks = []
      return
    }
    blocks = stride(from: 0, to: elements.count, by: Self.blockSize).map { start in
      RowBlock(Array(elements[start..<min(start + Self.blockSize, elements.count)])) { $0.ipv4Keys }
    }
  }

  /// The first element before `index` that covers it and satisfies a condition.
  func firstCover(of index: Int, where condition: (Int) -> Bool) -> Int? {
    guard !blocks.isEmpty, let source = elements[index].sources.first?.range?.first.ipv4,
      let destination = elements[index].destinations.first?.range?.first.ipv4
    else {
      // Without an index only so many are looked at, so that long lists stay cheap.
      return (0..<min(index, 4096)).first { covers($0, index) && condition($0) }
    }
    for block in blocks.indices where block * Self.blockSize < index {
      let base = block * Self.blockSize
      let candidates = blocks[block].candidates(source, destination, nil)
      var row = 0
      while let found = blocks[block].first(of: candidates, from: row), base + found < index {
        if covers(base + found, index), condition(base + found) { return base + found }
        row = found + 1
      }
    }
    return nil
  }

  private func covers(_ cover: Int, _ index: Int) -> Bool {
    elements[cover].covers(elements[index])
  }
}
