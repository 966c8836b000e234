import Testing

@testable import Tracking

@Suite("What an encrypted message's length tells")
struct MessageShapeTests {
  @Test(
    "the room inside is what header, IV, check value and padding leave",
    arguments: [(240, 28 + 4 + 240), (52, 28 + 4 + 52), (0, 28 + 4)])
  func room(count: Int, length: Int) throws {
    let wire = Wire()
    wire.ike(Messages.initRequest())
    wire.ike(Messages.initResponse(), from: Wire.bob, to: Wire.alice)
    wire.ike(Messages.encrypted(exchange: 35, flags: 8, id: 1, count: count))
    let sa = try #require(wire.finish().first)
    let message = try #require(sa.exchanges.last?.messages.first)
    #expect(message.byteCount == length)
    // AES-CBC with HMAC-SHA2-256-128: an IV of 16 and a check value of 16 bytes.
    #expect(MessageShape.innerBytes(of: message, sa.chosen) == max(0, count - 33))
  }
}
