/// A link-layer header type, by the number of the LINKTYPE_ registry (tcpdump.org/linktypes.html).
package struct LinkType: RawRepresentable, Hashable, Sendable {
  package var rawValue: UInt16

  package init(rawValue: UInt16) {
    self.rawValue = rawValue
  }
}

extension LinkType {
  /// BSD loopback: a 4-byte address family in the byte order of the capturing machine.
  package static let null = LinkType(rawValue: 0)
  /// Ethernet.
  package static let ethernet = LinkType(rawValue: 1)
  /// PPP, with or without the HDLC-like address and control bytes (RFC 1662).
  package static let ppp = LinkType(rawValue: 9)
  /// PPP in HDLC-like framing, or Cisco HDLC; the first byte tells (RFC 1547 §4.3.1).
  package static let pppHDLC = LinkType(rawValue: 50)
  /// PPPoE session packets: a PPPoE header, then PPP.
  package static let pppEthernet = LinkType(rawValue: 51)
  /// A bare IPv4 or IPv6 packet; the version nibble tells.
  package static let raw = LinkType(rawValue: 101)
  /// Cisco HDLC.
  package static let ciscoHDLC = LinkType(rawValue: 104)
  /// IEEE 802.11 without a radio header.
  package static let ieee80211 = LinkType(rawValue: 105)
  /// Frame Relay (LAPF), then RFC 2427.
  package static let frameRelay = LinkType(rawValue: 107)
  /// OpenBSD loopback: a 4-byte address family in network byte order.
  package static let loop = LinkType(rawValue: 108)
  /// Linux cooked capture, version 1: a 16-byte header.
  package static let linuxCooked = LinkType(rawValue: 113)
  /// IEEE 802.11 behind a radiotap header.
  package static let ieee80211Radiotap = LinkType(rawValue: 127)
  /// PPP behind a direction byte.
  package static let pppWithDirection = LinkType(rawValue: 204)
  /// A bare IPv4 packet.
  package static let ipv4 = LinkType(rawValue: 228)
  /// A bare IPv6 packet.
  package static let ipv6 = LinkType(rawValue: 229)
  /// Linux cooked capture, version 2: a 20-byte header.
  package static let linuxCooked2 = LinkType(rawValue: 276)

  /// The link type that a capture's header field means.
  ///
  /// Old writers put the operating system's own DLT_RAW (12, on OpenBSD 14) where the registry's
  /// number 101 belongs; both numbers are not otherwise in use.
  init(headerField field: UInt16) {
    self = field == 12 || field == 14 ? .raw : LinkType(rawValue: field)
  }

  /// True where frames of this type can be dissected.
  package var isSupported: Bool { Self.supported.contains(self) }

  /// The registry's name, such as `EN10MB`; the number where the name is not known here.
  package var name: String { Self.names[rawValue] ?? String(rawValue) }

  private static let supported: Set<LinkType> = [
    .null, .ethernet, .ppp, .pppHDLC, .pppEthernet, .raw, .ciscoHDLC, .ieee80211, .frameRelay,
    .loop, .linuxCooked, .ieee80211Radiotap, .pppWithDirection, .ipv4, .ipv6, .linuxCooked2,
  ]

  private static let names: [UInt16: String] = [
    0: "NULL", 1: "ETHERNET", 3: "AX25", 6: "IEEE802_5", 7: "ARCNET_BSD", 8: "SLIP", 9: "PPP",
    10: "FDDI", 50: "PPP_HDLC", 51: "PPP_ETHER", 99: "SYMANTEC_FIREWALL", 100: "ATM_RFC1483",
    101: "RAW", 104: "C_HDLC", 105: "IEEE802_11", 106: "ATM_CLIP", 107: "FRELAY", 108: "LOOP",
    113: "LINUX_SLL", 114: "LTALK", 117: "PFLOG", 119: "IEEE802_11_PRISM", 122: "IP_OVER_FC",
    123: "SUNATM", 127: "IEEE802_11_RADIOTAP", 129: "ARCNET_LINUX", 138: "APPLE_IP_OVER_IEEE1394",
    139: "MTP2_WITH_PHDR", 140: "MTP2", 141: "MTP3", 142: "SCCP", 143: "DOCSIS",
    144: "LINUX_IRDA", 147: "USER0", 148: "USER1", 149: "USER2", 150: "USER3", 151: "USER4",
    152: "USER5", 153: "USER6", 154: "USER7", 155: "USER8", 156: "USER9", 157: "USER10",
    158: "USER11", 159: "USER12", 160: "USER13", 161: "USER14", 162: "USER15",
    163: "IEEE802_11_AVS", 165: "BACNET_MS_TP", 166: "PPP_PPPD", 169: "GPRS_LLC",
    177: "LINUX_LAPD", 187: "BLUETOOTH_HCI_H4", 189: "USB_LINUX", 192: "PPI",
    195: "IEEE802_15_4_WITHFCS", 197: "ERF", 201: "BLUETOOTH_HCI_H4_WITH_PHDR",
    204: "PPP_WITH_DIR", 205: "C_HDLC_WITH_DIR", 206: "FRELAY_WITH_DIR",
    209: "IPMB_LINUX", 215: "IEEE802_15_4_NONASK_PHY", 220: "USB_LINUX_MMAPPED", 224: "FC_2",
    226: "IPNET", 227: "CAN_SOCKETCAN", 228: "IPV4", 229: "IPV6", 230: "IEEE802_15_4_NOFCS",
    231: "DBUS", 239: "NFLOG", 240: "NETANALYZER", 247: "INFINIBAND", 248: "SCTP",
    249: "USBPCAP", 251: "BLUETOOTH_LE_LL", 252: "WIRESHARK_UPPER_PDU", 253: "NETLINK",
    254: "BLUETOOTH_LINUX_MONITOR", 258: "PKTAP", 265: "ISO_14443", 272: "NORDIC_BLE",
    274: "ETHERNET_MPACKET", 276: "LINUX_SLL2", 279: "DISPLAYPORT_AUX", 281: "DSA_TAG_BRCM",
    282: "DSA_TAG_BRCM_PREPEND", 283: "IEEE802_15_4_TAP", 284: "DSA_TAG_DSA",
    285: "DSA_TAG_EDSA", 286: "ELEE", 288: "USB_2_0", 290: "ETW",
  ]
}

extension LinkType: CustomStringConvertible {
  /// Name and number, such as `ETHERNET (1)`.
  package var description: String { "\(name) (\(rawValue))" }
}
