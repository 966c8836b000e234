/// The captures that are measured, each by name.
enum Workload: String, CaseIterable {
  case mix, small, ike
  case floodSpoofed = "flood-spoofed"
  case floodFragments = "flood-fragments"
  case floodSPIs = "flood-spis"
  case floodTunnels = "flood-tunnels"
  case floodIKEFragments = "flood-ike-fragments"
  case floodRekeys = "flood-rekeys"
  case floodAll = "flood-all"

  /// What it is, and what its count counts.
  var summary: String {
    switch self {
    case .mix: "COUNT frames, mean 753 B: 70 % ESP, 15 % ESP in UDP, 1 % IKE, UDP and TCP; 64 SAs"
    case .small: "COUNT ESP frames of 77 B, 64 SAs"
    case .ike: "COUNT IKE messages of both versions, 18 to a pair of tunnels"
    case .floodSpoofed: "COUNT first messages of IKE from random addresses, one real negotiation"
    case .floodFragments: "COUNT IP fragments that never complete, one real negotiation"
    case .floodSPIs: "COUNT ESP packets with random SPIs, one real negotiation"
    case .floodTunnels: "COUNT tunnels that are made and then idle, one of them real"
    case .floodIKEFragments: "COUNT IKE fragments of messages never completed, one real negotiation"
    case .floodRekeys: "COUNT seconds of a tunnel that rekeys every second"
    case .floodAll: "COUNT steps that fill every table at once, 16 frames each"
    }
  }

  var defaultCount: Int {
    switch self {
    case .mix: 1_300_000
    case .small, .floodSpoofed, .floodSPIs, .floodFragments: 10_000_000
    case .ike: 200_000
    case .floodTunnels, .floodIKEFragments: 1_000_000
    case .floodRekeys: 86_400
    case .floodAll: 60_000
    }
  }

  func write(to file: CaptureFile, count: Int) throws {
    var generator = Generator(seed: 20_261_122)
    switch self {
    case .mix: try writeMix(file, count, &generator)
    case .small: try writeSmall(file, count, &generator)
    case .ike: try writeIKE(file, count, &generator)
    case .floodTunnels: try writeTunnels(file, count, &generator)
    case .floodRekeys: try writeRekeys(file, count, &generator)
    case .floodAll:
      var flood = FloodOfAll(&generator)
      try flood.write(file, count, &generator)
    default: try writeFlood(file, count, &generator)
    }
  }
}

/// One direction of a child SA.
private struct Flow {
  var path: Path
  var spi: UInt32
  var sequence: UInt32 = 0
}

/// 64 flows of 32 tunnels.
private func flows(_ generator: inout Generator) -> [Flow] {
  (0..<64).map { index in
    let tunnel = UInt32(index / 2)
    let path = Path(source: 0x0a00_0001 + tunnel << 8, destination: 0xc633_6401 + tunnel)
    return Flow(
      path: index % 2 == 0 ? path : path.reversed,
      spi: UInt32(truncatingIfNeeded: generator.next()) | 0x100)
  }
}

private func writeMix(_ file: CaptureFile, _ count: Int, _ generator: inout Generator) throws {
  var flows = flows(&generator)
  var sessions: [IKESession] = []
  for tunnel in 0..<32 {
    let session = IKESession(flows[2 * tunnel].path, &generator)
    try file.write(session.establishment(&generator), of: session, after: 5_000)
    sessions.append(session)
  }
  while file.frames < count {
    let kind = Int.random(in: 0..<100, using: &generator)
    // Steps of 16 bytes between 130 and 1410, so that the mean is 753 with the headers.
    let length = 96 + 16 * Int.random(in: 0...80, using: &generator)
    switch kind {
    case 0..<70:
      let index = Int.random(in: 0..<52, using: &generator)
      flows[index].sequence += 1
      let flow = flows[index]
      try file.frame {
        $0.putESP(
          flow.path, &generator, spi: flow.spi, sequence: flow.sequence, length: length)
      }
    case 70..<85:
      let index = Int.random(in: 52..<64, using: &generator)
      flows[index].sequence += 1
      let flow = flows[index]
      try file.frame {
        $0.putESP(
          flow.path, &generator, spi: flow.spi, sequence: flow.sequence, length: length,
          inUDP: true)
      }
    case 85:
      // Dead peer detection; a request and its answer are two frames of the one per cent.
      guard Bool.random(using: &generator) else { continue }
      let index = Int.random(in: 0..<32, using: &generator)
      sessions[index].messageID += 1
      let session = sessions[index]
      let id = session.messageID + 1
      try file.write(
        [
          (true, session.encrypted(37, isResponse: false, id: id, first: 0, length: 0, &generator)),
          (false, session.encrypted(37, isResponse: true, id: id, first: 0, length: 0, &generator)),
        ], of: session, after: 10)
    case 86..<93:
      let path = Path(source: 0x0a64_0000 + UInt32(kind), destination: 0x0808_0808)
      try file.frame {
        $0.putUDP(path, from: 40_000, to: 443, length: length)
        generator.append(length, to: &$0)
      }
    default:
      let path = Path(source: 0x0a65_0000 + UInt32(kind), destination: 0x0101_0101)
      try file.frame { $0.putTCP(path, &generator, length: length) }
    }
  }
}

private func writeSmall(_ file: CaptureFile, _ count: Int, _ generator: inout Generator) throws {
  var flows = flows(&generator)
  while file.frames < count {
    let index = Int.random(in: 0..<64, using: &generator)
    flows[index].sequence += 1
    let flow = flows[index]
    // 14 of Ethernet, 20 of IPv4, 43 of ESP.
    try file.frame {
      $0.putESP(flow.path, &generator, spi: flow.spi, sequence: flow.sequence, length: 43)
    }
  }
}

private func writeIKE(_ file: CaptureFile, _ count: Int, _ generator: inout Generator) throws {
  var pair: UInt32 = 0
  while file.frames < count {
    let path = Path(source: 0x0a00_0000 + pair, destination: 0xac10_0000 + pair % 65_536)
    let session = IKESession(path, &generator)
    var messages = session.establishment(&generator)
    for (id, exchange) in [(UInt32(2), UInt8(36)), (3, 37)] {
      for isResponse in [false, true] {
        messages.append(
          (
            !isResponse,
            session.encrypted(
              exchange, isResponse: isResponse, id: id, first: exchange == 36 ? 33 : 42,
              length: 100,
              &generator)
          ))
      }
    }
    try file.write(messages, of: session, after: 1000)
    let older = IKESession(
      Path(source: path.source | 0x0080_0000, destination: path.destination), &generator)
    try file.write(older.establishment1(&generator), of: older, after: 1000)
    pair += 1
  }
}
