import Bytes
import CiscoConfig
import Testing

@testable import Policy

@Suite("Questions as JSON")
struct QueryTests {
  private func decode(_ text: String) throws -> [Query] { try Query.decode(Array(text.utf8)) }

  @Test("one object is one question, an array several")
  func count() throws {
    let flow = """
      {"kind": "flow", "direction": "out", "packet": {"src": "10.0.0.1", "dst": "10.0.0.2", \
      "proto": "tcp", "sport": 1, "dport": 2}}
      """
    #expect(try decode(flow).count == 1)
    #expect(try decode("[\(flow), \(flow)]").count == 2)
    #expect(try decode("[]").isEmpty)
  }

  @Test(
    "an error names the field",
    arguments: [
      ("nonsense", ""), ("3", ""), ("{}", "kind"), (#"{"kind": "weather"}"#, "kind"),
      (#"[{"kind": "flow"}]"#, "[0].packet"),
      (#"{"kind": "flow", "direction": "up", "packet": {}}"#, "direction"),
      (
        #"{"kind": "flow", "packet": {"proto": "tcp", "src": "10.0.0", "dst": "1.1.1.1"}}"#,
        "packet.src"
      ),
      (
        #"{"kind": "flow", "packet": {"proto": "ip", "src": "1.1.1.1", "dst": "1.1.1.1"}}"#,
        "packet.proto"
      ),
      (#"{"kind": "flow", "packet": {"proto": 6, "src": "1.1.1.1", "dst": "::1"}}"#, "packet.dst"),
      (
        #"{"kind": "flow", "packet": {"proto": 6, "src": "1.1.1.1", "dst": "1.1.1.1", "sport": -1}}"#,
        "packet.sport"
      ),
      (#"{"kind": "ike_sa_proposal", "offers": [{"prio": 1}]}"#, "offers[0].encryption"),
      (#"{"kind": "ike_sa_proposal", "exchange": "base"}"#, "exchange"),
      (#"{"kind": "ipsec_proposal", "peer": "1.1.1.1"}"#, "proxy"),
      (#"{"kind": "ipsec_proposal", "peer": "1.1.1.1", "proxy": {"local": "x/9"}}"#, "proxy.local"),
      (#"{"kind": "ike2_child", "peer": "1.1.1.1", "tsi": 7}"#, "tsi"),
      (#"{"kind": "ike2_child_proposal"}"#, "seq"),
      (#"{"kind": "ike2_sa_init", "proposals": [7]}"#, "proposals[0]"),
      (#"{"kind": "tunnel_group", "peer": "nobody"}"#, "peer"),
    ])
  func errors(_ text: String, _ field: String) {
    let error = #expect(throws: QueryError.self) { try decode(text) }
    #expect(error?.field == field)
  }

  @Test("a protocol's number and a group in any spelling are understood")
  func spellings() throws {
    let text = """
      {"kind": "ipsec_proposal", "peer": "192.0.2.1", "pfs": 14, "offers": [],
       "proxy": {"local": "10.0.0.0/8", "remote": "10.1.1.1", "proto": "47"}}
      """
    guard case .quickMode(let question)? = try decode(text).first else {
      Issue.record("another question")
      return
    }
    #expect(question.pfsGroup == 14 && question.proxy.protocolNumber == 47)
    #expect(question.proxy.remote == AddressRange(text: "10.1.1.1/32"))
  }
}
