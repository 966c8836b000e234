import Foundation
import Testing

@testable import Crypto

@Suite("Room for many SAs")
struct LargePagesTests {
  @Test(
    "is asked for without being taken, whatever the number",
    arguments: [-1, 0, 1024, 10_000, .max] as [Int])
  func room(count: Int) throws {
    let before = try Self.resident()
    for _ in 0..<4 { expectSAs(count) }
    // Other tests run beside this one.
    #expect(try Self.resident() - before < 64 << 20)
    #expect(
      (0..<1000).map { [UInt8](repeating: 1, count: $0) }.allSatisfy { $0.allSatisfy { $0 == 1 } })
  }

  /// Bytes of this process that are in memory.
  private static func resident() throws -> Int {
    let fields = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(
      separator: " ")
    return (Int(fields[1]) ?? 0) * 4096
  }
}
