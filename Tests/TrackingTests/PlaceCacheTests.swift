import Testing

@testable import Tracking

@Suite("Places of flows by a hash")
struct PlaceCacheTests {
  @Test("eight flows with the same hash keep their places, and a ninth takes the first one's")
  func alike() {
    var cache = PlaceCache()
    let hash: UInt64 = 0x1234_5678_9abc_def0
    for place in 7...14 { cache.note(place, for: hash, of: 100) }
    let places = { (0..<PlaceCache.ways).map { cache[hash, $0] } }
    #expect(places() == Array(7...14))
    // What is there already is not noted twice.
    cache.note(9, for: hash, of: 100)
    #expect(places() == Array(7...14))
    cache.note(15, for: hash, of: 100)
    #expect(places() == [15] + Array(8...14))
    #expect(cache.view[hash] == 15 && cache.view[hash, 7] == 14)
  }

  @Test("what was noted is forgotten when there are many more flows, and can be noted again")
  func grows() {
    var cache = PlaceCache()
    let hashes = (0..<20_000).map { PlaceCache.hash(UInt64($0), UInt64($0) &* 77) }
    for _ in 0..<2 {
      for (place, hash) in hashes.enumerated() { cache.note(place, for: hash, of: hashes.count) }
    }
    let found = hashes.indices.count { place in
      (0..<PlaceCache.ways).contains { cache[hashes[place], $0] == place }
    }
    // Of nine alike one has no place.
    #expect(found == hashes.count, "\(found)")
  }

  @Test(
    "flows whose addresses and SPIs are both counted up have a place each",
    arguments: [UInt64(0x1000), 0x1000_0000, 0xc000_0001])
  func countedUp(firstSPI: UInt64) {
    var cache = PlaceCache()
    let hashes = (0..<UInt64(10_000)).map { PlaceCache.hash(0x0a01_0001 + $0, firstSPI + $0) }
    for _ in 0..<2 {
      for (place, hash) in hashes.enumerated() { cache.note(place, for: hash, of: hashes.count) }
    }
    let found = hashes.indices.count { place in
      (0..<PlaceCache.ways).contains { cache[hashes[place], $0] == place }
    }
    #expect(found == hashes.count, "\(found)")
  }
}
