import Bytes
import Crypto
import Testing

@Suite("One context for many packets")
struct AEADReuseTests {
  @Test(
    "A failure leaves nothing behind",
    arguments: CipherAlgorithm.all.filter { $0.isAEAD && $0.mode != .unsupported }.map(\.identifier)
  )
  func failures(_ identifier: String) throws {
    let algorithm = try #require(CipherAlgorithm(identifier: identifier))
    let key = Secret([UInt8](repeating: 7, count: algorithm.keyLengths.usual))
    let salt = Secret([UInt8](repeating: 9, count: algorithm.saltBytes))
    let sealing = try AEADContext(algorithm, key: key, salt: salt, isEncrypting: true)
    let opening = try AEADContext(algorithm, key: key, salt: salt)
    let text = [UInt8](0..<64)
    var sealed: [UInt8] = []
    let tag = try #require(seal(sealing, text, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], &sealed))
    let good = Array(sealed[..<64])
    for round in 0..<3 {
      for aad in [[UInt8](repeating: 1, count: 12), [UInt8](repeating: 1, count: 8), []] {
        #expect(!open(opening, good, aad, tag), "\(round)")
        #expect(open(opening, good, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], tag), "\(round)")
      }
      for length in 0..<64 {
        #expect(!open(opening, Array(good[..<length]), [1, 2, 3], tag))
        #expect(
          !open(opening, Array(good[..<length]), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], tag))
        #expect(open(opening, good, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], tag), "\(length)")
      }
    }
  }

  private func seal(
    _ context: AEADContext, _ text: [UInt8], _ aad: [UInt8], _ buffer: inout [UInt8]
  ) -> [UInt8]? {
    let iv = [UInt8](repeating: 3, count: 8)
    return context.seal(text.rawSpan, iv: iv.rawSpan, aad: aad.rawSpan, into: &buffer)
  }

  private func open(
    _ context: AEADContext, _ text: [UInt8], _ aad: [UInt8], _ tag: [UInt8]
  ) -> Bool {
    let iv = [UInt8](repeating: 3, count: 8)
    var buffer: [UInt8] = []
    return context.open(
      text.rawSpan, iv: iv.rawSpan, aad: aad.rawSpan, tag: tag.rawSpan, into: &buffer)
  }
}
