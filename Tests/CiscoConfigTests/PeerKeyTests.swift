import CiscoConfig
import Testing

@Suite("Pre-shared keys between peers")
struct PeerKeyTests {
  private func keys(_ text: String, _ dialect: Dialect) throws -> [String] {
    try configuration(text, dialect).preSharedKeys.map { key in
      let bytes = key.key.revealed().map { String(decoding: $0, as: UTF8.self) } ?? "hidden"
      return
        "\(key.local ?? "any") \(key.remote ?? "any") \(key.use.rawValue) \(bytes) :\(key.line.number)"
    }
  }

  @Test("Keys of IOS say which ends they are for")
  func ofIOS() throws {
    let text = """
      interface Gi0/0
       ip address 192.0.2.1 255.255.255.0
       crypto map m
      interface Loopback0
       ip address 203.0.113.1 255.255.255.255
      crypto map m 10 ipsec-isakmp
       set peer 192.0.2.2
      crypto isakmp key a address 192.0.2.2
      crypto isakmp key b address 0.0.0.0
      crypto isakmp key c hostname r9
      crypto keyring K
       local-address Loopback0
       pre-shared-key address 198.51.100.0 255.255.255.0 key d
      crypto ikev2 keyring K2
       peer P
        address 192.0.2.2
        pre-shared-key local e
        pre-shared-key remote 6 XX
      crypto ikev2 profile F
       match identity remote address 192.0.2.7 255.255.255.255
       authentication remote pre-share key f
      """
    #expect(
      try keys(text, .ios) == [
        "192.0.2.1 192.0.2.2 ikev1 a :8", "any any ikev1 b :9", "any r9 ikev1 c :10",
        "203.0.113.1 198.51.100.0/24 ikev1 d :13", "192.0.2.1 192.0.2.2 ikev2Local e :17",
        "192.0.2.1 192.0.2.2 ikev2Remote hidden :18", "any 192.0.2.7 ikev2Remote f :21",
      ])
  }

  @Test("Keys of an ASA stand in tunnel-groups")
  func ofASA() throws {
    let text = """
      interface GigabitEthernet0/0
       nameif outside
       ip address 192.0.2.1 255.255.255.0
      crypto map m 10 set peer 192.0.2.2
      crypto map m interface outside
      tunnel-group 192.0.2.2 type ipsec-l2l
      tunnel-group 192.0.2.2 ipsec-attributes
       ikev1 pre-shared-key a
       ikev2 local-authentication pre-shared-key b
       ikev2 remote-authentication pre-shared-key c
      tunnel-group DefaultL2LGroup ipsec-attributes
       ikev1 pre-shared-key *****
      tunnel-group CLIENTS type remote-access
      tunnel-group CLIENTS ipsec-attributes
       ikev1 pre-shared-key d
      """
    #expect(
      try keys(text, .asa) == [
        "192.0.2.1 192.0.2.2 ikev1 a :8", "192.0.2.1 192.0.2.2 ikev2Local b :9",
        "192.0.2.1 192.0.2.2 ikev2Remote c :10", "any any ikev1 hidden :12", "any any ikev1 d :15",
      ])
  }
}
