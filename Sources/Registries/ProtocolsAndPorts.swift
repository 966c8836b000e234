/// IP protocols, ports and reserved values that concern IPsec, by kind.
package enum ProtocolsAndPorts {
  /// The table.
  package static let registry = Registry(
    """
    kind|number|name|id|rfc
    ip-protocol|4|IP-in-IP|ipip|RFC 2003
    ip-protocol|41|IPv6|ipv6|RFC 2473
    ip-protocol|47|GRE|gre|RFC 2784
    ip-protocol|50|ESP|esp|RFC 4303
    ip-protocol|51|AH|ah|RFC 4302
    ip-protocol|59|IPv6-NoNxt|no-next-header|RFC 8200
    ip-protocol|108|IPComp|ipcomp|RFC 3173
    ip-protocol|141|WESP|wesp|RFC 5840
    ip-protocol|144|AGGFRAG|aggfrag|RFC 9347
    udp-port|500|isakmp|ike|RFC 7296
    udp-port|4500|ipsec-nat-t|nat-t|RFC 3947; RFC 3948
    udp-port|848|gdoi|gdoi|RFC 6407
    udp-port|4501|GlobalProtect IPsec|globalprotect|-
    udp-port|10000|Cisco IPsec over UDP|cisco-udp|-
    udp-port|2746|Check Point UDP encapsulation|checkpoint-udp|-
    tcp-port|500|isakmp|ike-tcp|-
    tcp-port|4500|ipsec-nat-t|ike-esp-tcp|RFC 9329
    tcp-port|10000|Cisco IPsec over TCP (TCPENCAP)|cisco-tcp|-
    udp-port|1701|l2tp|l2tp|RFC 2661
    marker|0|non-ESP marker|non-esp-marker|RFC 3948
    spi|0|reserved, local use|spi-zero|RFC 4303
    cpi|2|DEFLATE well-known CPI|cpi-deflate|RFC 2394
    cpi|3|LZS well-known CPI|cpi-lzs|RFC 2395
    cpi|1|OUI well-known CPI|cpi-oui|RFC 3173
    """, space: "kind")
}
