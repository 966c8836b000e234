/// The ends of a flow.
struct Path {
  var source: UInt32
  var destination: UInt32

  var reversed: Path { Path(source: destination, destination: source) }
}

extension [UInt8] {
  /// Ethernet and IPv4 headers for a payload of `length` bytes.
  mutating func putIPv4(
    _ path: Path, protocolNumber: UInt8, length: Int, identification: UInt16 = 0,
    fragment: UInt16 = 0
  ) {
    self += [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0]
    let start = count
    put(UInt16(0x4500))
    put(UInt16(20 + length))
    put(identification)
    put(fragment)
    put(UInt8(64))
    put(protocolNumber)
    put(UInt16(0))
    put(path.source)
    put(path.destination)
    var sum: UInt32 = 0
    for offset in stride(from: start, to: start + 20, by: 2) {
      sum += UInt32(self[offset]) << 8 | UInt32(self[offset + 1])
    }
    sum = sum & 0xffff + sum >> 16
    let checksum = ~UInt16(truncatingIfNeeded: sum & 0xffff + sum >> 16)
    self[start + 10] = UInt8(checksum >> 8)
    self[start + 11] = UInt8(checksum & 0xff)
  }

  /// Ethernet, IPv4 and UDP headers for a payload of `length` bytes.
  mutating func putUDP(
    _ path: Path, from sourcePort: UInt16, to destinationPort: UInt16, length: Int
  ) {
    putIPv4(path, protocolNumber: 17, length: 8 + length)
    put(sourcePort)
    put(destinationPort)
    put(UInt16(8 + length))
    put(UInt16(0))
  }

  /// A TCP segment of `length` payload bytes.
  mutating func putTCP(_ path: Path, _ generator: inout Generator, length: Int) {
    putIPv4(path, protocolNumber: 6, length: 20 + length)
    put(UInt16(40_000))
    put(UInt16(443))
    put(UInt32(truncatingIfNeeded: generator.next()))
    put(UInt32(truncatingIfNeeded: generator.next()))
    put(UInt32(0x5010_ffff))
    put(UInt32(0))
    generator.append(length, to: &self)
  }

  /// An ESP packet of `length` bytes, header included; in UDP 4500 where `inUDP`.
  mutating func putESP(
    _ path: Path, _ generator: inout Generator, spi: UInt32, sequence: UInt32, length: Int,
    inUDP: Bool = false
  ) {
    if inUDP {
      putUDP(path, from: 4500, to: 4500, length: length)
    } else {
      putIPv4(path, protocolNumber: 50, length: length)
    }
    put(spi)
    put(sequence)
    generator.append(length - 8, to: &self)
  }

  /// An IKE message, behind the non-ESP marker on port 4500.
  mutating func putIKE(_ path: Path, port: UInt16 = 500, _ message: [UInt8]) {
    let marker = port == 4500 ? 4 : 0
    putUDP(path, from: port, to: port, length: message.count + marker)
    if marker > 0 { put(UInt32(0)) }
    self += message
  }
}
