extension ConfigurationReader {
  /// Puts entries into the order in which a device tries them.
  mutating func putInOrder() {
    configuration.cryptoMaps.updateAll { $0.entries.sort { $0.sequence < $1.sequence } }
    configuration.dynamicMaps.updateAll { $0.entries.sort { $0.sequence < $1.sequence } }
    configuration.ikev1Policies.sort { $0.priority < $1.priority }
    configuration.certificateRules.sort { ($0.mapName, $0.index) < ($1.mapName, $1.index) }
    configuration.routeMaps.sort { ($0.name, $0.sequence) < ($1.name, $1.sequence) }
    let requested = index.requestedLines
    configuration.accessLists.updateAll { list in
      if let lines = requested[list.name] {
        list.entries = Self.inserted(list.entries, at: lines)
      } else {
        Self.putInSequence(&list.entries)
      }
      for position in list.entries.indices { list.entries[position].position = position + 1 }
    }
  }

  /// Orders by sequence number; a line without one stands 10 behind the line before it.
  private static func putInSequence(_ entries: inout [AccessControlEntry]) {
    guard entries.contains(where: { $0.sequenceNumber != nil }) else { return }
    var last = 0
    var numbered: [(number: Int, position: Int)] = []
    for (position, entry) in entries.enumerated() {
      last = entry.sequenceNumber ?? last + 10
      numbered.append((last, position))
    }
    guard zip(numbered, numbered.dropFirst()).contains(where: { $0.number > $1.number }) else {
      return
    }
    numbered.sort { ($0.number, $0.position) < ($1.number, $1.position) }
    entries = numbered.map { entries[$0.position] }
  }

  /// Applies `line N` in the order of the file: each line is put before the one that stands at N
  /// by then, or at the end.
  ///
  /// Done from the last line back: a line's final place is the N-th one that no later line has
  /// taken, found in a tree of free places, so that 200,000 insertions at the top stay cheap.
  private static func inserted(
    _ entries: [AccessControlEntry], at lines: [Int?]
  ) -> [AccessControlEntry] {
    guard lines.count == entries.count else { return entries }
    var free = FreePlaces(count: entries.count)
    var places = [Int](repeating: 0, count: entries.count)
    for position in entries.indices.reversed() {
      let wanted = min(max(1, lines[position] ?? .max), position + 1)
      places[position] = free.take(wanted)
    }
    var result = entries
    for (position, place) in places.enumerated() { result[place] = entries[position] }
    return result
  }
}

/// Places 0 up to a count of which some are free; a Fenwick tree over their number.
private struct FreePlaces {
  private var tree: [Int]

  init(count: Int) {
    tree = (0...count).map { $0 & -$0 }
  }

  /// Takes the n-th free place, n from 1 to the number of free places.
  mutating func take(_ n: Int) -> Int {
    var rest = n
    var place = 0
    var step = 1
    while step * 2 < tree.count { step *= 2 }
    while step > 0 {
      let next = place + step
      if next < tree.count, tree[next] < rest {
        rest -= tree[next]
        place = next
      }
      step /= 2
    }
    var index = place + 1
    while index < tree.count {
      tree[index] -= 1
      index += index & -index
    }
    return min(place, tree.count - 2)
  }
}
