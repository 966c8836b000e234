/// Where a block that is whole stands.
struct PcapngBlock {
  let order: ByteOrder
  let position: Int
  let length: Int
}

/// Block types (draft-ietf-opsawg-pcapng §11.1).
enum BlockType {
  static let sectionHeader: UInt32 = 0x0a0d_0d0a
  static let interfaceDescription: UInt32 = 1
  static let packet: UInt32 = 2
  static let simplePacket: UInt32 = 3
  static let interfaceStatistics: UInt32 = 5
  static let enhancedPacket: UInt32 = 6

  /// Type, length and length again.
  static let smallestBlock = 12

  /// True for the blocks that are looked into.
  static func isRead(_ type: UInt32) -> Bool {
    switch type {
    case enhancedPacket, packet, simplePacket, interfaceDescription, interfaceStatistics,
      sectionHeader:
      true
    default: false
    }
  }

  /// True for the blocks of the registry: those that are read, name resolution (4), IRIG time
  /// stamps (7), ARINC (8), systemd journal (9), decryption secrets (10), sysdig's (0x201 on) and
  /// custom blocks.
  static func isKnown(_ type: UInt32) -> Bool {
    (1...10).contains(type) || (0x201...0x222).contains(type) || type == sectionHeader
      || type == 0xbad || type == 0x4000_0bad
  }
}
