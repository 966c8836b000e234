import Glibc

/// `captures esp PROTECTION BYTES SAS COUNT FILE` writes ESP packets of `SAS` child SAs around inner
/// packets of `BYTES`, and their keys to `FILE.keys`, `FILE.esp_sa` for tshark.
/// `captures floor PROTECTION BYTES SAS COUNT` prints what libcrypto alone takes for as many packets of
/// so many SAs in turn.
enum Decryption {
  static func write(_ arguments: [String]) throws -> Bool {
    guard arguments.count == 5, let protection = Protection(rawValue: arguments[0]),
      let length = Int(arguments[1]), let children = Int(arguments[2]),
      let count = Int(arguments[3]), length >= 28, length <= 2000, children > 0
    else { return false }
    var generator = Generator(seed: 4303)
    let all = sas(protection, children, &generator)
    let file = try CaptureFile(arguments[4])
    for index in 0..<count {
      let number = index % children
      let packet = all[number].packet(inner(length, number), &generator)
      try file.frame {
        $0.putIPv4(path(number), protocolNumber: 50, length: packet.count)
        $0 += packet
      }
    }
    try file.close()
    try writeKeys(all, to: arguments[4])
    return true
  }

  /// Prints CPU seconds: the cheapest of five runs.
  static func floor(_ arguments: [String]) -> Bool {
    guard arguments.count == 4, let protection = Protection(rawValue: arguments[0]),
      let length = Int(arguments[1]), let children = Int(arguments[2]), children > 0,
      let count = Int(arguments[3])
    else { return false }
    var generator = Generator(seed: 4303)
    let all = sas(protection, children, &generator)
    // As many bytes as a capture's packets have, so that none is in the nearest cache by luck. They
    // stand in one block, as in a capture: whoever opens them touches their bytes and no more.
    let held = max(4096 / children, 1) * children
    var packets: [UInt8] = []
    for index in 0..<held {
      packets += all[index % children].packet(inner(length, 0), &generator)
    }
    let size = packets.count / held
    let openers = all.map(\.opener)
    var best = Double.infinity
    for _ in 0..<5 {
      let start = processorSeconds()
      let isOpened = packets.withUnsafeBufferPointer { bytes in
        guard let base = bytes.baseAddress else { return false }
        var (packet, child) = (0, 0)
        for _ in 0..<count {
          guard openers[child].open(base + packet * size, size) else { return false }
          packet = packet + 1 == held ? 0 : packet + 1
          child = child + 1 == children ? 0 : child + 1
        }
        return true
      }
      guard isOpened else { return false }
      best = min(best, processorSeconds() - start)
    }
    withExtendedLifetime(all) {}
    print(best)
    return true
  }

  private static func sas(
    _ protection: Protection, _ count: Int, _ generator: inout Generator
  ) -> [ProtectedSA] {
    (0..<count).map { ProtectedSA(protection, spi: 0x1000_0000 + UInt32($0), &generator) }
  }

  private static func path(_ number: Int) -> Path {
    Path(source: 0x0a00_0001, destination: 0x0a01_0001 + UInt32(number))
  }

  /// A UDP packet of `length` bytes, one flow to a child SA.
  private static func inner(_ length: Int, _ number: Int) -> [UInt8] {
    var packet: [UInt8] = []
    packet.putUDP(
      Path(source: 0xac10_0001, destination: 0xac11_0001 + UInt32(number)), from: 4000, to: 5000,
      length: length - 28)
    packet.removeFirst(14)
    return packet + [UInt8](repeating: 0x5a, count: length - packet.count)
  }

  private static func writeKeys(_ all: [ProtectedSA], to path: String) throws {
    var rows: [String] = []
    var table = ""
    for (number, sa) in all.enumerated() {
      let names = sa.protection.names
      let (source, destination) = ("10.0.0.1", address(self.path(number).destination))
      rows.append(
        """
        {"spi":"\(hex(sa.spi))","protocol":"ESP","mode":"tunnel","src":"\(source)",\
        "dst":"\(destination)","encryption":"\(names.encryption)","encryption_key":"\(hex(sa.key))",\
        "salt":"\(hex(sa.salt))","integrity":"\(names.integrity)",\
        "integrity_key":"\(hex(sa.integrityKey))","esn":false}
        """)
      let theirs =
        sa.protection == .gcm
        ? ("AES-GCM with 16 octet ICV [RFC4106]", "NULL")
        : (
          "AES-CBC [RFC3602]",
          sa.protection == .sha1 ? "HMAC-SHA-1-96 [RFC2404]" : "HMAC-SHA-256-128 [RFC4868]"
        )
      let code = sa.integrityKey.isEmpty ? "" : "0x" + hex(sa.integrityKey)
      table +=
        "\"IPv4\",\"\(source)\",\"\(destination)\",\"0x\(hex(sa.spi))\",\"\(theirs.0)\","
        + "\"0x\(hex(sa.key + sa.salt))\",\"\(theirs.1)\",\"\(code)\"\n"
    }
    try put("{\"child_sas\":[\n" + rows.joined(separator: ",\n") + "\n]}\n", "\(path).keys")
    mkdir("\(path).profile", 0o755)
    try put(table, "\(path).profile/esp_sa")
  }

  private static func put(_ text: String, _ path: String) throws {
    guard let file = fopen(path, "w") else { throw SystemFailure(what: path, code: errno) }
    fputs(text, file)
    fclose(file)
  }

  private static func hex(_ bytes: [UInt8]) -> String { bytes.map(hex).joined() }

  private static func hex<Value: FixedWidthInteger>(_ value: Value) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: Value.bitWidth / 4 - digits.count) + digits
  }

  private static func address(_ value: UInt32) -> String {
    [24, 16, 8, 0].map { String(value >> UInt32($0) & 255) }.joined(separator: ".")
  }

  private static func processorSeconds() -> Double {
    var now = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
  }
}
