import Bytes
import Testing

@testable import Policy

@Suite("Flows as text")
struct FlowTextTests {
  @Test(
    "a flow is read and written back",
    arguments: [
      ("tcp 10.0.0.5:1025 > 10.1.1.9:443", "tcp 10.0.0.5:1025 > 10.1.1.9:443"),
      ("tcp 10.0.0.5 > 10.1.1.9:www", "tcp 10.0.0.5 > 10.1.1.9:80"),
      ("UDP 10.0.0.5:isakmp -> 10.1.1.9:4500", "udp 10.0.0.5:500 > 10.1.1.9:4500"),
      ("icmp 10.0.0.5 > 10.1.1.7", "icmp 10.0.0.5 > 10.1.1.7"),
      ("47 10.0.0.5 > 10.1.1.7", "gre 10.0.0.5 > 10.1.1.7"),
      ("esp 2001:db8::1 > 2001:db8::2", "esp 2001:db8::1 > 2001:db8::2"),
      ("tcp [2001:db8::1]:22 > [2001:db8::2]:https", "tcp [2001:db8::1]:22 > [2001:db8::2]:443"),
      ("253 10.0.0.5 > 10.1.1.7", "253 10.0.0.5 > 10.1.1.7"),
    ])
  func roundTrip(_ text: String, _ canonical: String) throws {
    let packet = try Packet(flow: text)
    #expect(packet.description == canonical)
    #expect(try Packet(flow: canonical) == packet)
  }

  @Test("ICMP type and code stand behind the protocol")
  func icmp() throws {
    let packet = try Packet(flow: "icmp 3/4 10.0.0.5 > 10.1.1.7")
    #expect(packet.icmpType == 3 && packet.icmpCode == 4)
    let echo = try Packet(flow: "icmp 8 10.0.0.5 > 10.1.1.7")
    #expect(echo.icmpType == 8 && echo.icmpCode == nil)
  }

  @Test(
    "an error points at the place",
    arguments: [
      ("", 0), ("tpc 10.0.0.5 > 10.1.1.9", 0), ("tcp 10.0.0.500 > 10.1.1.9", 4),
      ("tcp 10.0.0.5:99999 > 10.1.1.9", 13), ("tcp 10.0.0.5:80 10.1.1.9:80", 16),
      ("tcp 10.0.0.5:80 > 10.1.1.9:htp", 27), ("gre 10.0.0.5:80 > 10.1.1.9", 12),
      ("tcp 10.0.0.5:80 > 10.1.1.9:80 twice", 30), ("tcp 10.0.0.5:80 >", 17),
      ("tcp 10.0.0.5 > 2001:db8::1", 15), ("tcp [2001:db8::1:80 > 10.0.0.1", 4),
      ("icmp 300 10.0.0.5 > 10.1.1.7", 5), ("icmp 8/999 10.0.0.5 > 10.1.1.7", 5),
    ])
  func errors(_ text: String, _ offset: Int) {
    let error = #expect(throws: FlowTextError.self) { try Packet(flow: text) }
    #expect(error?.offset == offset)
    #expect(error?.description.contains("flow") == true)
  }

  @Test("what an enemy put into the text is not shown raw")
  func hostile() {
    let error = #expect(throws: FlowTextError.self) { try Packet(flow: "tcp \u{1b}[31m > x") }
    #expect(error?.description.contains("\u{1b}") == false)
  }
}
