import Foundation
import TestSupport
import Testing

@testable import Crypto

@Suite("MODP groups")
struct MODPGroupTests {
  /// Rows of the table of primes beside the checkout: identifier, generator and prime.
  private static var rows: [[Substring]] {
    guard let folder = SharedMaterial.folder("registries"),
      let text = try? String(
        contentsOf: folder.appending(path: "modp-primes.tsv"), encoding: .utf8)
    else { return [] }
    return text.split(separator: "\n").dropFirst().map {
      $0.split(separator: "\t", omittingEmptySubsequences: false)
    }
  }

  @Test("have odd primes whose first and last 64 bits are ones, but for those of RFC 5114")
  func shape() {
    #expect(MODPGroup.byIdentifier.count == 11)
    for (name, group) in MODPGroup.byIdentifier {
      let ones = "ffffffffffffffff"
      let isPi = group.prime.hasPrefix(ones) && group.prime.hasSuffix(ones)
      #expect(isPi || name.contains("s"), "\(name)")
      #expect(group.prime.count % 16 == 0, "\(name)")
    }
  }

  @Test(
    "have the primes and generators of their RFCs",
    .enabled(if: SharedMaterial.folder("registries") != nil, "the table of primes is not here"))
  func table() throws {
    #expect(Self.rows.count == 11)
    for row in Self.rows {
      let group = try #require(MODPGroup.byIdentifier[String(row[1])], "\(row[1])")
      #expect(group.prime == row[5])
      #expect(group.generator.drop { $0 == "0" } == row[4].drop { $0 == "0" })
    }
  }
}
