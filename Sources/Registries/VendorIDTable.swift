extension VendorID {
  /// Vendor identifiers: `hex` with `.` for one unknown digit, whether it is the full payload or a
  /// prefix, whose product it is, what it means and what the peer announces by it.
  static let table = """
    013f11823f966fa91900f024ba66a86b|full|(protocol extension)|any|IKE Challenge/Response revised (Wireshark; shifted by a nibble against the MD5)|crack-auth
    09002689dfd6b712|prefix|(protocol extension)|any|XAUTH (draft-ietf-ipsra-isakmp-xauth-06)|xauth
    09002689dfd6b71280a224dec33b81e5|full|(protocol extension)|any|draft-beaulieu-ike-xauth-02.txt|xauth
    0d33611a5d521b5e3c9c03d2fc107e12|full|(protocol extension)|any|IKE Challenge-Response-2|crack-auth
    13f11823f966fa91900f024ba66a86ba|full|(protocol extension)|any|IKE Challenge-Response Revised-2|crack-auth
    16f6ca16e4a4066d83821a0f0aeaa862|full|(protocol extension)|any|draft-ietf-ipsec-nat-t-ike-01|nat-t-draft-01
    27bab5dc01ea0760ea4e3190ac27c0d0|full|(protocol extension)|any|draft-stenberg-ipsec-nat-traversal-01|nat-t-draft-stenberg
    2d7922c6b301d9b0e1342739e9cfbbd5|full|(protocol extension)|any|DWR: Delete with reason|delete-with-reason
    325df29a2319f2dd|full|(protocol extension)|any|draft-krywaniuk-ipsec-antireplay-00|antireplay-message-id
    3b9031dce4fcf88b489a923963dd0c49|full|(protocol extension)|any|DPDv1_NG|dpd
    42ea5b6f898d9773a575df26e7dd19e1|full|(protocol extension)|any|draft-ietf-ipsec-nat-t-ike-09|nat-t-draft-09
    439b59f8ba676c4c7737ae22eab8f582|full|(protocol extension)|any|draft-ietf-ipsec-nat-t-ike-07|nat-t-draft-07
    4485152d18b6bbcd0be8a8469579ddcc|full|(protocol extension)|any|draft-ietf-ipsec-nat-t-ike-00|nat-t-draft-00
    494b457632|full|(protocol extension)|any|CAN-IKEv2(obsolete)|ikev2-capable
    4a131c81070358455c5728f20e95452f|full|(protocol extension)|any|RFC 3947 NAT-Traversal|nat-t-rfc3947
    4d1e0e136deafa34c4f3ea9f02ec7285|full|(protocol extension)|any|draft-ietf-ipsec-nat-t-ike-06|nat-t-draft-06
    4df37928e9fc4fd1b3262170d515c662|full|(protocol extension)|any|draft-ietf-ipsec-nat-t-ike (Apple racoon)|nat-t-draft
    50760f624c63e5c53eea386c685ca083|full|(protocol extension)|any|ESPThruNAT|nat-t-draft-huttunen
    6105c422e76847e43f9684801292aecd|full|(protocol extension)|any|draft-stenberg-ipsec-nat-traversal-02|nat-t-draft-stenberg
    6a7434c19d7e36348090a02334c9c805|full|(protocol extension)|any|draft-huttunen-ipsec-esp-in-udp-00.txt|nat-t-draft-huttunen
    7d9419a65310ca6f2c179d9215529d56|full|(protocol extension)|any|draft-ietf-ipsec-nat-t-ike-03|nat-t-draft-03
    80d0bb3def54565ee84645d4c85ce3ee|full|(protocol extension)|any|draft-ietf-ipsec-nat-t-ike-05|nat-t-draft-05
    810fa565f8ab14369105d706fbd57279|full|(protocol extension)|any|RFC XXXX|nat-t-rfc3947-test
    8db7a41811221660|full|(protocol extension)|any|draft-ietf-ipsec-heartbeats-00|heartbeat
    8f8d83826d246b6fc7a8a6a428c11de8|full|(protocol extension)|any|draft-ietf-ipsec-nat-t-ike-08|nat-t-draft-08
    90cb80913ebb696e086381b5ec427b1f|full|(protocol extension)|any|draft-ietf-ipsec-nat-t-ike-02\\n|nat-t-draft-02
    9909b64eed937c6573de52ace952fa6b|full|(protocol extension)|any|draft-ietf-ipsec-nat-t-ike-04|nat-t-draft-04
    ad3251042cdc4652c9e0734ce5de4c7d|full|(protocol extension)|any|IKE Challenge-Response Revised|crack-auth
    afcad71368a1f1c96b8696fc77570100|full|(protocol extension)|any|Dead Peer Detection 1.0 (RFC 3706)|dpd
    afcad71368a1f1c96b8696fc7757....|full|(protocol extension)|any|Dead Peer Detection|dpd
    ba290499c24e84e53a1d83a05e5f00c9|full|(protocol extension)|any|IKE Challenge-Response|crack-auth
    c40fee00d5d39ddb1fc762e09b7cfea7|full|(protocol extension)|any|Testing NAT-T RFC|nat-t-rfc3947-test
    cd60464335df21f87cfdb2fc68b6a448|full|(protocol extension)|any|draft-ietf-ipsec-nat-t-ike-02|nat-t-draft-02
    4d6163204f53582031302e78|full|Apple|Mac OS X racoon|MacOS 10.x-1|
    1725f0892742ea523b79ec848c97201a3094d6c5|full|Aruba Networks|ArubaOS|Aruba Networks|
    3c8e70bdf9c7d74add53e4100915dc2e4bb51274|full|Aruba Networks|ArubaOS|Controller (Aruba Networks)|
    56494120417574682050726f66696c65203a20|prefix|Aruba Networks|ArubaOS|VIA Auth Profile (Aruba Networks)|
    88f0e3149b3fa48b05aa7f685f0b766be186ccb8|full|Aruba Networks|ArubaOS|VIA Client (Aruba Networks)|
    ca3e2b854ba8030017dc1023a4fde2041f9f7463|full|Aruba Networks|ArubaOS|Remote AP (Aruba Networks)|
    4485152d18b6bbcc0be8a8469579ddcc|full|Avaya|VSU|Avaya VSU (one bit away from draft-ietf-ipsec-nat-t-ike-00)|
    f4ed19e0c114eb516faaac0ee37daf2807b4381f|prefix|Check Point|Firewall-1 / VPN-1|Check Point: product(4) version(4) time(4) reserved(4) features(4) follow|
    f4ed19e0c114eb516faaac0ee37daf2807b4381f00000001000000020000000000000000........|full|Check Point|Firewall-1 / VPN-1|Firewall-1 4.1 Base|
    f4ed19e0c114eb516faaac0ee37daf2807b4381f00000001000000030000000000000000........|full|Check Point|Firewall-1 / VPN-1|Firewall-1 4.1 SP1|
    f4ed19e0c114eb516faaac0ee37daf2807b4381f0000000100000fa20000000000000000........|full|Check Point|Firewall-1 / VPN-1|Firewall-1 4.1 SP2-SP6|
    f4ed19e0c114eb516faaac0ee37daf2807b4381f00000001000013880000000000000000........|full|Check Point|Firewall-1 / VPN-1|Firewall-1 NG Base|
    f4ed19e0c114eb516faaac0ee37daf2807b4381f00000001000013890000000000000000........|full|Check Point|Firewall-1 / VPN-1|Firewall-1 NG FP1|
    f4ed19e0c114eb516faaac0ee37daf2807b4381f000000010000138a0000000000000000........|full|Check Point|Firewall-1 / VPN-1|Firewall-1 NG FP2|
    f4ed19e0c114eb516faaac0ee37daf2807b4381f000000010000138b0000000000000000........|full|Check Point|Firewall-1 / VPN-1|Firewall-1 NG FP3|
    f4ed19e0c114eb516faaac0ee37daf2807b4381f000000010000138c0000000000000000........|full|Check Point|Firewall-1 / VPN-1|Firewall-1 NG AI R54|
    f4ed19e0c114eb516faaac0ee37daf2807b4381f000000010000138d0000000000000000........|full|Check Point|Firewall-1 / VPN-1|Firewall-1 NG AI R55|
    f4ed19e0c114eb516faaac0ee37daf2807b4381f000000010000138d........00000000........|full|Check Point|Firewall-1 / VPN-1|Firewall-1 NGX or later|
    f4ed19e0c114eb516faaac0ee37daf28b4381f|full|Check Point|Firewall-1 / VPN-1|Check Point R65 (19 bytes as in Wireshark; 07 seems lost, see README)|
    434953434f2d414e59434f4e4e4543542d454150|full|Cisco|AnyConnect / ASA / FlexVPN|Cisco-Anyconnect-EAP|cisco-anyconnect-eap
    434953434f2d414e59434f4e4e4543542d5354524150|full|Cisco|AnyConnect / ASA / FlexVPN|Cisco-Anyconnect-Strap|cisco-anyconnect-strap
    4048b7d56ebce88525e7de7f00d6c2d3|prefix|Cisco|IKEv1 fragmentation (also Microsoft, strongSwan)|IKE fragmentation; may be followed by 4 capability bytes (80000000 main/aggressive, 40000000 base)|ikev1-fragmentation
    4048b7d56ebce88525e7de7f00d6c2d380000000|full|Cisco|IKEv1 fragmentation (also Microsoft, strongSwan)|Cisco Fragmentation|ikev1-fragmentation
    3e984048|prefix|Cisco|IOS|Cisco IOS Device|
    3e984048101e66cc659fd002b0ed3655|full|Cisco|IOS|Cisco IOS (seen from an 1800)|
    bdb41038a7ec5e5534dd004d0f91f927|full|Cisco|IOS|Maybe Cisco IOS|
    434953434f28434f505952494748542926436f7079726967687420286329203230303920436973636f2053797374656d732c20496e632e|full|Cisco|IOS / ASA|Cisco Copyright (c) 2009|
    434953434f2d44454c4554452d524541534f4e|full|Cisco|IOS / ASA|CISCO-DELETE-REASON|delete-with-reason
    434953434f2d44594e414d49432d524f555445|full|Cisco|IOS / ASA|CISCO-DYNAMIC-ROUTE|cisco-dynamic-route
    434953434f2d4752452d4d4f4445|prefix|Cisco|IOS / ASA|CISCO-GRE-MODE, 1 version byte may follow|cisco-gre-mode
    434953434f2d4e47452d4c4556454c03|full|Cisco|IOS / ASA|Cisco-NGE-Level|cisco-nge-level
    434953434f2d5753472d34434953434f|full|Cisco|IOS / ASA|CISCO-WSG-4CISCO|
    434953434f56504e2d5245562d3032|full|Cisco|IOS / ASA|CISCOVPN-REV-02|
    464c455856504e2d535550504f52544544|full|Cisco|IOS / ASA|FLEXVPN-SUPPORTED|cisco-flexvpn
    5946c258f99a1a57b03eb9d1759e0f24|full|Cisco|IOS / ASA|Cisco VPN 3000 (unexplained)|
    6d761ddc26aceca1b0ed11fabbb860c4|full|Cisco|IOS / ASA|Cisco (unexplained)|
    c32364b3b4f447eb17c488ab2a480a57|full|Cisco|IOS / ASA|Cisco (unexplained)|
    e23ae9f51a46876ff93d89ba725d649d|full|Cisco|IOS / ASA|Unknown-cisco|
    ebbc5b00141d0c895e11bd395902d690|full|Cisco|IOS / ASA|Cisco VPN 3000 (unexplained)|
    ade1e70e9953c1328373ebf0257b85ed|full|Cisco|PIX|Cisco PIX (unexplained)|
    12f5f28c457168a9702d9fe274cc|prefix|Cisco|Unity|Cisco Unity, 2 version bytes follow|cisco-unity
    12f5f28c457168a9702d9fe274cc0100|full|Cisco|Unity|Cisco Unity|cisco-unity
    800100018002000180030002|full|Cisco|Unity|Cisco-Unity FW type|
    f6f7efc7f5aeb8cb158cb9d094ba69e7|full|Cisco|VPN 3000 client|VPN-3000-client|
    1f07f70eaa6514d3b0fa96542a|prefix|Cisco|VPN 3000 concentrator|Cisco VPN 3000 concentrator|
    1f07f70eaa6514d3b0fa96542a50|prefix|Cisco|VPN 3000 concentrator|Cisco VPN 3000 concentrator, 2 version bytes follow|
    1f07f70eaa6514d3b0fa96542a500100|full|Cisco|VPN 3000 concentrator|Cisco VPN Concentrator (1.0.0)|
    1f07f70eaa6514d3b0fa96542a500300|full|Cisco|VPN 3000 concentrator|Cisco VPN Concentrator (3.0.0)|
    1f07f70eaa6514d3b0fa96542a500301|full|Cisco|VPN 3000 concentrator|Cisco VPN Concentrator (3.0.1)|
    1f07f70eaa6514d3b0fa96542a500305|full|Cisco|VPN 3000 concentrator|Cisco VPN Concentrator (3.0.5)|
    1f07f70eaa6514d3b0fa96542a500407|full|Cisco|VPN 3000 concentrator|Cisco VPN Concentrator (4.0.7)|
    031017e07f7a82e3aa6950c999990100|full|CryptoPro|GOST|CryptoPro/GOST 1.0 / Check Point R71|gost
    031017e07f7a82e3aa6950c999990101|full|CryptoPro|GOST|CryptoPro/GOST 1.1|gost
    9aa1f3b43472a45d5f506aeb26c0f214|full|CyberGuard|CyberGuard|CyberGuard (Wireshark; two nibbles swapped against SSH IPSEC Express 4.1.0)|
    08db45e6cb01f80bb576e9a78c0f54e1300b8881|prefix|ELVIS-PLUS|Zastava|ELVIS-PLUS Zastava, 2 version bytes follow|
    4c53427b6d465d1b337bb755a37a7fef|full|Fortinet|FortiClient|forticlient connect license|forti-connect
    b4f01ca951e9da8d0bafbbd34ad3044e|full|Fortinet|FortiClient|Fortinet Endpoint Control|forti-endpoint-control
    1d6e178f6c2c0be284985465450fe9d4|full|Fortinet|FortiGate|FortiGate|
    8299031757a36082c6a621de|prefix|Fortinet|FortiGate|Fortigate (Fortinet)|
    4f45404063756a5d496a584f|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.4.0|
    4f45415262734d596d56516b|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.3.5|
    4f454160444e745150604e47|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.1.4|
    4f4541687e4c507a405d5146|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.22|
    4f45425261435763654e5269|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.4.6|
    4f4544547476647754795157|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.1.5|
    4f4544765b576b4045417447|full|FreeS/WAN|FreeS/WAN|FreeS/WAN 2.00|
    4f454644595a4f5c7a535445|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.1.0|
    4f45465d56636a5149725558|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.0.2|
    4f45465e5c62774e59774c4f|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.2.2|
    4f45467c4d4760617f486547|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.6.0|
    4f4547425f74447179614445|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.5.3|
    4f45485e6175794375444950|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.3|
    4f4548604f7f426647775453|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.7|
    4f45486b7d44784d42676b5d|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 2.00|
    4f45494654445c41425d6d7b|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.1|
    4f45494f5e4f746c57664157|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9|
    4f4549557964647c42614440|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.5|
    4f45497d4f7e6e5d60525170|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.10|
    4f454a734e486b4a4c656272|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.5|
    4f454b486274755358555140|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.11|
    4f454b48657b616b494a4c77|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.1.6|
    4f454b534c5842715a656f49|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.6.1|
    4f454b796672767d437d5d5a|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.15|
    4f454d524173695157515375|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.2.1|
    4f454d596b6a6e5f56707e49|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.36|
    4f454e5b60465a5a53656967|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.25|
    4f454e6d545e534c4a626063|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.28|
    4f454e746f4f53427579497d|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.3.4|
    4f454f575c595a744a7d4f78|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.8.2|
    4f454f62767d78797d7f6579|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.16|
    4f45505f70774e73435e5b7a|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.5.5|
    4f4551604748445356727b74|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.4|
    4f45544e79737d4953437b43|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.2.0|
    4f45546d5d704f49785e6467|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.32|
    4f455476696c4e50675f6e70|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.4.8|
    4f45556c7d7671444b474c59|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.13|
    4f45565b597d556e596e5e60|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.17|
    4f45566671474962734e6264|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 2.03|
    4f455676404f5b55457d5479|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.5.0|
    4f4557464c67535540427a72|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.6.2|
    4f45575d6a5343424674796e|full|FreeS/WAN|FreeS/WAN|FreeS/WAN 2.00 (X.509-1.3.1 + LDAP)|
    4f455a717b40607977577067|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.3.0|
    4f455b6b636e606f5b42707b|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.38|
    4f455b71457d4f685c475d6c|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.8|
    4f455b76646a646f79695451|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.35|
    4f455c6d6c497f764f44477b|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.20|
    4f455e4f4d58404f604d595c|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.9|
    4f455f526760425742497c65|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.4.1|
    4f455f7f606c66424e616a60|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.27|
    4f4560624076527767787c56|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.21|
    4f45614d4873425c42727b63|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.19|
    4f45615f4d44507343785d7b|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.8.5|
    4f45617072517b7d5c607344|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.5.1|
    4f456171784e6b594a497058|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.2|
    4f456248514f405942447c4e|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.3.6|
    4f456270434d5b6e6753776e|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.4.2|
    4f45637e47544c77644a5b76|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.18|
    4f456462595d67595351445c|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.7.1|
    4f45646357714a755b4a5b72|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.1.3|
    4f456547696d46657a4e5371|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.34|
    4f45655d786b445b75484668|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.33|
    4f456640625376587d626277|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.14|
    4f45664250754b79577f5d55|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.8.4|
    4f45676a5553715e794f4f48|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.8.3|
    4f45677c575b4c7c6a4a7173|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.26|
    4f45677e79657a56654f7145|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.39|
    4f456842537e5a5c71527547|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.1.1|
    4f45684e6772456542755d69|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.30|
    4f45694146645c4d4362727b|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.12|
    4f4569517b587444694c4367|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.8|
    4f456c4f6b6251695c7c4674|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.6|
    4f456c6b44696d7f6b4c4e60|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 2.02|
    4f456e504e735f4f67555d5f|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.40|
    4f456f407272744071414846|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.5.2|
    4f45704f736579505c6e5f6d|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 2.04|
    4f4570695578777266796a56|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.6|
    4f457145706b5560634e725f|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.24|
    4f457176515f515f71526b56|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.0.1|
    4f457177674d6a63426e4d54|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.4.4|
    4f457271785f4c7e496f4d54|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 2.05|
    4f45757b6e79665a556c6546|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.37|
    4f45764141405f577750567b|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.31|
    4f45765a4a6a51584653424e|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.29|
    4f45774e4a4352716e45486f|full|FreeS/WAN|FreeS/WAN|FreeS/WAN 2.00 (X.509-1.3.1)|
    4f45776a7f6d5e7a415d6f7c|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.8.1|
    4f457841597142737f44787d|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.23|
    4f457a6a547b434378757857|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.4.7|
    4f457a6d5b605b7d42405a67|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.4.3|
    4f457b4a767a6f716e48566c|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.9.7|
    4f457c4f547e6e615b426e56|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 2.01|
    4f457c625363787f517e6544|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 0.7.2|
    4f457c6f70766b5a61546a51|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.3.2|
    4f457d5b4a707d736e7b5b6f|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.1.2|
    4f457d5b527b6c54736d447d|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.3.3|
    4f457d60727152596653686e|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.6.3|
    4f457d667c7069487e495448|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.5.4|
    4f457d73435c6d5b6e777d59|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.4.5|
    4f457d7c696569676a6f607c|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.3.1|
    4f457e4c466e5d427c5c6b52|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 2.06|
    4f457f685e7d4c5645785669|full|FreeS/WAN|FreeS/WAN|Linux FreeS/WAN 1.0.0|
    4f454e..................|full|FreeS/WAN family|FreeS/WAN, Openswan, Libreswan|FreeS/WAN or OpenSWAN or Libreswan|
    4f45....................|full|FreeS/WAN family|FreeS/WAN, Openswan, Libreswan|FreeS/WAN or OpenSWAN|
    4f70706f7274756e6973746963204950736563|full|FreeS/WAN family|Libreswan|Opportunistic IPsec|opportunistic
    20a3622c1cea7ce37bee3ca484425276|full|IPsec-Tools|racoon|IPSec-Tools|
    166f932d55eb64d8e4df4fd37e2313f0d0fd8451|full|Juniper|NetScreen / ScreenOS|Netscreen-15|
    299ee8289f40a8973bc78687e2e7226b532c3b76|full|Juniper|NetScreen / ScreenOS|Netscreen-01|
    2a2bcac19b8e91b426107807e02e7249569d6fd3|full|Juniper|NetScreen / ScreenOS|Netscreen-14|
    3a15e1f3cf2a63582e3ac82d1c64cbe3b6d779e7|full|Juniper|NetScreen / ScreenOS|Netscreen-02|
    47d2b126bfcd83489760e2cf8c5d4d5a03497c15|full|Juniper|NetScreen / ScreenOS|Netscreen-03|
    486561727442656174204e6f74696679|prefix|Juniper|NetScreen / ScreenOS|HeartBeat Notify|heartbeat
    4865617274426561745f4e6f74696679|prefix|Juniper|NetScreen / ScreenOS|HeartBeat_Notify|heartbeat
    4a4340b543e02b84c88a8b96a8af9ebe77d9accc|full|Juniper|NetScreen / ScreenOS|Netscreen-04|
    64405f46f03b7660a23be116a1975058e69e8387|full|Juniper|NetScreen / ScreenOS|Netscreen-05|
    699369228741c6d4ca094c93e242c9de19e7b7c6|prefix|Juniper|NetScreen / ScreenOS|Netscreen-06|
    8c0dc6cf62a0ef1b5c6eabd1b67ba69866adf16a|full|Juniper|NetScreen / ScreenOS|Netscreen-07|
    92d27a9ecb31d99246986d3453d0c3d57a222a61|full|Juniper|NetScreen / ScreenOS|Netscreen-08|
    9436e8d67174ef9aed068d5ad5213f187a3f8ba6|prefix|Juniper|NetScreen / ScreenOS|Netscreen-17 (a second Netscreen-16 in ike-scan)|
    9b096d9ac3275a7d6fe8b91c583111b09efed1a0|full|Juniper|NetScreen / ScreenOS|Netscreen-09|
    a35bfd05ca1ac0b3d2f24e9e82bfcbff9c9e52b5|full|Juniper|NetScreen / ScreenOS|Netscreen-16|
    bf03746108d746c904f1f3547de24f78479fed12|full|Juniper|NetScreen / ScreenOS|Netscreen-10|
    c2e80500f4cc5fbf5daaeed3bb59abaeee56c652|full|Juniper|NetScreen / ScreenOS|Netscreen-11|
    c8660a62b03b1b6130bf781608d32a6a8d0fb89f|full|Juniper|NetScreen / ScreenOS|Netscreen-12|
    cf49908791073fb46439790fdeb6aeed981101ab|prefix|Juniper|NetScreen / ScreenOS|NetScreen (unexplained)|
    d6b45f82f24bacb288af59a978830ab7|full|Juniper|NetScreen / ScreenOS|NetScreen (unexplained)|
    f885da40b1e7a9abd17655ec5bbec0f21f0ed52e|full|Juniper|NetScreen / ScreenOS|Netscreen-13|
    fd808804df73b15150709d878044cde0ac1efcde|full|Juniper|SRX / Junos|Juniper SRX|
    7003cbc1097dbe9c2600ba6983bc8b35|full|KAME|racoon|KAME/racoon|
    4f452d4c696272657377616e2d|prefix|Libreswan|Libreswan|Libreswan (3.6+)|
    4f454e|prefix|Libreswan|Libreswan|Libreswan 3.0 - 3.5|
    4f454e574547444b6865684a|full|Libreswan|Libreswan|Libreswan 3.3 LDAP_V3|
    4f454e5f52685050487b645e|full|Libreswan|Libreswan|Libreswan 3.5|
    4f454e756f6b706a71757d5c|full|Libreswan|Libreswan|Libreswan 3.5 LDAP_V3|
    4c5643372e312e323a5850|full|Lucent|VPN client|Lucent VPN Client 7|
    4c5647392e322e3234353a425249434b3a392e322e323435|full|Lucent|VPN Gateway (Brick)|Lucent VPN Gateway 9|
    01528bbbc00696121849ab9a1c5b2a5100000000|full|Microsoft|Windows|Windows KEY_MODS (IKE)|ms-keying-module
    01528bbbc00696121849ab9a1c5b2a5100000001|full|Microsoft|Windows|Windows KEY_MODS (AUTHIP)|ms-keying-module
    01528bbbc00696121849ab9a1c5b2a5100000002|full|Microsoft|Windows|Windows KEY_MODS (IKEv2)|ms-keying-module
    1e2b516905991c7d7c96fcbfb587e461|prefix|Microsoft|Windows|MS NT5 ISAKMPOAKLEY, 4 version bytes follow|
    1e2b516905991c7d7c96fcbfb587e46100000002|full|Microsoft|Windows|Windows-2000|
    1e2b516905991c7d7c96fcbfb587e46100000003|full|Microsoft|Windows|Windows-XP-SP1|
    1e2b516905991c7d7c96fcbfb587e46100000004|full|Microsoft|Windows|Windows-2003-or-XP-SP2|
    1e2b516905991c7d7c96fcbfb587e46100000005|full|Microsoft|Windows|Windows-Vista|
    1e2b516905991c7d7c96fcbfb587e46100000006|full|Microsoft|Windows|Windows-2008|
    1e2b516905991c7d7c96fcbfb587e46100000007|full|Microsoft|Windows|Windows-7|
    1e2b516905991c7d7c96fcbfb587e46100000008|full|Microsoft|Windows|Windows-2008-R2|
    1e2b516905991c7d7c96fcbfb587e46100000009|full|Microsoft|Windows|Windows 8, 8.1, 10, Server 2012 R2, Server 2016|
    1e2b516905991c7d7c96fcbfb587e46100000010|full|Microsoft|Windows|Windows 2012 (ike-scan only; the version byte 0x10 is doubtful)|
    214ca4faffa7f32d6748e5303395ae83|full|Microsoft|Windows|MS-MamieExists|ms-authip
    26244d38eddb61b3172a36e3d0cfb819|full|Microsoft|Windows|Microsoft Initial-Contact|initial-contact
    3025dbd21062b9e53dc441c6aab5293600000000|full|Microsoft|Windows|Microsoft L2TP client (unexplained)|
    686a8cbdfe634b405146fb2baf33e9e8|full|Microsoft|Windows|MSFT IPsec Security Realm Id|ms-security-realm
    72872b95fcda2eb708efe322119b4971|full|Microsoft|Windows|NLBS_PRESENT|ms-nlb-failover
    7bb93867d76c8d80df0f40fae8fc3b1900000000|full|Microsoft|Windows|AUTHIP INIT KE DH NONE|ms-authip-ke
    7bb93867d76c8d80df0f40fae8fc3b1900000001|full|Microsoft|Windows|AUTHIP INIT KE DH1|ms-authip-ke
    7bb93867d76c8d80df0f40fae8fc3b1900000002|full|Microsoft|Windows|AUTHIP INIT KE DH2|ms-authip-ke
    7bb93867d76c8d80df0f40fae8fc3b1900000003|full|Microsoft|Windows|AUTHIP INIT KE DH14|ms-authip-ke
    7bb93867d76c8d80df0f40fae8fc3b1900000004|full|Microsoft|Windows|AUTHIP INIT KE DH19(ECP 256)|ms-authip-ke
    7bb93867d76c8d80df0f40fae8fc3b1900000005|full|Microsoft|Windows|AUTHIP INIT KE DH20(ECP 384)|ms-authip-ke
    7bb93867d76c8d80df0f40fae8fc3b1900000006|full|Microsoft|Windows|AUTHIP INIT KE DH21(ECP 521)|ms-authip-ke
    7bb93867d76c8d80df0f40fae8fc3b1900000007|full|Microsoft|Windows|AUTHIP INIT KE DH MAX|ms-authip-ke
    e3a5966a76379fe707228231e5ce8652|full|Microsoft|Windows|IKE CGA version 1|cga-auth
    fb1de3cdf341b7ea16b7e5be0855f120|full|Microsoft|Windows|MS-Negotiation Discovery Capable|ms-negotiation-discovery
    621b04bb09882ac1e15935fefa24aeee|full|Microsoft|Windows (GSS-API)|GSSAPI|gss-api-auth
    ad2c0dd0b9c32083ccba25b8861ec455|full|Microsoft|Windows (GSS-API)|A GSS-API Authentication Method for IKE|gss-api-auth
    b46d8914f3aaa3f2fedeb7c7db2943ca|full|Microsoft|Windows (GSS-API)|A GSS-API Authentication Method for IKE\\n|gss-api-auth
    660822b3a73a244149578d62e0eb46a0|full|Microsoft|Xbox|Xbox IKEv2 Negotiation|
    8aa394cf8a5577dc3110c113b027a4f2|full|Microsoft|Xbox|Microsoft Xbox One 2013|
    101fb0b35c5a4f4c08b919f1cb9777b0|full|NCP|Secure Entry client|NCP client|
    c61baca1f1a60cc10800000000000000|full|NCP|Secure Entry client|NCP client (unexplained)|
    cbe79444a0870de4224a2c151fbfe099|full|NCP|Secure Entry client|NCP client (unexplained)|
    eb4c1b788afd4a9cb7730a68d56d088b|full|NCP|Secure Entry client|NCP client (unexplained)|
    dbfb81eb5760b0788562067da102d755|full|Netgear|ProSafe|Netgear|
    424e4553000000..|full|Nortel|Contivity|Nortel Contivity|
    4f70656e494b4544|prefix|OpenBSD|OpenIKED|OpenIKED|
    4f45|prefix|Openswan|Openswan|Openswan(project)|
    4f4540784e47627163627858|full|Openswan|Openswan|Openswan 2.4.15 LDAP_V3 PLUTO_SENDS_VENDORID PLUTO_USES_KEYRR|
    4f45414c5d6a75516450457a|full|Openswan|Openswan|Openswan 2.4.9|
    4f45414f75405b4e6b554a50|full|Openswan|Openswan|Openswan 2.6.38rc2|
    4f4543606e547b776f5e5848|full|Openswan|Openswan|Openswan 2.6.25|
    4f45436f586c544d46766f54|full|Openswan|Openswan|Openswan 2.3.1 X.509-1.5.4 LDAP_V3 PLUTO_SENDS_VENDORID PLUTO_USES_KEYRR|
    4f4543714271574c644b7a41|full|Openswan|Openswan|Openswan 2.6.20|
    4f45445743787f6f78467b4d|full|Openswan|Openswan|Openswan 2.6.24rc5|
    4f45445e597f60634770436c|full|Openswan|Openswan|Openswan 2.4.13|
    4f45454355706e735d625c71|full|Openswan|Openswan|Openswan 2.3.1|
    4f45455740667a5f766d785d|full|Openswan|Openswan|Openswan 2.5.13|
    4f454578616c467b5f6f606d|full|Openswan|Openswan|Openswan 2.3.1 X.509-1.5.4 PLUTO_SENDS_VENDORID PLUTO_USES_KEYRR|
    4f4546477e5e4b5440606859|full|Openswan|Openswan|Openswan 2.5.0|
    4f45466a786e57484d4d4361|full|Openswan|Openswan|Openswan 2.1.1|
    4f45466b5d7b4753765c686b|full|Openswan|Openswan|Openswan 2.6.07|
    4f4547407c7673775449546e|full|Openswan|Openswan|Openswan 2.4.3|
    4f454766754a5b59657b4168|full|Openswan|Openswan|Openswan 2.4.5 X.509-1.5.4 LDAP_V3 PLUTO_SENDS_VENDORID PLUTO_USES_KEYRR|
    4f4548724b6e5e68557c604f|full|Openswan|Openswan|Openswan 2.2.0|
    4f45495c767449495c5a7350|full|Openswan|Openswan|Openswan 2.5.00|
    4f454970424c6d5f4e5b6f59|full|Openswan|Openswan|Openswan 2.6.20dr2|
    4f4549796c524b7c515b5450|full|Openswan|Openswan|Openswan 2.5.12|
    4f454a4376414f737d6e495f|full|Openswan|Openswan|Openswan 2.6.06|
    4f454a4d5e5e674c604e4168|full|Openswan|Openswan|Openswan 2.5.05|
    4f454a6176624e5876754d64|full|Openswan|Openswan|Openswan 2.5.06|
    4f454b427a64597b774d5d40|full|Openswan|Openswan|Openswan 2.4.12 PLUTO_SENDS_VENDORID PLUTO_USES_KEYRR|
    4f454b705270417f765b6b59|full|Openswan|Openswan|Openswan 2.6.38dr2|
    4f454c4e767d475b775e6f56|full|Openswan|Openswan|Openswan 2.4.14|
    4f454c4f577c5a7c4c665248|full|Openswan|Openswan|Openswan 2.5.09|
    4f454e7c454d716b5f4d6c67|full|Openswan|Openswan|Openswan 2.4.6 X.509-1.5.4 PLUTO_SENDS_VENDORID PLUTO_USES_KEYRR|
    4f4550484948576e64636f6b|full|Openswan|Openswan|Openswan 2.4.11|
    4f45504b7e7a764d4e645f57|full|Openswan|Openswan|Openswan 2.6.26|
    4f4550544259485a67464e66|full|Openswan|Openswan|Openswan 2.6.20rc1|
    4f45517b4f7f6e657a7b4351|full|Openswan|Openswan|Openswan 2.6.28|
    4f4552756a414d79434d4951|full|Openswan|Openswan|Openswan 2.4.7|
    4f45534a496f60726b636462|full|Openswan|Openswan|Openswan 2.4.9 LDAP_V3 PLUTO_SENDS_VENDORID PLUTO_USES_KEYRR|
    4f4554704245584355764571|full|Openswan|Openswan|Openswan 2.6.17|
    4f4555656771407e63636578|full|Openswan|Openswan|Openswan 2.1.2|
    4f45557d6068416e77737478|full|Openswan|Openswan|Openswan 2.6.24|
    4f45565e6441545f4a664642|full|Openswan|Openswan|Openswan 2.4.4|
    4f455672606d794f697d7242|full|Openswan|Openswan|Openswan 2.5.04|
    4f4557575d58474e5d574e58|full|Openswan|Openswan|Openswan 2.5.16|
    4f45587d5d4b4b7c61487b7c|full|Openswan|Openswan|Openswan 2.4.5|
    4f455a447e4d547d6d416e6c|full|Openswan|Openswan|Openswan 2.6.09|
    4f455a526b5f4c686e534e63|full|Openswan|Openswan|Openswan 2.4.14 PLUTO_SENDS_VENDORID PLUTO_USES_KEYRR|
    4f455a6f776e666c49497b68|full|Openswan|Openswan|Openswan 2.5.08|
    4f455a7e4261425d725c705f|full|Openswan|Openswan|Openswan 2.4.7 PLUTO_SENDS_VENDORID PLUTO_USES_KEYRR|
    4f455a7f4b47466754526564|full|Openswan|Openswan|Openswan 2.6.13|
    4f455b7075417d5959587e46|full|Openswan|Openswan|Openswan 2.4.3 X.509-1.5.4 LDAP_V3 PLUTO_SENDS_VENDORID PLUTO_USES_KEYRR|
    4f455c47464946434875464e|full|Openswan|Openswan|Openswan 2.5.07|
    4f455d62575860514272754c|full|Openswan|Openswan|Openswan 2.4.8 LDAP_V3 PLUTO_SENDS_VENDORID PLUTO_USES_KEYRR|
    4f455d787a5b6948787a655b|full|Openswan|Openswan|Openswan 2.1.0|
    4f455e5a65725d6564727763|full|Openswan|Openswan|Openswan 2.6.29|
    4f455e74654a504c7a614967|full|Openswan|Openswan|Openswan 2.5.18|
    4f455e7f4c79574b43455465|full|Openswan|Openswan|Openswan 2.6.11|
    4f455f525758674a61465b6b|full|Openswan|Openswan|Openswan 2.6.02|
    4f455f5d7b764b67436f4f49|full|Openswan|Openswan|Openswan 2.4.9 PLUTO_SENDS_VENDORID PLUTO_USES_KEYRR|
    4f456066696a417566514d44|full|Openswan|Openswan|Openswan 2.4.13 PLUTO_SENDS_VENDORID PLUTO_USES_KEYRR|
    4f45606c50487c5662707575|full|Openswan|Openswan|Openswan 2.4.12 LDAP_V3 PLUTO_SENDS_VENDORID PLUTO_USES_KEYRR|
    4f4563476e586e5f567a5457|full|Openswan|Openswan|Openswan 2.6.15|
    4f45636e6542785f6f6b7257|full|Openswan|Openswan|Openswan 2.4.6|
    4f456651517b4f475276654d|full|Openswan|Openswan|Openswan 2.5.03|
    4f45666a6343554b5f7a4062|full|Openswan|Openswan|Openswan 2.4.2|
    4f45675d5e5d7f664c604651|full|Openswan|Openswan|Openswan 2.4.15|
    4f45675e407f696148444f7c|full|Openswan|Openswan|Openswan 2.5.15|
    4f456768495f775c414c4679|full|Openswan|Openswan|Openswan 2.6.33|
    4f4568794c64414365636661|full|Openswan|Openswan|Openswan 2.6.32|
    4f45694b5146645d6863434c|full|Openswan|Openswan|Openswan 2.6.24rc3|
    4f456971726d54726e464a71|full|Openswan|Openswan|Openswan 2.4.10|
    4f456a7d637357765a5c7b63|full|Openswan|Openswan|Openswan 2.6.16|
    4f456b5a5d52605d7a7a6f4e|full|Openswan|Openswan|Openswan 2.4.13 LDAP_V3 PLUTO_SENDS_VENDORID PLUTO_USES_KEYRR|
    4f456b71484c42504f664d44|full|Openswan|Openswan|Openswan 2.6.19|
    4f456c4c4f5d5264574e5244|full|Openswan|Openswan|Openswan 2.4.6 X.509-1.5.4 LDAP_V3 PLUTO_SENDS_VENDORID PLUTO_USES_KEYRR|
    4f456c4e75416271485b7970|full|Openswan|Openswan|Openswan 2.6.39dr3|
    4f456c6a405d72544d42754d|full|Openswan|Openswan|Openswan 2.6.22|
    4f456c7c5b79725e4a6a5658|full|Openswan|Openswan|Openswan 2.4.12|
    4f456d406b6753464548407f|full|Openswan|Openswan|Openswan 2.6.23|
    4f456d6470475f6c477d767d|full|Openswan|Openswan|Openswan 2.6.39|
    4f456e4d43757f784f704063|full|Openswan|Openswan|Openswan 2.4.5 X.509-1.5.4 PLUTO_SENDS_VENDORID PLUTO_USES_KEYRR|
    4f456e544e77494c76567e5c|full|Openswan|Openswan|Openswan 2.6.27|
    4f456e5e4c737d7d62796c51|full|Openswan|Openswan|Openswan 2.4.1|
    4f456f534a55776561714158|full|Openswan|Openswan|Openswan 2.6.14|
    4f45714250575765766a6c72|full|Openswan|Openswan|Openswan 2.5.10|
    4f45716c74725d4b5a6c5d5f|full|Openswan|Openswan|Openswan 2.6.36|
    4f45717a7c715b657c5c5156|full|Openswan|Openswan|Openswan 2.5.02|
    4f457240604e7f585d6d5869|full|Openswan|Openswan|Openswan 2.4.0 X.509-1.5.4 PLUTO_SENDS_VENDORID PLUTO_USES_KEYRR|
    4f45725c5b754061666c425f|full|Openswan|Openswan|Openswan 2.4.5dr3 X.509-1.5.4 PLUTO_SENDS_VENDORID PLUTO_USES_KEYRR|
    4f457260466858434c7e6a45|full|Openswan|Openswan|Openswan 2.5.01|
    4f4572696f5c77557f746249|full|Openswan|Openswan|Openswan 2.3.0|
    4f45736b7f50645f6c416341|full|Openswan|Openswan|Openswan 2.5.14|
    4f45736f4c6569475a7d7f4c|full|Openswan|Openswan|Openswan 2.6.04|
    4f45744a61537c7646486641|full|Openswan|Openswan|Openswan 2.6.10|
    4f4574514070784e717f5760|full|Openswan|Openswan|Openswan 2.4.8 PLUTO_SENDS_VENDORID PLUTO_USES_KEYRR|
    4f4574715e655577567a5f41|full|Openswan|Openswan|Openswan 2.4.10 PLUTO_SENDS_VENDORID PLUTO_USES_KEYRR|
    4f45755c645c6a795c5c6170|full|Openswan|Openswan|Openswan 2.6.37|
    4f457656736b546968656675|full|Openswan|Openswan|Openswan 2.6.30|
    4f45766b71776b6f48467a69|full|Openswan|Openswan|Openswan 2.6.01|
    4f4576795c6b677a57715c73|full|Openswan|Openswan|Openswan 2.6.38|
    4f45775376797c60516a757b|full|Openswan|Openswan|Openswan 2.6.03|
    4f45775b5b5e5b705443404e|full|Openswan|Openswan|Openswan 2.6.12|
    4f45785c567c6f61507e7864|full|Openswan|Openswan|Openswan 2.4.0|
    4f457a6d734b6f476273616c|full|Openswan|Openswan|Openswan 2.4.8|
    4f457a74437b794a6148685b|full|Openswan|Openswan|Openswan 2.5.17|
    4f457a795c6440407166776c|full|Openswan|Openswan|Openswan 2.5.11|
    4f457a7d4646466667725f65|full|Openswan|Openswan|Openswan 2.4.4 X.509-1.5.4 PLUTO_SENDS_VENDORID PLUTO_USES_KEYRR|
    4f457a7d6d6c5e5441727070|full|Openswan|Openswan|Openswan 2.4.6rc3 X.509-1.5.4 PLUTO_SENDS_VENDORID PLUTO_USES_KEYRR|
    4f457b64445e664a6355766b|full|Openswan|Openswan|Openswan 2.4.11 PLUTO_SENDS_VENDORID PLUTO_USES_KEYRR|
    4f457b654a44434170427663|full|Openswan|Openswan|Openswan 2.6.05|
    4f457d456755615659534c7b|full|Openswan|Openswan|Openswan 2.6.08|
    4f457d476e447f5a4159655b|full|Openswan|Openswan|Openswan 2.6.31|
    4f457d5a765a404d5b4f5744|full|Openswan|Openswan|Openswan 2.6.18|
    4f457d78546050757b707245|full|Openswan|Openswan|Openswan 2.4.15 PLUTO_SENDS_VENDORID PLUTO_USES_KEYRR|
    4f457e487a746b6f69705842|full|Openswan|Openswan|Openswan 2.6.35|
    4f457e717f6b5a4e727d576b|full|Openswan|Openswan|Openswan 2.6.21|
    4f457f7e637f7679517f4a5a|full|Openswan|Openswan|Openswan 2.6.34|
    4f5357|prefix|Openswan|Openswan|Openswan(xeleranized)|
    4f53574745627352675b5a51|full|Openswan|Openswan|Linux Openswan 2.6.44|
    4f535751624a50497c705f61|full|Openswan|Openswan|Openswan 2.6.42|
    4f53575353637b5979536b4c|full|Openswan|Openswan|Linux Openswan 2.6.47.1|
    4f5357584f7a6d66706e7052|full|Openswan|Openswan|Linux Openswan 2.6.47|
    4f53575e5f45464d62615370|full|Openswan|Openswan|Linux Openswan 2.6.50dev1|
    4f53576d77657d7c497e6c7c|full|Openswan|Openswan|Linux Openswan 2.6.48|
    4f535771775064405e494145|full|Openswan|Openswan|Linux Openswan 2.6.46|
    4f535773786c6a4640545359|full|Openswan|Openswan|Openswan 2.6.41|
    4f53577666617a6f6355505a|full|Openswan|Openswan|Openswan 2.6.40|
    4f5357795f4472657a654753|full|Openswan|Openswan|Linux Openswan 2.6.49|
    4f53577b5547416f4c674b64|full|Openswan|Openswan|Openswan 2.6.43|
    4f53577e7b6566787577466d|full|Openswan|Openswan|Linux Openswan 2.6.45|
    4f5357..................|full|Openswan|Openswan|Openswan Unknown Vsn|
    4f70656e504750|prefix|PGP / SSH|OpenPGP certificates|OpenPGP|openpgp-cert
    4f70656e5047503130313731|full|PGP / SSH|OpenPGP certificates|OpenPGP|openpgp-cert
    47bbe7c993f1fc13b4e6d0db565c68e5|prefix|SafeNet|SoftRemote|SafeNet SoftRemote|
    47bbe7c993f1fc13b4e6d0db565c68e5010201010201010310382e302e3020284275696c6420313029000000|full|SafeNet|SoftRemote|SafeNet SoftRemote 8.0.0|
    47bbe7c993f1fc13b4e6d0db565c68e5010201010201010310382e312e3020284275696c6420313029000000|full|SafeNet|SoftRemote|SafeNet SoftRemote 8.1.0|
    47bbe7c993f1fc13b4e6d0db565c68e5010201010201010310392e302e3120284275696c6420313229000000|full|SafeNet|SoftRemote|SafeNet SoftRemote 9.0.1|
    da8e9378|prefix|SafeNet / WatchGuard / 3Com|unidentified|Safenet or Watchguard|
    8404adf9cda05760b2ca292e4bff537b|full|Secure Computing|Sidewinder G2|Maybe Sidewinder G2|
    e720cdd49d2ee7b83ce1970a6c69b528|full|Secure Computing|Sidewinder G2|Maybe Sidewinder G2|
    f14b94b7bff1fef02773b8c49feded26|full|Shrew Soft|VPN client|Shrew Soft client|
    404bf439522ca3f6|prefix|SonicWall|SonicOS|SonicWall-a|
    5b362bc820f60001|prefix|SonicWall|SonicOS|SonicWall-1|
    5b362bc820f60002|prefix|SonicWall|SonicOS|SonicWall-2|
    5b362bc820f60003|prefix|SonicWall|SonicOS|SonicWall-3|
    5b362bc820f60005|prefix|SonicWall|SonicOS|SonicWall-5|
    5b362bc820f60006|prefix|SonicWall|SonicOS|SonicWall-6|
    5b362bc820f60007|prefix|SonicWall|SonicOS|SonicWall-7|
    5b362bc820f60008|prefix|SonicWall|SonicOS|SonicWall-8|
    5b362bc820f70001|prefix|SonicWall|SonicOS|SonicWall-c|
    da8e937880010000|prefix|SonicWall|SonicOS|SonicWall-b|
    09ec27bfbc09c75823cfecbffe565a2e|full|SSH Communications Security|IPSEC Express|SSH IPSEC Express 1.2.2|
    0e58d5774df602007d0b02443660f7eb|full|SSH Communications Security|IPSEC Express|SSH IPSEC Express 3.0.0|
    1952dc91ac20f646fb01cf42a33aee30|full|SSH Communications Security|IPSEC Express|SSH IPSEC Express 1.1.1|
    2836d1fd2807bc9e5ae30786320451ec|full|SSH Communications Security|IPSEC Express|SSH IPSEC Express 2.1.0|
    2b2dad97c4d140930053287f996850b0|full|SSH Communications Security|IPSEC Express|SSH IPSEC Express 5.0.0|
    3f2372867e237c1cd8250a75559cae20|full|SSH Communications Security|IPSEC Express|SSH IPSEC Express 2.1.2|
    45e17f3abe93944cb202910c59ef806b|full|SSH Communications Security|IPSEC Express|SSH IPSEC Express 5.1.0|
    5925859f7377ed7816d2fb81c01fa551|full|SSH Communications Security|IPSEC Express|SSH IPSEC Express 5.1.1|
    6880c7d026099114e486c55430e7abee|full|SSH Communications Security|IPSEC Express|SSH IPSEC Express 4.2.0|
    7a54d3bdb3b1e6d923892064be2d981c|full|SSH Communications Security|IPSEC Express|SSH IPSEC Express 4.0.1|
    7f21a596e4e318f0b2f4944c2384cb84|full|SSH Communications Security|IPSEC Express|SSH IPSEC Express 2.0.0|
    89f7b760d86b012acf263382394d962f|full|SSH Communications Security|IPSEC Express|SSH IPSEC Express 4.1.1|
    9aa1f3b43472a45d5f506aeb260cf214|full|SSH Communications Security|IPSEC Express|SSH IPSEC Express 4.1.0|
    a68de756a9c5229bae66498040951ad5|full|SSH Communications Security|IPSEC Express|SSH IPSEC Express 2.1.1|
    b037a21aceccb5570f602546f97bde8c|full|SSH Communications Security|IPSEC Express|SSH IPSEC Express 5.0|
    c1111b2dee8cbc3d620573ec57aab9cb|full|SSH Communications Security|IPSEC Express|SSH IPSEC Express 1.2.1|
    e8bffa643e5c8f2cd10fda7370b6ebe5|full|SSH Communications Security|IPSEC Express|SSH IPSEC Express 1.1.2|
    f5ce31ebc210f44350cf71265b57380f|full|SSH Communications Security|IPSEC Express|SSH IPSEC Express 3.0.1|
    f64260af2e2742daddd56987068a99a0|full|SSH Communications Security|IPSEC Express|SSH IPSEC Express 4.0.0|
    fbf47614984031fa8e3bb6198089b223|full|SSH Communications Security|IPSEC Express|SSH IPSEC Express 1.1.0|
    2cdf08e712ede8a5978761267cd19b91|full|SSH Communications Security|QuickSec|SSH QuickSec 1.1.2|
    37eba0c4136184e7daf8562a77060b4a|full|SSH Communications Security|QuickSec|SSH QuickSec 0.9.0|
    59e454a8c2cf02a34959121f1890bc87|full|SSH Communications Security|QuickSec|SSH QuickSec 1.1.3|
    5d72925e55948a9661a7fc48fdec7ff9|full|SSH Communications Security|QuickSec|SSH QuickSec 1.1.0|
    777fbf4c5af6d1cdd4b895a05bf82594|full|SSH Communications Security|QuickSec|SSH QuickSec 1.1.1|
    8f9cc94e01248ecdf147594c284b213b|full|SSH Communications Security|QuickSec|SSH QuickSec 2.1.0|
    054182a07c7ae206f9d2cf9d2432c482|full|SSH Communications Security|Sentinel|SSH Sentinel|
    5430888de01a31a6fa8f60224e449958|full|SSH Communications Security|Sentinel|SSH Sentinel 1.2|
    63d9a1a7009491b5a0a6fdeb2a8284f0|full|SSH Communications Security|Sentinel|SSH Sentinel 1.4|
    7ee5cb85f71ce259c94a5c731ee4e752|full|SSH Communications Security|Sentinel|SSH Sentinel 1.3|
    b91623e693ca18a54c6a2778552305e8|full|SSH Communications Security|Sentinel|SSH Sentinel 1.1|
    eb4b0d96276b4e220ad16221a7b2a5e6|full|SSH Communications Security|Sentinel|SSH Sentinel 1.4.1|
    baeb239037e17787d730eed9d95d48aa|full|Stonesoft|StoneGate|StoneGate-02|
    c573b056d7faca36c2fba28374127cbf|full|Stonesoft|StoneGate|StoneGate-01|
    02c49867060173c665ebce2b8110c7f7|full|strongSwan|strongSwan|strongSwan 5.1.0rc1|
    02d7c3a0698ec33bb126b2baa70b9c2c|full|strongSwan|strongSwan|strongSwan 4.3.7|
    04d52cc5fd04aa971063b111917731d2|full|strongSwan|strongSwan|strongSwan 5.0.2|
    06f2f1b82256dce62c07cb4f71604035|full|strongSwan|strongSwan|strongSwan 5.1.1dr3|
    07fa128e4754f9447b1dd46374eef360|full|strongSwan|strongSwan|strongSwan 2.7.0|
    0e9e820524932da199a498953afa8a7e|full|strongSwan|strongSwan|strongSwan 2.8.9|
    117c406d20a29f56f0dfcb03d9fa835b|full|strongSwan|strongSwan|strongSwan 4.3.5rc1|
    15a1ace7ee52fddfef04f928db2dd134|full|strongSwan|strongSwan|strongSwan 4.1.2|
    1a45d3bda55646016e998ac1c5590e59|full|strongSwan|strongSwan|strongSwan 5.1.1dr1|
    1d6cfa4d69d9d33c0b2244bf99de9b8b|full|strongSwan|strongSwan|strongSwan 4.6.1|
    1ef283f83549b5ff9608b6d634f84d75|full|strongSwan|strongSwan|strongSwan 4.0.4|
    1f4442296b83d7e33a8b45209ba0e590|full|strongSwan|strongSwan|strongSwan 2.5.7|
    20b1f62b240a52a849309183960cbb64|full|strongSwan|strongSwan|strongSwan 4.3.1|
    22982eab040be7a4cb4177da312f2f1c|full|strongSwan|strongSwan|strongSwan 5.1.0dr1|
    299932277b7dfe382ce23465333a7d23|full|strongSwan|strongSwan|strongSwan 2.8.2|
    2a517d0d23c37d08bce7c292a0217b39|full|strongSwan|strongSwan|strongSwan 4.2.2|
    2ce9c946a4c879bf11b50b76cc5692cb|full|strongSwan|strongSwan|strongSwan 4.0.0|
    2d1f406118fbd5d28474791ffa00488a|full|strongSwan|strongSwan|strongSwan 4.2.3|
    312f9cb1a6b90e19de7528c904ac3087|full|strongSwan|strongSwan|strongSwan 4.1.4|
    32f0e9b9c06dfe8c9ad5599a636971a1|full|strongSwan|strongSwan|strongSwan 2.8.0|
    3a0d4e7ca4e492ed4dfe476d1ac6018b|full|strongSwan|strongSwan|strongSwan 2.8.7|
    3c5eba3d8564928e32ae43c3d9924dee|full|strongSwan|strongSwan|strongSwan 2.5.6|
    3f267ed621ada7ee6c7d8893ccb0b14b|full|strongSwan|strongSwan|strongSwan 2.5.5|
    3f3266499ffdbd85950e702298062844|full|strongSwan|strongSwan|strongSwan 2.6.0|
    41ef2e2f7ec8b923c98d9fa9bb7a04a5|full|strongSwan|strongSwan|strongSwan 4.6.0|
    42a4834c92ab9a7777063afa254bcb69|full|strongSwan|strongSwan|strongSwan 2.3.2|
    4794cef6843422980d1a3d06af41c5cd|full|strongSwan|strongSwan|strongSwan 4.1.0|
    485a70361b4433b31dea1c6be0df243e|full|strongSwan|strongSwan|strongSwan 2.4.4|
    488c08f57afc382112f7cb396f2d4f6c|full|strongSwan|strongSwan|strongSwan 4.2.9|
    4c7efa31b39e510432a317570d97bbb9|full|strongSwan|strongSwan|strongSwan 2.8.5|
    4c90136946577b51919d8d9a6b8e4a9f|full|strongSwan|strongSwan|strongSwan 4.0.6|
    4ddc7e1f6d6cd1ae9d5dcac58fa1fe9a|full|strongSwan|strongSwan|strongSwan 4.2.7|
    4f130d312ec92f50c02f2b0eb60d6ccc|full|strongSwan|strongSwan|strongSwan 5.1.1dr2|
    5849ab6d8beabd6e4d09e5a3b88c089a|full|strongSwan|strongSwan|strongSwan 4.1.3|
    5b1cd6fe7d050eda6c93871c107db3d2|full|strongSwan|strongSwan|strongSwan 2.6.2|
    66a2045507c119da78a4666259cdea48|full|strongSwan|strongSwan|strongSwan 4.1.8|
    66afbc12bbfe6ce108b1f69f4bc917b7|full|strongSwan|strongSwan|strongSwan 2.6.1|
    75244ad8a5a0f48e7e3b7ad79dcab153|full|strongSwan|strongSwan|strongSwan 4.5.3|
    75aa8f69de2e44500dae842be21f5491|full|strongSwan|strongSwan|strongSwan 5.0.1|
    75b0653cb281eb26d31ede38c8e1e228|full|strongSwan|strongSwan|strongSwan 2.4.1|
    76c72bfd398424dd001b86d0012fe061|full|strongSwan|strongSwan|strongSwan 2.8.4|
    77e8eea6f556a499de3ffe7f7f95661c|full|strongSwan|strongSwan|strongSwan 4.0.2|
    78fdd287def01a3f074b5369eab4fd1c|full|strongSwan|strongSwan|strongSwan 4.1.9|
    7a6bf5b7df89642a75a78ef7d657c1c0|full|strongSwan|strongSwan|strongSwan 2.5.4|
    7b3f3d21e4768e010fc7dd04ae369c61|full|strongSwan|strongSwan|strongSwan 5.0.3dr2|
    7f50cc4ebf04c2d9da73abfd69b77aa2|full|strongSwan|strongSwan|strongSwan 2.7.3|
    80b8f4380b18f24f03ce5745fc3db56b|full|strongSwan|strongSwan|strongSwan 5.0.2rc1|
    8134878582121785ba65ea345d6ba724|full|strongSwan|strongSwan|strongSwan 2.7.1|
    85b6cbec480d5c8cd9882c825ac2c244|full|strongSwan|strongSwan|strongSwan 2.2.0|
    861ce5eb72164b190e9e629a31cf4901|full|strongSwan|strongSwan|strongSwan 2.5.2|
    882fe56d6fd20dbc2251613b2ebe5beb|full|strongSwan|strongSwan|strongSwan (unversioned; since 4.3.6)|strongswan-private
    8c4a3bcb729b11f703d22a5b39640ca8|full|strongSwan|strongSwan|strongSwan 2.8.8|
    95569ee23ebb62eddedea353a575faf3|full|strongSwan|strongSwan|strongSwan 4.2.8|
    982b7a063a33c143a8eadc88249f6bcc|full|strongSwan|strongSwan|strongSwan 2.4.3|
    984a7bfefb46489a5be74b64531c6753|full|strongSwan|strongSwan|strongSwan 4.6.3|
    99dc7cc823376b3b33d04357896ae07b|full|strongSwan|strongSwan|strongSwan 2.2.2|
    9a4a4648f60f8eda7cfcbfe271ee5b7d|full|strongSwan|strongSwan|strongSwan 2.5.1|
    9c73b19f5f4181aa4b269dd004608811|full|strongSwan|strongSwan|strongSwan 4.6.2|
    9dbbafcf1db0dd595ae065294003ad3e|full|strongSwan|strongSwan|strongSwan 4.0.1|
    9deb74e751f44c47905ed2fad93f9271|full|strongSwan|strongSwan|strongSwan 4.3.0|
    9e10a0d4205edc6c90bd5381a53c2d2b|full|strongSwan|strongSwan|strongSwan 5.1.1|
    9eb3d907ed7ada4e3cbcacb917abc8e4|full|strongSwan|strongSwan|strongSwan 2.5.0|
    9f68901325a972894335302a9531ab9f|full|strongSwan|strongSwan|strongSwan 4.2.0|
    a194e2aaddd0bafb95253dd96dc733eb|full|strongSwan|strongSwan|strongSwan 2.7.2|
    a2782dd683b5edee3b777f897d2b867e|full|strongSwan|strongSwan|strongSwan 4.2.6|
    a55a90de781611f70cbbae7045a225fc|full|strongSwan|strongSwan|strongSwan 5.1.1rc1|
    a5ad81e15e1c68a1be277abfeee80d94|full|strongSwan|strongSwan|strongSwan 4.4.0|
    a5f8ce0d6751c640e55bc41784f2e081|full|strongSwan|strongSwan|strongSwan 5.0.2dr4|
    a87680d00cbb939871eb680d18d052e2|full|strongSwan|strongSwan|strongSwan 4.6.4|
    aaa2e272c58de8f96e72c4c21ba7dd99|full|strongSwan|strongSwan|strongSwan 4.4.1|
    ab0746221cc8fd0d5238f73a9b3da557|full|strongSwan|strongSwan|strongSwan 4.0.7|
    af0a05e0bd37b0aba0135a194abb5b89|full|strongSwan|strongSwan|strongSwan 4.2.5|
    b149d6161fb4c7c3805beeff042d08c0|full|strongSwan|strongSwan|strongSwan 4.5.2|
    b181b18e114fc209b3c6e26c3a80718e|full|strongSwan|strongSwan|strongSwan 4.0.3|
    b2860e7837f711bef3d0eeb106872ded|full|strongSwan|strongSwan|strongSwan 2.6.3|
    b7bd9f2f978e3259a7aa9f7a1396ad6c|full|strongSwan|strongSwan|strongSwan 4.1.11|
    b7d8e62184049fb21b088d4232d2549c|full|strongSwan|strongSwan|strongSwan 5.1.0|
    b8f92b2fa2d3fe5fe158344bda1cc6ae|full|strongSwan|strongSwan|strongSwan 2.3.0|
    b927f95219a0fe3600dba3c1182ae55f|full|strongSwan|strongSwan|strongSwan 2.6.4|
    bab253f4cb10a8108a7c927c56c87886|full|strongSwan|strongSwan|strongSwan 4.2.1|
    bf0fbf7306ebb7827042d893539886e2|full|strongSwan|strongSwan|strongSwan 4.1.5|
    bf3a89ae5bef8e72d44dac8bb88d7d5f|full|strongSwan|strongSwan|strongSwan 4.1.10|
    c90b020d043f1f050ba809e13dc8234e|full|strongSwan|strongSwan|strongSwan 5.1.1dr4|
    ca7d77d20794391df5a3cb90fbf5b72e|full|strongSwan|strongSwan|strongSwan 5.0.3dr1|
    cd5792d4b70f0299a6a1373de236d2ac|full|strongSwan|strongSwan|strongSwan 4.2.4|
    d19683368af4b0edc21ccde982b1d1b0|full|strongSwan|strongSwan|strongSwan 4.1.6|
    d398476a43b9d6c56c4045ffcc9fffb9|full|strongSwan|strongSwan|strongSwan 5.0.3|
    d3f1c488c368175d5f40a8f5ca5f5e12|full|strongSwan|strongSwan|strongSwan 4.1.1|
    d6263956ac790961a9c8409b393724bf|full|strongSwan|strongSwan|strongSwan 4.3.2|
    d9118b1e9de5efced9cc9d883f2168ff|full|strongSwan|strongSwan|strongSwan 2.2.1|
    dc3afcdda0514da394b4b36f4cb1b9a7|full|strongSwan|strongSwan|strongSwan 5.0.4|
    dd180d21e5ce655a768ba32211dd8ad9|full|strongSwan|strongSwan|strongSwan 4.0.5|
    de5c703801952d85f6b3ed33b33784b4|full|strongSwan|strongSwan|strongSwan 4.3.5|
    df5b1f0f1d5679d9f8512b16c55a6065|full|strongSwan|strongSwan|strongSwan 2.5.3|
    e069a583c5640257a8de2cf062461a4b|full|strongSwan|strongSwan|strongSwan 5.1.0dr2|
    e154b11a96ee2b44d4954843cd3a40a3|full|strongSwan|strongSwan|strongSwan 5.0.0|
    e37e5d64a329a5cf1eeb8546c3b06018|full|strongSwan|strongSwan|strongSwan 4.3.4|
    e37f2d5ba89a62cd202ee27dac06c8a8|full|strongSwan|strongSwan|strongSwan 2.8.1|
    e7a3fd0c6d771a8f1b8a86a4169c9ea4|full|strongSwan|strongSwan|strongSwan 2.4.2|
    e829c88149bab3c0cee85da60e18ae9b|full|strongSwan|strongSwan|strongSwan 2.4.0|
    ea840aa4dfc9712d6c32b5a16eb329a3|full|strongSwan|strongSwan|strongSwan 4.1.7|
    efe12e8533bbcf4e978ec874935e9972|full|strongSwan|strongSwan|strongSwan 4.5.1|
    eff89e6f406f55292807c3b8f925884a|full|strongSwan|strongSwan|strongSwan 4.5.0|
    f2d4de999721c37fea51d4bcbc060120|full|strongSwan|strongSwan|strongSwan 5.0.3rc1|
    f4d68a2fb63e4390a959baa5c4bc7598|full|strongSwan|strongSwan|strongSwan 5.0.3dr3|
    f697c1afcc2ec8ddcdf99dc7af03a67f|full|strongSwan|strongSwan|strongSwan 2.3.1|
    f9f093629308b24388d09c3f026de0a8|full|strongSwan|strongSwan|strongSwan 4.3.3|
    fb4641ad0eeb2a34491d15f4eff51063|full|strongSwan|strongSwan|strongSwan 2.8.3|
    fe3f49706e26a9fb36a87bfce9ea36ce|full|strongSwan|strongSwan|strongSwan 2.8.6|
    526170746f7220506f77657256706e20536572766572|prefix|Symantec|Raptor / Enterprise Firewall|Symantec-Raptor|
    526170746f7220506f77657256706e20536572766572205b56382e315d|full|Symantec|Raptor / Enterprise Firewall|Symantec-Raptor-v8.1|
    ..................54656c646174|full|Teldat|router|Teldat|
    54494d4553544550|prefix|TimeStep|Permit|Timestep|
    3499691eb82f9eaefed378f5503671debd0663b4000000040000023c|full|unknown|unknown|Unknown 9|
    4c5647362e303a627269636b3a362e302e353732|full|unknown|unknown|Unknown 8|
    69b761a173cc1471dc4547d2a5e94812|full|unknown|unknown|Unknown 7|
    975b7816f69789600dda89040576e0db|full|unknown|unknown|Unknown 10|
    ac5078c25cabb9523979978e76a3d0d2426bc9260000000400000401|full|unknown|unknown|Unknown 5|
    bedc86dabf0ab7973870b5e6c4b87d3ee824de310000001000000401|full|unknown|unknown|Unknown 4|
    edea53a3c15d45cafb11e59ea68db2aa99c1470e0000000400000303|full|unknown|unknown|Unknown 3|
    625027749d5ab97f5616c1602765cf480a3b7d0b|full|ZyXEL|ZyWALL|ZyXEL ZyWALL|
    b858d1addd08c1e8adafea150608aa4497aa6cc8|full|ZyXEL|ZyWALL|ZyXEL ZyWALL Router|
    f758f22668750f03b08df6ebe1d0|full|ZyXEL|ZyWALL|ZyXEL ZyWALL USG 100|
    """
}
