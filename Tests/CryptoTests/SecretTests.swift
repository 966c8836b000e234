import Foundation
import Testing

@testable import Crypto

@Suite("Secrets in memory")
struct SecretMemoryTests {
  /// Where a secret's bytes are.
  private func address(of secret: Secret) -> UInt {
    unsafe secret.rawSpan.withUnsafeBytes { UInt(bitPattern: $0.baseAddress) }
  }

  /// What the kernel says of the mapping that holds an address (proc(5): VmFlags of smaps).
  private func flags(at address: UInt) throws -> Set<Substring> {
    // The kernel gives it piece by piece.
    let file = try FileHandle(forReadingFrom: URL(filePath: "/proc/self/smaps"))
    let maps = String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
    var isHere = false
    for line in maps.split(separator: "\n") {
      let words = line.split(separator: " ")
      let ends = words[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
      if ends.count == 2 { isHere = ends[0] <= address && address < ends[1] }
      if isHere, words[0] == "VmFlags:" { return Set(words.dropFirst()) }
    }
    return []
  }

  /// Whether the limits of this process allow a page to be locked.
  private static let mayLock = {
    let page = UnsafeMutableRawPointer.allocate(byteCount: 8192, alignment: 4096)
    defer { unsafe page.deallocate() }
    defer { unsafe munlock(page, 4096) }
    return unsafe mlock(page, 4096) == 0
  }()

  @Test(
    "are left out of core dumps, not given to a child, and locked where that is allowed",
    arguments: [0, 1, 32, 500, 2000, 4097, 70_000])
  func flags(count: Int) throws {
    let secret = Secret([UInt8](repeating: 0xa5, count: count))
    let flags = try flags(at: address(of: secret))
    #expect(flags.isSuperset(of: ["dd", "wf"]), "\(flags)")
    if Self.mayLock { #expect(flags.contains("lo"), "\(flags)") }
    #expect(secret.exposed() == [UInt8](repeating: 0xa5, count: count))
  }

  @Test("are wiped when the last copy goes, and their place is used again")
  func wiped() {
    // No other test has secrets of that length.
    var places: Set<UInt> = []
    for round in 0..<1000 {
      let place = keep(count: 2100 + round % 1000)
      places.insert(place)
      let left = unsafe UnsafeRawPointer(bitPattern: place).map { pointer in
        (0..<2100).count { unsafe pointer.load(fromByteOffset: $0, as: UInt8.self) != 0 }
      }
      #expect(left == 0)
    }
    #expect(places.count == 1)
  }

  /// Holds a secret for a moment and tells where it was.
  private func keep(count: Int) -> UInt {
    let secret = Secret([UInt8](repeating: 0xa5, count: count))
    let copy = secret
    #expect(copy == secret && copy.count == count)
    return address(of: copy)
  }

  @Test("never share a place, whatever thread makes them")
  func threads() async {
    let all = await withTaskGroup(of: [Secret].self) { group in
      for thread in UInt8(0)..<8 {
        group.addTask {
          var kept: [Secret] = []
          for index in 0..<500 {
            kept.append(Secret([UInt8](repeating: thread, count: 1 + index % 80)))
            if index % 3 == 0 { kept.removeFirst() }
          }
          return kept
        }
      }
      return await group.reduce(into: []) { $0 += $1 }
    }
    #expect(Set(all.map(address)).count == all.count)
    #expect(all.allSatisfy { Set($0.exposed()).count == 1 })
  }
}
