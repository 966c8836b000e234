import TestSupport

/// Configurations of the responder 198.51.100.2 of the made-up tunnels, as text.
struct DeviceText {
  var text: String

  /// An IOS gateway; every argument is one thing to get wrong.
  static func ios(
    peer: String = "192.0.2.1", encryption: String = "aes", hash: String = "sha256",
    authentication: String = "pre-share", group: Int = 14, lifetime: Int = 86400,
    transforms: String = "esp-aes esp-sha-hmac", pfs: String? = nil,
    list: [String] = ["permit ip 10.2.0.0 0.0.0.255 10.1.0.0 0.0.0.255"], entry: String = "",
    more: String = "", insideNAT: String = "", outsideNAT: String = ""
  ) -> DeviceText {
    DeviceText(
      text: """
        version 15.7
        hostname hub
        !
        crypto isakmp policy 10
         encr \(encryption)
         hash \(hash)
         authentication \(authentication)
         group \(group)
         lifetime \(lifetime)
        crypto isakmp key a-key-of-the-test address \(peer)
        !
        crypto ipsec transform-set TS1 \(transforms)
         mode tunnel
        !
        crypto map VPNMAP 10 ipsec-isakmp
         set peer \(peer)
         set transform-set TS1
        \(pfs.map { " set pfs \($0)" } ?? " set security-association lifetime seconds 3600")
         match address 101
        \(entry)
        !
        interface GigabitEthernet0/0
         ip address 198.51.100.2 255.255.255.0
        \(outsideNAT)
         crypto map VPNMAP
        !
        interface GigabitEthernet0/1
         ip address 10.2.0.1 255.255.255.0
        \(insideNAT)
        !
        ip route 0.0.0.0 0.0.0.0 198.51.100.1
        \(list.map { "access-list 101 \($0)" }.joined(separator: "\n"))
        \(more)
        end
        """)
  }
}

/// Two offers of main mode, both refused with NO-PROPOSAL-CHOSEN.
func refusedOffer(
  _ transforms: [[UInt8]] = [GatewaysV1.transform()], configuration: DeviceText? = nil
) -> Made {
  let tunnel = GatewaysV1()
  tunnel.offer(transforms)
  tunnel.notify(.responder, 14, withResponderSPI: false)
  tunnel.again(.initiator, every: 4)
  tunnel.notify(.responder, 14, withResponderSPI: false, id: 0x7700_0002)
  return Made(tunnel.wire, configurations: [configuration?.text].compactMap { $0 })
}
