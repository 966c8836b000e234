import Bytes
import Crypto

/// Reads a log of strongSwan's charon written at level 4, where keys are dumped.
///
/// A dump is `05[IKE] Sk_ei secret => 16 bytes @ 0x7f…` and lines of up to 16 bytes, `   0: 5E 8E …`.
struct CharonReader {
  static func recognises(_ lines: [TextLine]) -> Bool {
    lines.contains { line in message(line).flatMap { Dump.header($0.text) } != nil }
  }

  static func read(_ lines: [TextLine], file: String) -> KeyMaterial {
    var reader = CharonReader(file: file)
    for line in lines { reader.take(line) }
    reader.finish()
    return reader.result
  }

  private let file: String
  private var result = KeyMaterial()
  private var dump: Dump?
  private var ike: IKESAKeys?
  private var proposal: Proposal?
  private var child = Child()

  private init(file: String) {
    self.file = file
  }

  /// A dump being read.
  private struct Dump {
    var label: String
    var line: Int
    var wanted: Int
    var bytes: [UInt8] = []

    /// `LABEL => 16 bytes @ 0x7f…`
    static func header(_ text: Substring) -> (label: String, count: Int)? {
      guard let tail = text.following(" => ") else { return nil }
      let words = tail.split(separator: " ")
      guard words.count >= 2, words[1] == "bytes", let count = Int(words[0]),
        (0...65_536).contains(count)
      else { return nil }
      return (String(text.dropLast(tail.count + 4)), count)
    }
  }

  private struct Proposal {
    var encryption: String?
    var bits: Int?
    var integrity: String?
    var prf: String?
    var group: String?
  }

  /// What was said of the child SA being made.
  private struct Child {
    var keys: [String: [UInt8]] = [:]
    var line = 0
    var encryption: String?
    var integrity: String?
    /// Whether this daemon began the exchange; nil before a message of the exchange was seen.
    var isInitiator: Bool?
    var isInbound = false
    var childProtocol = ChildProtocol.esp
  }

  /// The subsystem (`IKE`, `CHD`, …) and what follows it.
  private static func message(_ line: TextLine) -> (group: Substring, text: Substring)? {
    // By UTF-8 view: logs are long, and counting characters is what would take the time.
    let utf8 = line.text.utf8
    guard let open = utf8.firstIndex(of: UInt8(ascii: "[")),
      let close = utf8[open...].firstIndex(of: UInt8(ascii: "]"))
    else { return nil }
    var group = Substring(utf8[utf8.index(after: open)..<close])
    var rest = Substring(utf8[utf8.index(after: close)...])
    // syslog: `charon[1234]: 05[IKE] …`
    if !group.isEmpty, group.utf8.allSatisfy({ (48...57).contains($0) }), rest.hasPrefix(":"),
      let inner = rest.utf8.firstIndex(of: UInt8(ascii: "[")),
      let end = rest.utf8[inner...].firstIndex(of: UInt8(ascii: "]"))
    {
      group = Substring(rest.utf8[rest.utf8.index(after: inner)..<end])
      rest = Substring(rest.utf8[rest.utf8.index(after: end)...])
    }
    guard group.utf8.count == 3, group.utf8.allSatisfy({ (65...90).contains($0) }) else {
      return nil
    }
    // `05[IKE] <site|1> …`
    var text = rest.utf8.drop { $0 == 0x20 }
    if text.first == UInt8(ascii: "<"), let end = text.firstIndex(of: UInt8(ascii: ">")) {
      text = text[text.index(after: end)...].drop { $0 == 0x20 }
    }
    return (group, Substring(text))
  }

  private mutating func take(_ line: TextLine) {
    guard let (_, text) = Self.message(line) else { return }
    if var current = dump, let bytes = Self.dumpLine(text), current.bytes.count < current.wanted {
      current.bytes += bytes.prefix(current.wanted - current.bytes.count)
      dump = current
      if current.bytes.count == current.wanted { endDump() }
      return
    }
    endDump()
    if let (label, count) = Dump.header(text) {
      dump = Dump(label: label, line: line.number, wanted: count)
    } else {
      note(text, line)
    }
  }

  /// `   0: 5E 8E 2C …  ^.,` up to 16 bytes, then their characters.
  private static func dumpLine(_ text: Substring) -> [UInt8]? {
    guard let colon = text.firstIndex(of: ":"), Int(text[..<colon].drop { $0 == " " }) != nil else {
      return nil
    }
    var bytes: [UInt8] = []
    for word in text[text.index(after: colon)...].split(
      separator: " ", omittingEmptySubsequences: false
    ).dropFirst() {
      // The characters stand behind two spaces.
      guard word.count == 2, bytes.count < 16, let byte = UInt8(word, radix: 16) else { break }
      bytes.append(byte)
    }
    return bytes.isEmpty ? nil : bytes
  }

  private mutating func endDump() {
    guard let done = dump else { return }
    dump = nil
    let origin = KeyOrigin(file: file, line: done.line)
    let known = Self.label(done.label)
    let isChild = Self.childLabels.contains(done.label)
    guard known != nil || isChild else { return }
    guard done.bytes.count == done.wanted else {
      result.add(
        KeyProblem(
          origin,
          "\(printable(done.label)) should have \(done.wanted) bytes and has \(done.bytes.count)"))
      return
    }
    if let known {
      addIKE(known, done.bytes, origin)
    } else {
      if child.keys[done.label] != nil { child.keys = [:] }
      child.keys[done.label] = done.bytes
      child.line = done.line
    }
  }

  private static let childLabels: Set<String> = [
    "encryption initiator key", "encryption responder key", "integrity initiator key",
    "integrity responder key",
  ]

  private static func label(_ text: String) -> IKESecret? {
    var name = text.lowercased()
    if name.hasSuffix(" secret") { name = String(name.dropLast(7)) }
    switch name {
    case "shared diffie hellman", "shared key exchange", "dh": return .dhSecret
    case "encryption key ka": return .encryptionKey
    default:
      guard name.hasPrefix("sk"), name != "skeyseed" else { return nil }
      return IKESecret(rawValue: name)
    }
  }

  private mutating func addIKE(_ name: IKESecret, _ bytes: [UInt8], _ origin: KeyOrigin) {
    if ike?[name] != nil { flushIKE() }
    var keys =
      ike ?? IKESAKeys(version: nil, initiatorSPI: nil, responderSPI: nil, origin: origin)
    keys[name] = Secret(bytes)
    if name.rawValue.hasPrefix("sk_") { keys.version = 2 }
    if name.rawValue.hasPrefix("skeyid") || name == .encryptionKey { keys.version = 1 }
    ike = keys
  }

  private mutating func flushIKE() {
    guard var keys = ike else { return }
    ike = nil
    // A shared secret alone is that of a child SA's key exchange: it helps nobody without its place.
    guard keys.secrets.keys.contains(where: { $0 != .dhSecret }) else { return }
    keys.encryption = proposal?.encryption
    keys.encryptionBits = proposal?.bits
    keys.integrity = proposal?.integrity
    keys.prf = proposal?.prf
    keys.group = proposal?.group
    result.add(keys)
  }

  /// Lines that are not dumps and tell what the dumps mean.
  private mutating func note(_ text: Substring, _ line: TextLine) {
    if let rest = text.following("selected proposal: IKE:") {
      proposal = Self.proposal(rest)
    } else if text.hasPrefix("parsed ") || text.hasPrefix("generating ") {
      let words = text.split(separator: " ")
      guard words.count > 2 else { return }
      // What was received last tells who began: a response comes to the initiator.
      if text.hasPrefix("parsed ") { child.isInitiator = words[2] == "response" }
      if text.hasPrefix("generating "), words[2] == "request" { child.isInitiator = true }
    } else if let rest = text.after("using "), rest.hasSuffix(" for encryption") {
      child.encryption = String(rest.dropLast(" for encryption".count))
    } else if let rest = text.after("using "), rest.hasSuffix(" for integrity") {
      child.integrity = String(rest.dropLast(" for integrity".count))
    } else if text.hasPrefix("adding inbound ") || text.hasPrefix("adding outbound ") {
      child.isInbound = text.hasPrefix("adding inbound ")
      child.childProtocol = text.contains(" AH ") ? .ah : .esp
    } else if let rest = text.after("SPI 0x") {
      addChild(rest, line)
    }
  }

  /// `AES_CBC_128/HMAC_SHA1_96/PRF_HMAC_SHA1/MODP_2048`
  private static func proposal(_ text: Substring) -> Proposal {
    var result = Proposal()
    for part in text.split(separator: "/") {
      if part.hasPrefix("PRF_") {
        result.prf = AlgorithmNames.prf(part)?.identifier
      } else if let integrity = AlgorithmNames.integrity(part) {
        result.integrity = integrity.identifier
      } else if let cipher = cipher(part) {
        (result.encryption, result.bits) = cipher
      } else {
        result.group = String(part.lowercased().filter { $0 != "_" })
      }
    }
    return result
  }

  /// `AES_CBC_128`, `AES_GCM_16_256`, `3DES_CBC`.
  private static func cipher(_ name: Substring) -> (String, Int?)? {
    guard let at = name.lastIndex(of: "_"), let bits = Int(name[name.index(after: at)...]),
      bits >= 40, let known = AlgorithmNames.cipher(name[..<at])
    else { return AlgorithmNames.cipher(name).map { ($0.identifier, nil) } }
    return (known.identifier, bits)
  }

  /// `c1234567, src 10.0.0.2 dst 10.0.0.1`: now everything of one direction is known but whose keys
  /// it uses when nothing told who began; then both are offered.
  private mutating func addChild(_ text: Substring, _ line: TextLine) {
    let words = text.split { $0 == " " || $0 == "," }
    guard !child.keys.isEmpty, let first = words.first, let spi = KeyValues.childSPI(first) else {
      return
    }
    var builder = ChildKeyBuilder(origin: KeyOrigin(file: file, line: line.number))
    builder.spi = SPIPattern(spi)
    builder.childProtocol = child.childProtocol
    if words.count >= 5 {
      builder.source = AddressPattern(words[2])
      builder.destination = AddressPattern(words[4])
    }
    builder.cipherName = child.encryption
    builder.integrityName = child.integrity
    let senders =
      child.isInitiator.map { [$0 == child.isInbound ? "responder" : "initiator"] }
      ?? ["initiator", "responder"]
    for sender in senders {
      builder.cipherKey = child.keys["encryption \(sender) key"] ?? []
      builder.integrityKey = child.keys["integrity \(sender) key"] ?? []
      let ready = builder
      result.add { () throws(KeyProblem) in try ready.build() }
    }
  }

  private mutating func finish() {
    endDump()
    flushIKE()
  }
}
