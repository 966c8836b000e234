import Bytes
import Crypto
import Keys

@testable import Capture

/// Makes ESP frames of some SAs, with every irregularity, and knows what is to be found in them.
struct SealedTraffic {
  /// One direction of a child SA.
  struct SA {
    var spi: UInt32
    var cipher: CipherAlgorithm
    var integrity: IntegrityAlgorithm?
    var isExtended: Bool
    /// The number of the packet made last.
    var sequence: UInt64 = 0
    var good = 0
    var bad = 0
    var opened = 0
    /// Of these, padding without content (RFC 4303 §2.6).
    var empty = 0
  }

  var sas: [SA]
  private(set) var frames: [[UInt8]] = []

  /// The algorithms that runs open by themselves, and one that they leave to the long way; each as
  /// often as `times` says.
  init(times: Int = 1) {
    let all = [
      ("aes-cbc", "hmac-sha1-96", false), ("aes-cbc", "hmac-sha256-128", true),
      ("aes-gcm-16", nil, false), ("aes-gcm-8", nil, true), ("3des-cbc", "hmac-md5-96", false),
      ("aes-cbc", "hmac-sha512-256", true), ("chacha20-poly1305", nil, false),
    ]
    sas = (0..<(all.count * times)).map { all[$0 % all.count] }.enumerated().compactMap {
      index, names in
      guard let cipher = CipherAlgorithm(identifier: names.0) else { return nil }
      return SA(
        spi: 0x5000 + UInt32(index), cipher: cipher,
        integrity: names.1.flatMap { IntegrityAlgorithm(identifier: $0) }, isExtended: names.2,
        sequence: names.2 ? (1 << 32) - 100 : 0)
    }
  }

  var keys: KeyMaterial {
    var material = KeyMaterial()
    for index in sas.indices { material.add(row(index)) }
    return material
  }

  private func row(_ index: Int) -> ChildSAKeys {
    let sa = sas[index]
    var row = ChildSAKeys(.esp, spi: SPIPattern(sa.spi), origin: KeyOrigin(file: "t", line: 1))
    row.encryption = sa.cipher.identifier
    row.encryptionKey = Secret(
      (0..<sa.cipher.keyLengths.usual).map { UInt8(truncatingIfNeeded: $0 * 7 + index) })
    row.salt = Secret((0..<sa.cipher.saltBytes).map { UInt8($0 + 3) })
    row.integrity = sa.integrity?.identifier
    row.integrityKey = Secret(
      (0..<(sa.integrity?.keyBytes ?? 0)).map { UInt8(truncatingIfNeeded: $0 * 3 + index) })
    row.esn = sa.isExtended
    return row
  }

  /// An inner UDP packet of a flow by its port.
  static func udp(_ port: UInt16, length: Int = 90) -> [UInt8] {
    var packet: [UInt8] = [0x45, 0, UInt8(length >> 8), UInt8(length & 255), 0, 0, 0, 0, 64, 17]
    packet += [0, 0, 10, 1, 0, 1, 10, 2, 0, 1] + networkOrder(port) + networkOrder(UInt16(53))
    return packet + [UInt8](repeating: 7, count: length - packet.count)
  }

  /// The next packet of an SA; `padding` in place of the regular one.
  mutating func packet(
    _ index: Int, _ inner: [UInt8], nextHeader: UInt8 = 4, padding: [UInt8]? = nil,
    padLength: UInt8? = nil
  ) throws -> [UInt8] {
    sas[index].sequence += 1
    let (sa, row) = (sas[index], row(index))
    let block = max(sa.cipher.blockBytes, 4)
    let count = (block - (inner.count + 2) % block) % block
    let pad = padding ?? (0..<count).map { UInt8($0 + 1) }
    let body = inner + pad + [padLength ?? UInt8(pad.count), nextHeader]
    let low = networkOrder(UInt32(truncatingIfNeeded: sa.sequence))
    let high = sa.isExtended ? networkOrder(UInt32(sa.sequence >> 32)) : []
    let header = networkOrder(sa.spi) + low
    let iv = (0..<sa.cipher.ivBytes).map { UInt8(truncatingIfNeeded: Int(sa.sequence) &* 31 &+ $0) }
    if sa.cipher.isAEAD {
      let aad = networkOrder(sa.spi) + high + low
      return header + iv + (try seal(row, sa.cipher, body, iv, aad))
    }
    let sent = header + iv + (try encrypt(row, sa.cipher, body, iv))
    guard let integrity = sa.integrity, case .mac(let mac) = integrity.method else { return sent }
    let code = try MACContext(mac, key: row.integrityKey)
    code.authenticate([sent, high])
    return sent + code.bytes().prefix(integrity.icvBytes)
  }

  private func seal(
    _ row: ChildSAKeys, _ cipher: CipherAlgorithm, _ body: [UInt8], _ iv: [UInt8], _ aad: [UInt8]
  ) throws -> [UInt8] {
    let context = try AEADContext(
      cipher, key: row.encryptionKey, salt: row.salt, isEncrypting: true)
    var buffer: [UInt8] = []
    let tag = context.seal(body.rawSpan, iv: iv.rawSpan, aad: aad.rawSpan, into: &buffer) ?? []
    return buffer[..<body.count] + tag
  }

  private func encrypt(
    _ row: ChildSAKeys, _ cipher: CipherAlgorithm, _ body: [UInt8], _ iv: [UInt8]
  ) throws -> [UInt8] {
    let context = try CipherContext(cipher, key: row.encryptionKey, isEncrypting: true)
    var buffer: [UInt8] = []
    _ = context.apply(to: body.rawSpan, iv: iv.rawSpan, into: &buffer)
    return Array(buffer[..<body.count])
  }

  /// Puts a packet into a frame.
  mutating func send(
    _ packet: [UInt8], onUDP: Bool = false, tagged: Bool = false, onIPv6: Bool = false
  ) {
    guard !onIPv6 else { return sendOnIPv6(packet) }
    let udp: [UInt8] =
      onUDP ? [0x11, 0x94, 0x11, 0x94] + networkOrder(UInt16(packet.count + 8)) + [0, 0] : []
    var frame: [UInt8] = [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2]
    frame += tagged ? [0x81, 0, 0, 5, 8, 0] : [8, 0]
    frame += [0x45, 0] + networkOrder(UInt16(20 + udp.count + packet.count))
    frame += [0, 0, 0, 0, 64, onUDP ? 17 : 50, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2]
    frames.append(frame + udp + packet)
  }

  private mutating func sendOnIPv6(_ packet: [UInt8]) {
    var frame: [UInt8] = [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x86, 0xdd, 0x60, 0, 0, 0]
    frame += networkOrder(UInt16(packet.count)) + [50, 64]
    for host: UInt8 in 1...2 {
      frame += [0x20, 1, 0x0d, 0xb8] + [UInt8](repeating: 0, count: 11) + [host]
    }
    frames.append(frame + packet)
  }

  /// Changes, cuts or repeats every eighth frame, as chance has it.
  mutating func damage(_ random: inout some RandomNumberGenerator) {
    for index in frames.indices where UInt8.random(in: 0..<8, using: &random) == 0 {
      switch UInt8.random(in: 0..<4, using: &random) {
      case 0: frames[index].removeLast(Int.random(in: 0..<frames[index].count, using: &random))
      case 1: if index > 0 { frames[index] = frames[index - 1] }
      case 2:
        // The headers, up to the IV.
        let place = Int.random(in: 0..<min(60, frames[index].count), using: &random)
        frames[index][place] ^= UInt8.random(in: 1...255, using: &random)
      default:
        let place = Int.random(in: 0..<frames[index].count, using: &random)
        frames[index][place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      }
    }
  }

  /// The frames, so many a batch.
  func source(perBatch: Int = 300) -> any FrameSource { Batches(frames, perBatch) }

  private final class Batches: FrameSource {
    private var frames: ArraySlice<[UInt8]>
    private let count: Int
    private let most: Int

    init(_ frames: [[UInt8]], _ most: Int) {
      self.most = most
      self.frames = frames[...]
      count = frames.count
    }

    var captures: [CaptureSummary] { [] }

    func nextBatch() throws(CaptureError) -> FrameBatch? {
      guard !frames.isEmpty else { return nil }
      var batch = FrameBatch(bytes: [], frames: [])
      for bytes in frames.prefix(most) {
        let start = batch.bytes.count
        batch.bytes += bytes
        let number = count - frames.count + batch.frames.count + 1
        var frame = Frame(
          made: start..<batch.bytes.count, time: Timestamp(nanoseconds: Int64(number) * 1_000_000),
          linkType: LinkType(rawValue: 1))
        frame.number = number
        batch.frames.append(frame)
      }
      frames = frames.dropFirst(most)
      return batch
    }
  }
}
