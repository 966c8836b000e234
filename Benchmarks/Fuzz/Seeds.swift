import Capture
import Foundation
import TestSupport

/// Writes seeds for every target into `work`, made from the project's captures: short ones, since
/// what a long one reaches in a run, short ones reach in many more runs.
func writeSeeds(to work: URL) throws {
  var seeds = Seeds(work: work)
  for capture in files(".pcap") { try seeds.add(capture: capture) }
  for file in files(".keys.json") {
    try seeds.put("keys", Array(Data(contentsOf: file).prefix(900)))
  }
  for text in Seeds.keys + Seeds.shortKeys { try seeds.put("keys", Array(text.utf8)) }
  for file in files(".cfg") { try seeds.add(configuration: file) }
  for text in Seeds.queries { try seeds.put("query", Array(text.utf8)) }
}

private struct Seeds {
  let work: URL
  private var count = 0
  private var known: Set<[UInt8]> = []
  /// Lengths of packets that are among the seeds, by SPI.
  private var packets: Set<Int> = []

  init(work: URL) {
    self.work = work
  }

  mutating func put(_ target: String, _ bytes: [UInt8]) throws {
    guard known.insert(Array(target.utf8) + bytes).inserted else { return }
    let folder = work.appending(path: target).appending(path: "seeds")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(bytes).write(to: folder.appending(path: "\(count)"))
    count += 1
  }

  /// A configuration in pieces of some lines each.
  mutating func add(configuration file: URL) throws {
    let lines = try String(decoding: Data(contentsOf: file), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    let isASA = file.path.hasSuffix(".asa.cfg")
    for start in stride(from: 0, to: lines.count, by: 12) {
      let text = lines[start..<min(start + 12, lines.count)].joined(separator: "\n")
      try put("configuration", [isASA ? 5 : 6] + Array(text.utf8))
    }
  }

  /// A capture: its frames a few at a time, and each message and packet alone.
  mutating func add(capture file: URL) throws {
    let keys = knownKeys.index(of: file)
    let capture = try CaptureBytes(file.path)
    var part = capture
    part.records = []
    var layers: [UInt8] = [1]
    var datagrams: [UInt8] = [keys]
    var firstHost: ArraySlice<UInt8>?
    for record in capture.records {
      let frame = record.bytes
      part.records.append(record)
      layers += length(frame) + frame
      if let (ipProtocol, payload) = packet(frame), frame.count > 30 {
        firstHost = firstHost ?? frame[26..<30]
        let way: UInt8 = firstHost == frame[26..<30] ? 0 : 1
        datagrams += try add(payload, ipProtocol, way: way)
      }
      if layers.count > 1000 {
        try put("layers", layers)
        layers = [1]
      }
      if datagrams.count > 1200 {
        try put("tracker", datagrams)
        datagrams = [keys]
      }
      if part.pcap.count > 1500 {
        try add(part, keys)
        part.records = []
      }
    }
    try put("layers", layers)
    try put("tracker", datagrams)
    try add(part, keys)
  }

  private mutating func add(_ part: CaptureBytes, _ keys: UInt8) throws {
    try put("capture", part.pcap)
    for wish: UInt8 in [0, 17, 34] { try put("analyze", [keys, wish | 8] + part.pcap) }
  }

  /// A datagram as the target `tracker` wants it; on the way its message or packet alone.
  private mutating func add(
    _ payload: ArraySlice<UInt8>, _ ipProtocol: UInt8, way: UInt8
  ) throws -> [UInt8] {
    if ipProtocol == 50 || ipProtocol == 51 {
      try add(esp: Array(payload))
      return piece(way | 12 | (ipProtocol == 51 ? 16 : 0), payload)
    }
    guard ipProtocol == 17, payload.count > 8 else { return [] }
    let ports = Array(payload.prefix(4))
    let body = payload.dropFirst(8)
    let isNAT = [ports[0...1], ports[2...3]].contains([0x11, 0x94])
    let hasMarker = isNAT && body.prefix(4) == [0, 0, 0, 0]
    let message = Array(hasMarker ? body.dropFirst(4) : body)
    if isNAT && !hasMarker {
      try add(esp: Array(body))
    } else if message.count > 28 {
      let isVersion1 = message[17] >> 4 == 1
      try put(isVersion1 ? "isakmp1" : "isakmp2", message)
      try put("payloads", [isVersion1 ? 1 : 0, message[18], message[16]] + message[28...])
    }
    return piece(way | (isNAT ? 2 : 0), body)
  }

  /// A packet, with the byte that chooses its keys; one of each length of an SPI.
  private mutating func add(esp packet: [UInt8]) throws {
    guard packet.count > 8, packet.count < 400 else { return }
    let spi = packet.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    guard packets.insert(Int(spi) << 16 | packet.count).inserted else { return }
    let choice = openers.firstIndex { $0.spi == spi } ?? 0
    try put("esp", [UInt8(truncatingIfNeeded: choice)] + packet)
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

  static let shortKeys = [
    #"{"psk":[{"local":"192.0.2.1","remote":"*","psk":"secret"}]}"#,
    #"{"child_sas":[{"spi":"c0ffee01","protocol":"esp","src":"192.0.2.1","dst":"192.0.2.2","#
      + #""encryption":"aes-cbc","encryption_key":"000102030405060708090a0b0c0d0e0f","#
      + #""integrity":"hmac-sha1-96","integrity_key":"00","esn":false}]}"#,
    #"{"ike_sas":[{"ike_version":1,"spi_i":"0102030405060708","encryption":"aes-cbc","#
      + #""prf":"hmac-sha1","keys":{"skeyid_e":"00","encryption_key":"00"}}]}"#,
    "00[IKE] SKEYID_d secret => 4 bytes @ 0x7f\n00[IKE]    0: 00 01 02 03   ....\n",
    "| skeyid_d  00 01 02 03\n| encryption key\n|   00 01\n",
    "dec: spi=c0ffee01 esp=aes key=16 00010203\n  ah=sha1 key=20 0001\n",
    "spi=0xC0FFEE01 src-address=192.0.2.1 dst-address=192.0.2.2 auth-algorithm=sha1 "
      + "enc-algorithm=aes-cbc auth-key=\"00\" enc-key=\"00\"\n",
    "0x01234567@192.0.2.1 aes128-cbc-hmac96:0x000102030405060708090a0b0c0d0e0f\n",
  ]

  static let queries = [
    #"{"kind":"flow","direction":"out","interface":"outside","packet":{"src":"10.1.0.5","#
      + #""dst":"10.2.0.9","protocol":"tcp","src_port":1025,"dst_port":443}}"#,
    #"{"kind":"ipsec_proposal","peer":"198.51.100.1","proxy":{"local":"10.1.0.0/24","#
      + #""remote":"10.2.0.0/24"},"offers":[["esp-aes","esp-sha-hmac"]],"pfs_group":14}"#,
    "tcp 10.0.0.5:1025 > 10.1.1.9:443",
    "icmp 10.0.0.5 > 10.1.1.9", "udp 2001:db8::1:53 > 2001:db8::2:53",
  ]
}
