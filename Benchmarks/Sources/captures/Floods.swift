/// The negotiations that must still be explained in the midst of a flood. 192.0.2.1 to 192.0.2.2,
/// initiator SPI 1122334455667788, comes up and has a child SA with traffic; 192.0.2.3 to 192.0.2.4,
/// initiator SPI a1a2a3a4a5a6a7a8, is refused with NO_PROPOSAL_CHOSEN.
struct RealTunnel {
  private var session: IKESession
  private var refused: IKESession
  private static let path = Path(source: 0xc000_0201, destination: 0xc000_0202)
  private static let refusedPath = Path(source: 0xc000_0203, destination: 0xc000_0204)

  init(_ generator: inout Generator) {
    session = IKESession(Self.path, &generator)
    session.initiatorSPI = 0x1122_3344_5566_7788
    session.responderSPI = 0x8877_6655_4433_2211
    refused = IKESession(Self.refusedPath, &generator)
    refused.initiatorSPI = 0xa1a2_a3a4_a5a6_a7a8
  }

  func negotiate(in file: CaptureFile, _ generator: inout Generator) throws {
    try file.write(session.establishment(&generator), of: session, after: 30)
    try refuse(in: file, &generator)
  }

  /// The negotiation that comes to nothing.
  func refuse(in file: CaptureFile, _ generator: inout Generator) throws {
    try file.write(
      [(true, refused.saInit(isResponse: false, &generator)), (false, refused.noProposalChosen())],
      of: refused, after: 30)
  }

  func traffic(in file: CaptureFile, sequence: UInt32, _ generator: inout Generator) throws {
    for (path, spi) in [(Self.path, UInt32(0xc0ff_ee01)), (Self.path.reversed, 0xc0ff_ee02)] {
      try file.frame {
        $0.putESP(path, &generator, spi: spi, sequence: sequence, length: 100)
      }
    }
  }
}

extension Workload {
  /// A flood of `count` frames, with the real negotiation in its middle and its traffic behind.
  func writeFlood(_ file: CaptureFile, _ count: Int, _ generator: inout Generator) throws {
    let real = RealTunnel(&generator)
    for index in 0..<count {
      if index == count / 2 { try real.negotiate(in: file, &generator) }
      if index > count / 2, index % max(1, count / 100) == 0 {
        try real.traffic(
          in: file, sequence: UInt32(index / max(1, count / 100)), &generator)
      }
      try writeOne(file, index, &generator)
    }
  }

  private func writeOne(_ file: CaptureFile, _ index: Int, _ generator: inout Generator) throws {
    let address = UInt32(truncatingIfNeeded: generator.next())
    // A unicast address outside 0/8 and the test networks that the real tunnel is in.
    let path = Path(source: 0x0b00_0000 + address % 0x7000_0000, destination: 0xc000_0202)
    switch self {
    case .floodSpoofed:
      let session = IKESession(path, &generator)
      let message =
        index % 2 == 0
        ? session.saInit(isResponse: false, &generator) : session.mainModeSA(isResponse: false)
      try file.frame(after: 1) { $0.putIKE(path, message) }
    case .floodFragments:
      let identification = UInt16(truncatingIfNeeded: generator.next())
      // The first fragment, or one of the middle, of a UDP datagram; more are promised.
      let fragment = 0x2000 | UInt16(truncatingIfNeeded: index % 3) * 3
      try file.frame(after: 1) {
        $0.putIPv4(
          path, protocolNumber: 17, length: 24, identification: identification, fragment: fragment)
        $0.put(UInt16(500))
        $0.put(UInt16(500))
        $0.put(UInt16(1400))
        $0.put(UInt16(0))
        generator.append(16, to: &$0)
      }
    case .floodSPIs:
      let spi = UInt32(truncatingIfNeeded: generator.next()) | 0x100
      try file.frame(after: 1) {
        $0.putESP(path, &generator, spi: spi, sequence: 1, length: 60)
      }
    default:
      let session = IKESession(path, &generator)
      let message = session.firstFragment(of: 200, id: 1, &generator)
      try file.frame(after: 1) { $0.putIKE(path, message) }
    }
  }

  /// Tunnels that are made one after the other and never heard of again.
  func writeTunnels(_ file: CaptureFile, _ count: Int, _ generator: inout Generator) throws {
    let real = RealTunnel(&generator)
    for index in 0..<count {
      if index == count / 2 { try real.negotiate(in: file, &generator) }
      let path = Path(source: 0x0b00_0000 + UInt32(index), destination: 0xc633_6401)
      let session = IKESession(path, &generator)
      try file.write(session.establishment(&generator), of: session, after: 10)
    }
    try real.traffic(in: file, sequence: 1, &generator)
  }

  /// A tunnel whose child SA is replaced every second, the old one deleted.
  func writeRekeys(_ file: CaptureFile, _ count: Int, _ generator: inout Generator) throws {
    var session = IKESession(Path(source: 0xc000_0201, destination: 0xc000_0202), &generator)
    session.initiatorSPI = 0x1122_3344_5566_7788
    try file.write(session.establishment(&generator), of: session)
    try RealTunnel(&generator).refuse(in: file, &generator)
    var id: UInt32 = 2
    for _ in 0..<count {
      var messages: [(fromInitiator: Bool, bytes: [UInt8])] = []
      for (exchange, first) in [(UInt8(36), UInt8(41)), (37, 42)] {
        for isResponse in [false, true] {
          messages.append(
            (
              !isResponse,
              session.encrypted(
                exchange, isResponse: isResponse, id: id, first: first, length: 120, &generator)
            ))
        }
        id += 1
      }
      try file.write(messages, of: session, after: 10_000)
      for path in [session.path, session.path.reversed] {
        let spi = UInt32(truncatingIfNeeded: generator.next()) | 0x100
        for sequence: UInt32 in 1...2 {
          try file.frame(after: 240_000) {
            $0.putESP(path, &generator, spi: spi, sequence: sequence, length: 100)
          }
        }
      }
    }
  }
}
