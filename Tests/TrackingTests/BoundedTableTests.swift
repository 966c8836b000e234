import TestSupport
import Testing

@testable import Tracking

@Suite("The bounded table")
struct BoundedTableTests {
  private struct Key: TableKey {
    var number: UInt64
    /// Keys of one bucket collide, whatever the seed.
    var bucket: UInt64?

    func mixed(with seed: UInt64) -> UInt64 { bucket ?? avalanche(number ^ seed) }
  }

  private final class Entry: TableEntry {
    let key: Key
    let ordinal: Int
    var evictionWeight: Int

    init(_ key: Key, ordinal: Int, weight: Int) {
      self.key = key
      self.ordinal = ordinal
      evictionWeight = weight
    }
  }

  @Test(
    "finds what a dictionary finds, while there is room", arguments: [nil, 0, 255] as [UInt64?])
  func likeDictionary(bucket: UInt64?) {
    var table = BoundedTable<Entry>(limit: 4096)
    var model: [UInt64: Int] = [:]
    var random = SeededGenerator(seed: 7)
    for _ in 0..<4000 {
      let key = Key(number: .random(in: 0..<2000, using: &random), bucket: bucket)
      if let entry = table.find(key) {
        #expect(entry.ordinal == model[key.number])
      } else {
        #expect(model[key.number] == nil)
        model[key.number] = table.created
        _ = table.insert { Entry(key, ordinal: $0, weight: 1) }
      }
    }
    #expect(table.count == model.count)
    #expect(table.evicted == 0)
  }

  @Test("never holds more than its limit, and what it holds it finds")
  func bounded() {
    var table = BoundedTable<Entry>(limit: 100)
    var random = SeededGenerator(seed: 11)
    for step in 0..<20_000 {
      let key = Key(number: .random(in: 0..<500, using: &random))
      if table.find(key) == nil { _ = table.insert { Entry(key, ordinal: $0, weight: 1) } }
      #expect(table.find(key)?.key == key, "step \(step)")
      #expect(table.count <= 100)
    }
    let held = table.entries.compactMap { $0 }
    #expect(held.count == table.count)
    #expect(table.created == table.count + table.evicted)
    for entry in held { #expect(table.find(entry.key) === entry) }
  }

  @Test("heavy entries outlive a flood of light ones")
  func keepsWhatMatters() {
    var table = BoundedTable<Entry>(limit: 1000)
    for number in 0..<50 {
      _ = table.insert {
        Entry(Key(number: UInt64(number)), ordinal: $0, weight: preciousWeight)
      }
    }
    for number in 1000..<101_000 {
      _ = table.insert { Entry(Key(number: UInt64(number)), ordinal: $0, weight: 1) }
    }
    let survivors = (0..<50).filter { table.find(Key(number: UInt64($0))) != nil }
    #expect(survivors.count == 50)
    #expect(table.evicted == 100_050 - 1000)
  }

  @Test("a limit of nothing holds one")
  func smallest() {
    var table = BoundedTable<Entry>(limit: 0)
    for number in 0..<10 {
      _ = table.insert { Entry(Key(number: UInt64(number)), ordinal: $0, weight: number) }
      #expect(table.count == 1)
    }
    #expect(table.find(Key(number: 9)) != nil)
  }
}
