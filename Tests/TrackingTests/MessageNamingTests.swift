import Bytes
import ISAKMP
import Registries
import Testing

@testable import Tracking

@Suite("Names of messages")
struct MessageNamingTests {
  static func header(_ type: UInt8, response: Bool, id: UInt32, version: UInt8 = 2) -> ISAKMPHeader
  {
    ISAKMPHeader(
      initiatorSPI: 1, responderSPI: 2, nextPayload: 46, majorVersion: version,
      exchangeType: ExchangeType(rawValue: type),
      flags: HeaderFlags(rawValue: response ? 0x20 : 0), messageID: id, length: 28)
  }

  @Test(
    "An IKEv2 message is named by its exchange, its turn and its number",
    arguments: [
      (34, false, 0, "IKE_SA_INIT request 0"),
      (34, true, 0, "IKE_SA_INIT response 0"), (35, false, 1, "IKE_AUTH request 1"),
      (36, true, 4_294_967_295, "CREATE_CHILD_SA response 4294967295"),
      (37, false, 12, "INFORMATIONAL request 12"), (43, true, 1, "IKE_INTERMEDIATE response 1"),
      (44, false, 3, "IKE_FOLLOWUP_KE request 3"), (45, true, 2, "unknown 45 response 2"),
      (46, false, 2, "unknown 46 request 2"), (240, false, 5, "ME_CONNECT request 5"),
      (255, true, 9, "unknown 255 response 9"),
    ] as [(UInt8, Bool, UInt32, String)])
  func v2(_ type: UInt8, _ isResponse: Bool, _ id: UInt32, _ name: String) {
    let header = Self.header(type, response: isResponse, id: id)
    let end = Endpoint(.init(ipv4: 1), port: 500)
    let message = SeenMessage(
      sighting: Sighting(capture: 0, frame: 1, time: .init(nanoseconds: 0)), from: .initiator,
      path: MessagePath(source: end, destination: end, transport: .udp), header: header,
      byteCount: 28)
    #expect(message.label == name)
    #expect(message.unnumberedLabel + String(id) == message.label)
    #expect(message.isResponse == isResponse)
  }
}
