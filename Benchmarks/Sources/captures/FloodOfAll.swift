/// Every table that traffic can fill, filled at once: what an enemy who knows all of them would send.
struct FloodOfAll {
  private var real: RealTunnel
  /// A tunnel that never rests.
  private var busy: IKESession
  private var messageID: UInt32 = 2
  private static let gateway: UInt32 = 0xc633_6401

  init(_ generator: inout Generator) {
    real = RealTunnel(&generator)
    busy = IKESession(Path(source: 0xc633_6402, destination: Self.gateway), &generator)
  }

  /// Writes `count` steps of 16 frames, with the real negotiations in their middle.
  mutating func write(_ file: CaptureFile, _ count: Int, _ generator: inout Generator) throws {
    try file.write(busy.establishment(&generator), of: busy, after: 1)
    for index in 0..<count {
      if index == count / 2 { try real.negotiate(in: file, &generator) }
      if index > count / 2, index % max(1, count / 100) == 0 {
        try real.traffic(in: file, sequence: UInt32(index / max(1, count / 100)), &generator)
      }
      try tunnels(file, UInt32(index), &generator)
      try flows(file, &generator)
      try fragments(file, &generator)
      try streams(file, UInt32(index), &generator)
    }
  }

  /// A unicast address outside 0/8 and the test networks.
  private func stranger(_ generator: inout Generator) -> UInt32 {
    0x0b00_0000 + UInt32(truncatingIfNeeded: generator.next()) % 0x7000_0000
  }

  /// A tunnel with an ESP packet each way, an attempt at another, and two messages of the busy one.
  private mutating func tunnels(
    _ file: CaptureFile, _ index: UInt32, _ generator: inout Generator
  ) throws {
    let session = IKESession(
      Path(source: 0x0a00_0000 + index, destination: Self.gateway), &generator)
    try file.write(session.establishment(&generator), of: session, after: 1)
    for path in [session.path, session.path.reversed] {
      try esp(file, path, &generator)
    }
    let attempt = IKESession(
      Path(source: stranger(&generator), destination: Self.gateway), &generator)
    let first = attempt.saInit(isResponse: false, &generator)
    try file.frame(after: 1) { $0.putIKE(attempt.path, first) }
    for isResponse in [false, true] {
      let message = busy.encrypted(
        37, isResponse: isResponse, id: messageID, first: 0, length: 32, &generator)
      let path = isResponse ? busy.path.reversed : busy.path
      try file.frame(after: 1) { $0.putIKE(path, message) }
    }
    messageID += 1
  }

  private func esp(_ file: CaptureFile, _ path: Path, _ generator: inout Generator) throws {
    let spi = UInt32(truncatingIfNeeded: generator.next()) | 0x100
    try file.frame(after: 1) { $0.putESP(path, &generator, spi: spi, sequence: 1, length: 60) }
  }

  /// ESP without IKE, and a connection in clear.
  private func flows(_ file: CaptureFile, _ generator: inout Generator) throws {
    let path = Path(source: stranger(&generator), destination: Self.gateway)
    try esp(file, path, &generator)
    try file.frame(after: 1) { $0.putTCP(path, &generator, length: 32) }
  }

  /// The first fragment of a datagram, and of an IKE message of the busy tunnel.
  private func fragments(_ file: CaptureFile, _ generator: inout Generator) throws {
    let identification = UInt16(truncatingIfNeeded: generator.next())
    let path = Path(source: stranger(&generator), destination: Self.gateway)
    try file.frame(after: 1) {
      $0.putIPv4(
        path, protocolNumber: 17, length: 1400, identification: identification, fragment: 0x2000)
      $0.put(UInt16(500))
      $0.put(UInt16(500))
      $0.put(UInt16(2800))
      $0.put(UInt16(0))
      generator.append(1392, to: &$0)
    }
    let message = busy.firstFragment(of: 200, id: messageID, length: 1200, &generator)
    try file.frame(after: 1) { $0.putIKE(busy.path, message) }
  }

  /// A TCP stream of IKE (RFC 9329) that begins, and then misses a segment for ever.
  private func streams(
    _ file: CaptureFile, _ index: UInt32, _ generator: inout Generator
  ) throws {
    let path = Path(source: stranger(&generator), destination: Self.gateway)
    try file.frame(after: 1) {
      $0.putSegment(path, sequence: 1, length: 6)
      $0 += Array("IKETCP".utf8)
    }
    for piece: UInt32 in 1...2 {
      try file.frame(after: 1) {
        $0.putSegment(path, sequence: 1000 + piece * 1200, length: 1200)
        generator.append(1200, to: &$0)
      }
    }
  }
}

extension [UInt8] {
  /// Headers of a TCP segment to port 4500.
  fileprivate mutating func putSegment(_ path: Path, sequence: UInt32, length: Int) {
    putIPv4(path, protocolNumber: 6, length: 20 + length)
    put(UInt16(40_000))
    put(UInt16(4500))
    put(sequence)
    put(UInt32(1))
    put(UInt32(0x5010_ffff))
    put(UInt32(0))
  }
}
