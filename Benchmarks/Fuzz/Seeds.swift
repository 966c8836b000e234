import Foundation

@testable import Capture

/// Writes seeds for every target into `work`, made from the project's captures.
func writeSeeds(to work: URL) throws {
  var seeds = Seeds(work: work)
  for capture in files(".pcap") { try seeds.add(capture: capture) }
  for file in files(".keys.json") { try seeds.put("keys", Array(Data(contentsOf: file))) }
  for file in files(".cfg") { try seeds.put("configuration", Array(Data(contentsOf: file))) }
  for text in Seeds.keys { try seeds.put("keys", Array(text.utf8)) }
  for text in Seeds.queries { try seeds.put("query", Array(text.utf8)) }
}

private struct Seeds {
  let work: URL
  private var count = 0

  init(work: URL) {
    self.work = work
  }

  mutating func put(_ target: String, _ bytes: [UInt8]) throws {
    let folder = work.appending(path: target).appending(path: "seeds")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(bytes).write(to: folder.appending(path: "\(count)"))
    count += 1
  }

  mutating func add(capture: URL) throws {
    let bytes = try [UInt8](Data(contentsOf: capture))
    if bytes.count < 30_000 {
      try put("capture", bytes)
      try put("analyze", bytes)
    }
    var layers: [UInt8] = [1]
    var datagrams: [UInt8] = []
    var firstHost: ArraySlice<UInt8>?
    let source = try MemoryFile.source(bytes)
    while let batch = try source.nextBatch() {
      for frame in batch.frames {
        let frame = Array(batch.bytes[frame.range])
        layers += length(frame) + frame
        guard let (ipProtocol, payload) = packet(frame), frame.count > 30 else { continue }
        firstHost = firstHost ?? frame[26..<30]
        let way: UInt8 = firstHost == frame[26..<30] ? 0 : 1
        datagrams += try add(payload, ipProtocol, way: way)
      }
    }
    try put("layers", Array(layers.prefix(20_000)))
    try put("tracker", Array(datagrams.prefix(20_000)))
  }

  /// A datagram as the target `tracker` wants it; on the way its message or packet alone.
  private mutating func add(
    _ payload: ArraySlice<UInt8>, _ ipProtocol: UInt8, way: UInt8
  ) throws -> [UInt8] {
    if ipProtocol == 50 || ipProtocol == 51 {
      try put("esp", Array(payload))
      return piece(way | 12 | (ipProtocol == 51 ? 16 : 0), payload)
    }
    guard ipProtocol == 17, payload.count > 8 else { return [] }
    let ports = Array(payload.prefix(4))
    let body = payload.dropFirst(8)
    let isNAT = [ports[0...1], ports[2...3]].contains([0x11, 0x94])
    let hasMarker = isNAT && body.prefix(4) == [0, 0, 0, 0]
    let message = Array(hasMarker ? body.dropFirst(4) : body)
    if isNAT && !hasMarker {
      try put("esp", Array(body))
    } else if message.count > 28 {
      try put("isakmp", message)
      let version: UInt8 = message[17] >> 4 == 1 ? 1 : 0
      try put("payloads", [version, message[18], message[16]] + message[28...])
    }
    return piece(way | (isNAT ? 2 : 0), body)
  }

  private func piece(_ kind: UInt8, _ bytes: ArraySlice<UInt8>) -> [UInt8] {
    length([kind] + bytes) + [kind] + bytes
  }

  private func length(_ bytes: [UInt8]) -> [UInt8] {
    [UInt8(truncatingIfNeeded: bytes.count >> 8), UInt8(truncatingIfNeeded: bytes.count)]
  }

  /// What the IP packet of an Ethernet frame carries.
  private func packet(_ frame: [UInt8]) -> (ipProtocol: UInt8, payload: ArraySlice<UInt8>)? {
    guard frame.count > 54 else { return nil }
    switch (frame[12], frame[13]) {
    case (0x08, 0x00): return (frame[23], frame.dropFirst(14 + Int(frame[14] & 15) * 4))
    case (0x86, 0xdd): return (frame[20], frame.dropFirst(54))
    default: return nil
    }
  }

  static let keys = [
    #""ESP","192.0.2.1","*","0x01234567","AES-CBC [RFC3602]","0x00","NULL","0x""# + "\n",
    "src 192.0.2.1 dst 192.0.2.2\n\tproto esp spi 0xc1234567 reqid 1 mode tunnel\n"
      + "\tauth-trunc hmac(sha256) 0x00 128\n\tenc cbc(aes) 0x0011\n",
    "192.0.2.1 192.0.2.2\n\tesp mode=tunnel spi=1(0x00000001) reqid=0(0x0)\n\tE: aes-cbc  00\n"
      + "\tA: hmac-sha1  00\n",
    "19ab98963486359f,78f13157ccd3b3d8,2e0e,219f,\"3DES [RFC2451]\",c9,e7,\"HMAC_SHA1_160\"\n",
    "fafaeb49382a763c,735be0cb62f82675c4f7bf8fbab9b568\n",
  ]

  static let queries = [
    #"{"kind":"flow","direction":"out","interface":"outside","packet":{"src":"10.1.0.5","#
      + #""dst":"10.2.0.9","protocol":"tcp","src_port":1025,"dst_port":443}}"#,
    #"{"kind":"ipsec_proposal","peer":"198.51.100.1","proxy":{"local":"10.1.0.0/24","#
      + #""remote":"10.2.0.0/24"},"offers":[["esp-aes","esp-sha-hmac"]],"pfs_group":14}"#,
    "tcp 10.0.0.5:1025 > 10.1.1.9:443",
  ]
}
