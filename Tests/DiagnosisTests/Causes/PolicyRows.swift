import TestSupport

extension CauseRow {
  static let policy: [CauseRow] = [
    CauseRow(
      "flow_not_covered_by_acl", .capture("ikev2-flow-outside-acl", config: true),
      not: .capture("ikev2-psk-ok", config: true)),
    CauseRow(
      "nat_before_acl", .made { translated(exempt: false) }, not: .made { translated(exempt: true) }
    ),
    CauseRow(
      "shadowed_entry", .made { twoEntries(wideFirst: true) },
      not: .made { twoEntries(wideFirst: false) }),
    CauseRow(
      "incomplete_crypto_map", .made { besideBranch(.ios(peer: "203.0.113.8", list: [])) },
      not: .made { besideBranch(.ios(peer: "203.0.113.8")) }, but: "flow_not_covered_by_acl"),
    CauseRow(
      "dynamic_map_no_sa", .made { besideBranch(.ios(peer: "203.0.113.8", more: dynamicEntry)) },
      not: .made { besideBranch(.ios(peer: "203.0.113.8")) }, but: "flow_not_covered_by_acl"),
    CauseRow(
      "clear_inbound_dropped", .made { clearInbound("10.1.0.5") },
      not: .made { clearInbound("8.8.8.8") }),
  ]
}

private let dynamicEntry = """
  crypto dynamic-map DYN 10
   set transform-set TS1
   match address 150
  crypto map VPNMAP 999 ipsec-isakmp dynamic DYN
  access-list 150 permit ip 10.2.0.0 0.0.0.255 172.20.0.0 0.0.255.255
  """

/// A tunnel with a branch, and clear packets from the hub's network to another one.
private func besideBranch(_ configuration: DeviceText) -> Made {
  let tunnel = GatewaysV1()
  tunnel.establish()
  tunnel.traffic()
  for _ in 0..<4 { tunnel.clear("10.2.0.9", "172.20.1.7") }
  return Made(tunnel.wire, configurations: [configuration.text])
}

/// The hub overloads its outside address, with the tunnel's networks exempted or not; packets to the
/// branch's network leave in clear from that address.
private func translated(exempt: Bool) -> Made {
  let list =
    (exempt ? ["deny ip 10.2.0.0 0.0.0.255 10.1.0.0 0.0.0.255"] : [])
    + ["permit ip 10.2.0.0 0.0.0.255 any"]
  let configuration = DeviceText.ios(
    more: list.map { "access-list 102 \($0)" }.joined(separator: "\n")
      + "\nip nat inside source list 102 interface GigabitEthernet0/0 overload",
    insideNAT: " ip nat inside", outsideNAT: " ip nat outside")
  let tunnel = GatewaysV1()
  tunnel.establish()
  tunnel.traffic()
  for _ in 0..<4 { tunnel.clear("198.51.100.2", exempt ? "8.8.8.8" : "10.1.0.5") }
  return Made(tunnel.wire, configurations: [configuration.text])
}

/// Two entries for overlapping networks: the wide one first takes the traffic of the narrow one.
private func twoEntries(wideFirst: Bool) -> Made {
  let wide = ["permit ip 10.2.0.0 0.0.0.255 10.0.0.0 0.255.255.255"]
  let narrow = "permit ip 10.2.0.0 0.0.0.255 10.1.0.0 0.0.0.255"
  let sequence = wideFirst ? 20 : 5
  let configuration = DeviceText.ios(
    list: wide,
    more: """
      crypto map VPNMAP \(sequence) ipsec-isakmp
       set peer 203.0.113.8
       set transform-set TS1
       match address 130
      access-list 130 \(narrow)
      """)
  let tunnel = GatewaysV1(responder: "198.51.100.2")
  tunnel.establish()
  let there = ChildKeys(spi: 0xc0de_0002)
  let back = ChildKeys(spi: 0xc0de_0001)
  for _ in 0..<6 {
    tunnel.tunnel(.responder, back, "10.2.0.9", "10.1.0.5")
    tunnel.tunnel(.initiator, there, "10.1.0.5", "10.2.0.9", after: 0.01)
  }
  return Made(
    tunnel.wire,
    childKeys: [
      there.row(from: tunnel.initiator.address, to: tunnel.responder.address),
      back.row(from: tunnel.responder.address, to: tunnel.initiator.address),
    ], configurations: [configuration.text])
}

/// Clear packets come to the hub's network from the branch's, or from the Internet.
private func clearInbound(_ source: String) -> Made {
  let tunnel = GatewaysV1()
  tunnel.establish()
  tunnel.traffic()
  for _ in 0..<4 { tunnel.clear(source, "10.2.0.9") }
  return Made(tunnel.wire, configurations: [DeviceText.ios().text])
}
