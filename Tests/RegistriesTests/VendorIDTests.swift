import Bytes
import Foundation
import TestSupport
import Testing

@testable import Registries

@Suite("Vendor identifiers")
struct VendorIDTests {
  @Test("are known in hundreds")
  func count() {
    #expect(VendorID.all.count >= 570)
  }

  @Test(
    "tell vendor and capability",
    arguments: [
      ("afcad71368a1f1c96b8696fc77570100", "(protocol extension)", "dpd"),
      ("4a131c81070358455c5728f20e95452f", "(protocol extension)", "nat-t-rfc3947"),
      ("12f5f28c457168a9702d9fe274cc0100", "Cisco", "cisco-unity"),
      ("4048b7d56ebce88525e7de7f00d6c2d380000000", "Cisco", "ikev1-fragmentation"),
      ("09002689dfd6b712", "(protocol extension)", "xauth"),
    ])
  func known(hex: String, vendor: String, capability: String) throws {
    let data = try #require(bytes(hexadecimal: hex))
    let found = try #require(VendorID.identified(by: data))
    #expect(found.vendor == vendor)
    #expect(found.capability == capability)
  }

  @Test("that nobody knows, and empty ones, are nobody's")
  func unknown() {
    #expect(VendorID.identified(by: []) == nil)
    #expect(VendorID.identified(by: [0x09]) == nil)
    #expect(VendorID.identified(by: [UInt8](repeating: 0x11, count: 16)) == nil)
  }

  @Test("match in full where the table says so, and the longest pattern wins")
  func longest() throws {
    let short = try #require(bytes(hexadecimal: "09002689dfd6b712"))
    let long = try #require(bytes(hexadecimal: "09002689dfd6b71280a224dec33b81e5"))
    #expect(VendorID.identified(by: short)?.pattern == "09002689dfd6b712")
    #expect(VendorID.identified(by: long)?.pattern == "09002689dfd6b71280a224dec33b81e5")
    // RFC 3947's is full: a byte more makes it another one.
    let rfc3947 = try #require(bytes(hexadecimal: "4a131c81070358455c5728f20e95452f"))
    #expect(VendorID.identified(by: rfc3947 + [0]) == nil)
  }

  @Test("each find themselves, or a pattern that is at least as long", arguments: VendorID.all)
  func eachFindsItself(entry: VendorID) throws {
    let hex = entry.pattern.replacing(".", with: "7")
    let data = try #require(bytes(hexadecimal: hex), "\(entry.pattern)")
    let found = try #require(VendorID.identified(by: data), "\(entry.pattern)")
    #expect(found.pattern.utf8.count >= entry.pattern.utf8.count)
    if !entry.pattern.contains(".") { #expect(found.pattern == entry.pattern) }
  }

  @Test(
    "say what the shared registry says",
    .enabled(if: SharedMaterial.folder("registries") != nil, "no shared registries here"))
  func equalsShared() throws {
    let rows = try sharedRows("vendor-ids")
    #expect(rows.count == VendorID.all.count)
    for (row, entry) in zip(rows, VendorID.all) {
      #expect(row["hex"] == entry.pattern)
      #expect((row["match"] == "prefix") == entry.isPrefix)
      #expect(row["vendor"] == entry.vendor)
      #expect(row["product"] == entry.product)
      #expect(row["meaning"] == entry.meaning)
      #expect((row["capability"] ?? "") == (entry.capability ?? ""))
    }
  }
}
