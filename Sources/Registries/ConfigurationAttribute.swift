/// Attribute types of mode configuration, XAUTH, Unity and the IKEv2 CP payload.
package struct ConfigurationAttribute: Hashable, Sendable, CustomStringConvertible {
  /// Which version's table the number is of.
  package let version: IKEVersion
  /// The number on the wire, without the short-form bit.
  package let rawValue: UInt16

  /// Any number is valid.
  package init(_ version: IKEVersion, _ rawValue: UInt16) {
    self.version = version
    self.rawValue = rawValue
  }

  /// What the table says of this number; nil when it says nothing. Check Point's reuse of 13 to 20
  /// needs its vendor ID and is not looked at here (`checkPointEntry`).
  package var entry: RegistryEntry? {
    Self.registry.entries(of: UInt32(rawValue), in: version.digit).first {
      $0["family"] != "check-point" || rawValue >= 0x4000
    }
  }

  /// What the number means between Check Point's gateway and client.
  package var checkPointEntry: RegistryEntry? {
    Self.registry.entries(of: UInt32(rawValue), in: version.digit).first {
      $0["family"] == "check-point"
    }
  }

  /// The name in the RFC's or the vendor's words, `unknown 241` where there is none.
  package var name: String { entry?.name ?? "unknown \(rawValue)" }

  /// The identifier in reports, `unknown-241` where there is none.
  package var id: String { entry?.id ?? "unknown-\(rawValue)" }

  /// How the value reads: `ipv4`, `text`, `uint16`, `subnets`, `secret`, …; nil when unknown.
  package var valueKind: String? { entry?["value"] }

  /// True where the value is a password, PIN or passcode in any vendor's reading of the number, or
  /// the answer to whatever XAUTH asked: what might be a secret is not printed.
  package var isSecret: Bool {
    let rows = Self.registry.entries(of: UInt32(rawValue), in: version.digit)
    return rows.contains { $0["value"] == "secret" || $0.id == "xauth-answer" }
  }

  /// The text for people.
  package var description: String { name }

  /// INTERNAL_IP4_ADDRESS.
  package static let internalIP4AddressV1 = Self(.v1, 1)
  /// INTERNAL_IP4_NETMASK.
  package static let internalIP4NetmaskV1 = Self(.v1, 2)
  /// APPLICATION_VERSION.
  package static let applicationVersionV1 = Self(.v1, 7)
  /// XAUTH_TYPE.
  package static let xauthType = Self(.v1, 16520)
  /// XAUTH_USER_NAME.
  package static let xauthUserName = Self(.v1, 16521)
  /// XAUTH_USER_PASSWORD.
  package static let xauthUserPassword = Self(.v1, 16522)
  /// XAUTH_MESSAGE.
  package static let xauthMessage = Self(.v1, 16524)
  /// XAUTH_STATUS.
  package static let xauthStatus = Self(.v1, 16527)
  /// UNITY_NATT_PORT: Cisco IPsec over UDP's port.
  package static let unityNATTPort = Self(.v1, 28677)
  /// INTERNAL_IP4_ADDRESS of IKEv2.
  package static let internalIP4AddressV2 = Self(.v2, 1)
  /// INTERNAL_IP6_ADDRESS of IKEv2.
  package static let internalIP6AddressV2 = Self(.v2, 8)
  /// INTERNAL_IP4_SUBNET of IKEv2.
  package static let internalIP4SubnetV2 = Self(.v2, 13)

  /// The table.
  package static let registry = Registry(
    """
    ike_version|family|number|name|id|value|rfc
    1|mode-config|1|INTERNAL_IP4_ADDRESS|internal-ip4-address|ipv4|draft-dukes-ike-mode-cfg-02
    1|mode-config|2|INTERNAL_IP4_NETMASK|internal-ip4-netmask|ipv4|draft-dukes-ike-mode-cfg-02
    1|mode-config|3|INTERNAL_IP4_DNS|internal-ip4-dns|ipv4|draft-dukes-ike-mode-cfg-02
    1|mode-config|4|INTERNAL_IP4_NBNS|internal-ip4-nbns|ipv4|draft-dukes-ike-mode-cfg-02
    1|mode-config|5|INTERNAL_ADDRESS_EXPIRY|internal-address-expiry|uint32|draft-dukes-ike-mode-cfg-02
    1|mode-config|6|INTERNAL_IP4_DHCP|internal-ip4-dhcp|ipv4|draft-dukes-ike-mode-cfg-02
    1|mode-config|7|APPLICATION_VERSION|application-version|text|draft-dukes-ike-mode-cfg-02
    1|mode-config|8|INTERNAL_IP6_ADDRESS|internal-ip6-address|ipv6|draft-dukes-ike-mode-cfg-02
    1|mode-config|9|INTERNAL_IP6_NETMASK|internal-ip6-netmask|ipv6|draft-dukes-ike-mode-cfg-02
    1|mode-config|10|INTERNAL_IP6_DNS|internal-ip6-dns|ipv6|draft-dukes-ike-mode-cfg-02
    1|mode-config|11|INTERNAL_IP6_NBNS|internal-ip6-nbns|ipv6|draft-dukes-ike-mode-cfg-02
    1|mode-config|12|INTERNAL_IP6_DHCP|internal-ip6-dhcp|ipv6|draft-dukes-ike-mode-cfg-02
    1|mode-config|13|INTERNAL_IP4_SUBNET|internal-ip4-subnet|ipv4-mask|draft-dukes-ike-mode-cfg-02
    1|mode-config|14|SUPPORTED_ATTRIBUTES|supported-attributes|types|draft-dukes-ike-mode-cfg-02
    1|mode-config|15|INTERNAL_IP6_SUBNET|internal-ip6-subnet|ipv6-prefix|draft-dukes-ike-mode-cfg-02
    1|mode-config|23456|INTERNAL_IP4_SERVER|internal-ip4-server|ipv4|-
    1|mode-config|23457|INTERNAL_IP6_SERVER|internal-ip6-server|ipv6|-
    1|xauth|16520|XAUTH_TYPE|xauth-type|uint16|draft-beaulieu-ike-xauth-02
    1|xauth|16521|XAUTH_USER_NAME|xauth-user-name|text|draft-beaulieu-ike-xauth-02
    1|xauth|16522|XAUTH_USER_PASSWORD|xauth-user-password|secret|draft-beaulieu-ike-xauth-02
    1|xauth|16523|XAUTH_PASSCODE|xauth-passcode|secret|draft-beaulieu-ike-xauth-02
    1|xauth|16524|XAUTH_MESSAGE|xauth-message|text|draft-beaulieu-ike-xauth-02
    1|xauth|16525|XAUTH_CHALLENGE|xauth-challenge|bytes|draft-beaulieu-ike-xauth-02
    1|xauth|16526|XAUTH_DOMAIN|xauth-domain|text|draft-beaulieu-ike-xauth-02
    1|xauth|16527|XAUTH_STATUS|xauth-status|uint16|draft-beaulieu-ike-xauth-02
    1|xauth|16528|XAUTH_NEXT_PIN|xauth-next-pin|secret|draft-beaulieu-ike-xauth-02
    1|xauth|16529|XAUTH_ANSWER|xauth-answer|text|draft-beaulieu-ike-xauth-02
    1|unity|28672|UNITY_BANNER|unity-banner|text|-
    1|unity|28673|UNITY_SAVE_PASSWD|unity-save-passwd|uint16|-
    1|unity|28674|UNITY_DEF_DOMAIN|unity-def-domain|text|-
    1|unity|28675|UNITY_SPLITDNS_NAME|unity-splitdns-name|text|-
    1|unity|28676|UNITY_SPLIT_INCLUDE|unity-split-include|subnets|-
    1|unity|28677|UNITY_NATT_PORT|unity-natt-port|uint16|-
    1|unity|28678|UNITY_LOCAL_LAN|unity-local-lan|subnets|-
    1|unity|28679|UNITY_PFS|unity-pfs|uint16|-
    1|unity|28680|UNITY_FW_TYPE|unity-fw-type|bytes|-
    1|unity|28681|UNITY_BACKUP_SERVERS|unity-backup-servers|text|-
    1|unity|28682|UNITY_DDNS_HOSTNAME|unity-ddns-hostname|text|-
    1|unity|28683|unknown (seen from iPhone)|unity-28683|bytes|-
    1|unity|32136|CISCO_EXT_VENDOR|cisco-ext-vendor|bytes|-
    1|check-point|13|CHKPT_TYPE|chkpt-type||-
    1|check-point|14|CHKPT_USER_NAME|chkpt-user-name||-
    1|check-point|15|CHKPT_USER_PASSWORD|chkpt-user-password|secret|-
    1|check-point|17|CHKPT_MESSAGE|chkpt-message||-
    1|check-point|18|CHKPT_CHALLENGE|chkpt-challenge||-
    1|check-point|20|CHKPT_STATUS|chkpt-status||-
    1|check-point|16387|CHKPT_DEF_DOMAIN|chkpt-def-domain||-
    1|check-point|16388|CHKPT_MAC_ADDRESS|chkpt-mac-address||-
    1|check-point|16389|CHKPT_MARCIPAN_REASON_CODE|chkpt-marcipan-reason-code||-
    1|check-point|16400|CHKPT_UNKNOWN1|chkpt-unknown1||-
    1|check-point|16401|CHKPT_UNKNOWN2|chkpt-unknown2||-
    1|check-point|16402|CHKPT_UNKNOWN3|chkpt-unknown3||-
    2|config|1|INTERNAL_IP4_ADDRESS|internal-ip4-address|ipv4|RFC 7296
    2|config|2|INTERNAL_IP4_NETMASK|internal-ip4-netmask|ipv4|RFC 7296
    2|config|3|INTERNAL_IP4_DNS|internal-ip4-dns|ipv4|RFC 7296
    2|config|4|INTERNAL_IP4_NBNS|internal-ip4-nbns|ipv4|RFC 7296
    2|config|6|INTERNAL_IP4_DHCP|internal-ip4-dhcp|ipv4|RFC 7296
    2|config|7|APPLICATION_VERSION|application-version|text|RFC 7296
    2|config|8|INTERNAL_IP6_ADDRESS|internal-ip6-address|ipv6-prefix|RFC 7296
    2|config|10|INTERNAL_IP6_DNS|internal-ip6-dns|ipv6|RFC 7296
    2|config|12|INTERNAL_IP6_DHCP|internal-ip6-dhcp|ipv6|RFC 7296
    2|config|13|INTERNAL_IP4_SUBNET|internal-ip4-subnet|ipv4-mask|RFC 7296
    2|config|14|SUPPORTED_ATTRIBUTES|supported-attributes|types|RFC 7296
    2|config|15|INTERNAL_IP6_SUBNET|internal-ip6-subnet|ipv6-prefix|RFC 7296
    2|config|16|MIP6_HOME_PREFIX|mip6-home-prefix|bytes|RFC 5026
    2|config|17|INTERNAL_IP6_LINK|internal-ip6-link|bytes|RFC 5739
    2|config|18|INTERNAL_IP6_PREFIX|internal-ip6-prefix|ipv6-prefix|RFC 5739
    2|config|19|HOME_AGENT_ADDRESS|home-agent-address|bytes|3GPP TS 24.302
    2|config|20|P_CSCF_IP4_ADDRESS|p-cscf-ip4-address|ipv4|RFC 7651
    2|config|21|P_CSCF_IP6_ADDRESS|p-cscf-ip6-address|ipv6|RFC 7651
    2|config|22|FTT_KAT|ftt-kat|uint16|3GPP TS 24.302
    2|config|23|EXTERNAL_SOURCE_IP4_NAT_INFO|external-source-ip4-nat-info|bytes|3GPP TS 29.139
    2|config|24|TIMEOUT_PERIOD_FOR_LIVENESS_CHECK|timeout-period-for-liveness-check|uint32|3GPP TS 24.302
    2|config|25|INTERNAL_DNS_DOMAIN|internal-dns-domain|text|RFC 8598
    2|config|26|INTERNAL_DNSSEC_TA|internal-dnssec-ta|bytes|RFC 8598
    2|config|27|ENCDNS_IP4|encdns-ip4|bytes|RFC 9464
    2|config|28|ENCDNS_IP6|encdns-ip6|bytes|RFC 9464
    2|config|29|ENCDNS_DIGEST_INFO|encdns-digest-info|bytes|RFC 9464
    2|unity|28672|UNITY_BANNER|unity-banner|text|-
    2|unity|28674|UNITY_DEF_DOMAIN|unity-def-domain|text|-
    2|unity|28675|UNITY_SPLITDNS_NAME|unity-splitdns-name|text|-
    2|unity|28676|UNITY_SPLIT_INCLUDE|unity-split-include|subnets|-
    2|unity|28678|UNITY_LOCAL_LAN|unity-local-lan|subnets|-
    2|unity|28681|UNITY_BACKUP_SERVERS|unity-backup-servers|text|-
    """, space: "ike_version")
}
