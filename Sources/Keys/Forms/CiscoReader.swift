import Bytes
import Crypto

/// Reads the key material in a Cisco configuration, ASA or IOS, from its text alone: pre-shared keys
/// and the session keys of `ipsec-manual` entries.
struct CiscoReader {
  static func recognises(_ lines: [TextLine]) -> Bool {
    lines.contains { line in
      starts.contains { line.text.hasPrefix($0) } || line.text.contains("session-key ")
    }
  }

  private static let starts = [
    "crypto isakmp ", "crypto ikev1 ", "crypto ikev2 ", "crypto map ", "crypto ipsec ",
    "crypto keyring ", "tunnel-group ", "isakmp key ",
  ]

  static func read(_ lines: [TextLine], file: String) -> KeyMaterial {
    var reader = CiscoReader(file: file)
    for line in lines { reader.transformSet(line) }
    for line in lines { reader.take(line) }
    reader.endEntry()
    return reader.result
  }

  private let file: String
  private var result = KeyMaterial()
  /// What the lines below belong to: a group, a peer of a keyring, a profile.
  private var remote: String?
  private var local: String?
  private var transformSets: [String: [String]] = [:]
  private var entry: ManualEntry?

  private init(file: String) {
    self.file = file
  }

  /// An entry of a crypto map with its session keys.
  private struct ManualEntry {
    var name: String
    var peer: IPAddress?
    var transformSet: String?
    var keys: [SessionKey] = []
  }

  private struct SessionKey {
    var isInbound: Bool
    var childProtocol: ChildProtocol
    var spi: UInt32
    var cipher: [UInt8]
    var authenticator: [UInt8]
    var line: Int
  }

  /// `crypto ipsec transform-set NAME esp-aes 256 esp-sha-hmac`, ASA with `ikev1` in front of it.
  private mutating func transformSet(_ line: TextLine) {
    let words = line.words.map(String.init)
    guard words.starts(with: ["crypto", "ipsec"]), let at = words.firstIndex(of: "transform-set"),
      at + 2 < words.count
    else { return }
    transformSets[words[at + 1], default: []] += words[(at + 2)...]
  }

  private mutating func take(_ line: TextLine) {
    guard !line.text.hasPrefix("!"), !line.text.hasPrefix(":") else { return }
    let words = line.words
    if !line.isIndented { enter(words) }
    if words.contains("session-key") || words.contains("peer") || words.contains("transform-set") {
      cryptoMap(words, line)
    }
    if let at = words.firstIndex(where: { $0 == "key" || $0 == "pre-shared-key" }) {
      preSharedKey(words, at, line)
    } else if line.isIndented, words.count >= 2 {
      if words[0] == "peer" || words[0] == "address" || words[0] == "hostname" {
        remote = words[0] == "peer" ? remote : Self.peer(words.dropFirst())
      } else if words[0] == "local-address" {
        local = String(words[1])
      }
    }
  }

  /// A command of the top level ends what was open.
  private mutating func enter(_ words: [Substring]) {
    (remote, local) = (nil, nil)
    if words.first == "tunnel-group", words.count >= 2 { remote = String(words[1]) }
    let isMap = words.starts(with: ["crypto", "map"]) && words.count >= 4
    let name = isMap ? words[2...3].joined(separator: " ") : nil
    if entry?.name != name { endEntry() }
    if let name, entry == nil { entry = ManualEntry(name: name) }
  }

  /// `10.0.0.2 255.255.255.0`, `10.0.0.2`, `2001:db8::1/64`, a name; nil for every peer.
  private static func peer(_ words: ArraySlice<Substring>) -> String? {
    let words = words.filter { $0 != "ipv6" }
    guard let first = words.first else { return nil }
    guard words.count > 1, let mask = IPAddress(text: words[1])?.ipv4,
      let base = IPAddress(text: first)
    else { return String(first) }
    let length = mask.leadingOnes
    if length == 0 { return nil }
    return length == 32 ? base.description : "\(base)/\(length)"
  }

  /// `crypto isakmp key [0|6|7] KEY address PEER [MASK]`, `pre-shared-key address PEER [MASK] key KEY`,
  /// `[ikev1|ikev2 local-authentication|…] pre-shared-key [local|remote] [0|6|7] [hex] KEY`,
  /// `authentication remote pre-share key [0|6|7] KEY`.
  private mutating func preSharedKey(_ words: [Substring], _ at: Int, _ line: TextLine) {
    let isGlobal =
      words.starts(with: ["crypto", "isakmp", "key"])
      || words.starts(with: ["isakmp", "key"])
    let isPreShared = words[..<at].contains("pre-share") || words[at] == "pre-shared-key"
    guard isGlobal || isPreShared else { return }
    var at = at
    var peer = remote
    if words[at] == "pre-shared-key", at + 1 < words.count,
      words[at + 1] == "address" || words[at + 1] == "hostname"
    {
      guard let key = words[at...].firstIndex(of: "key") else { return }
      peer = Self.peer(words[(at + 2)..<key])
      at = key
    }
    var rest = words[(at + 1)...]
    if let side = rest.first, side == "local" || side == "remote", rest.count > 1 {
      rest = rest.dropFirst()
    }
    var type: Int?
    if let number = rest.first.flatMap({ Int($0) }), rest.count > 1, (0...9).contains(number),
      !["address", "hostname"].contains(rest[rest.startIndex + 1])
    {
      type = number
      rest = rest.dropFirst()
    }
    let isHex = rest.first == "hex" && rest.count > 1
    if isHex { rest = rest.dropFirst() }
    guard let text = rest.first else { return }
    if isGlobal,
      let place = rest.dropFirst().firstIndex(where: { $0 == "address" || $0 == "hostname" })
    {
      peer = Self.peer(
        rest[(place + 1)...].prefix { $0 != "no-xauth" && $0 != "netmask" }
          + (rest.firstIndex(of: "netmask").map { rest[($0 + 1)...].prefix(1) } ?? []))
    }
    var value = CiscoPassword.value(text, type: type)
    if isHex, let bytes = KeyValues.hex(text) { value = .known(Secret(bytes)) }
    let origin = KeyOrigin(file: file, line: line.number)
    result.add(PreSharedKey(local: local, remote: peer, value: value, origin: origin))
  }

  /// Lines of a crypto map: IOS has them indented below the entry, ASA repeats the entry's name.
  private mutating func cryptoMap(_ words: [Substring], _ line: TextLine) {
    guard entry != nil, let at = words.firstIndex(of: "set"), at + 2 < words.count else { return }
    switch words[at + 1] {
    case "peer": entry?.peer = IPAddress(text: words[at + 2])
    case "transform-set": entry?.transformSet = String(words[at + 2])
    case "ikev1" where words.count > at + 3: entry?.transformSet = String(words[at + 3])
    case "session-key":
      do {
        let key = try sessionKey(words[(at + 2)...], line)
        entry?.keys.append(key)
      } catch {
        result.add(error)
      }
    default: break
    }
  }

  /// `inbound esp 1000 cipher HEX authenticator HEX`, `outbound ah 1000 HEX`.
  private func sessionKey(
    _ words: ArraySlice<Substring>, _ line: TextLine
  ) throws(KeyProblem) -> SessionKey {
    let words = Array(words)
    let origin = KeyOrigin(file: file, line: line.number)
    guard words.count >= 4, words[0] == "inbound" || words[0] == "outbound",
      let childProtocol = ChildProtocol(rawValue: String(words[1])), let spi = UInt32(words[2])
    else { throw KeyProblem(origin, "expected set session-key inbound|outbound esp|ah SPI KEY") }
    func key(_ word: Substring?) throws(KeyProblem) -> [UInt8] {
      guard let word else { return [] }
      guard let key = KeyValues.hex(word) else {
        throw KeyProblem(
          origin,
          word.allSatisfy { $0 == "*" }
            ? "the session key is masked" : "the session key must be hexadecimal")
      }
      return key
    }
    func behind(_ name: Substring) -> Substring? {
      words.firstIndex(of: name).flatMap { $0 + 1 < words.count ? words[$0 + 1] : nil }
    }
    return SessionKey(
      isInbound: words[0] == "inbound", childProtocol: childProtocol, spi: spi,
      cipher: childProtocol == .esp ? try key(behind("cipher")) : [],
      authenticator: try key(childProtocol == .ah ? words[3] : behind("authenticator")),
      line: line.number)
  }

  private mutating func endEntry() {
    guard let done = entry else { return }
    entry = nil
    for key in done.keys {
      let transforms = done.transformSet.flatMap { transformSets[$0] } ?? []
      let file = file
      result.add { () throws(KeyProblem) in
        try Self.child(key, done, transforms, KeyOrigin(file: file, line: key.line))
      }
    }
  }

  private static func child(
    _ key: SessionKey, _ entry: ManualEntry, _ transforms: [String], _ origin: KeyOrigin
  ) throws(KeyProblem) -> ChildSAKeys {
    guard !transforms.isEmpty else {
      throw KeyProblem(origin, "the entry's transform set is not in this configuration")
    }
    var builder = ChildKeyBuilder(origin: origin)
    builder.childProtocol = key.childProtocol
    builder.spi = SPIPattern(key.spi)
    let peer = entry.peer.map { AddressPattern($0) }
    if key.isInbound { builder.source = peer } else { builder.destination = peer }
    let prefix = key.childProtocol == .ah ? "ah-" : "esp-"
    for transform in transforms where transform.hasPrefix(prefix) {
      let name = String(transform.dropFirst(prefix.count))
      if name.hasSuffix("-hmac") {
        builder.integrityName = String(name.dropLast(5))
        builder.integrityKey = key.authenticator
      } else if key.childProtocol == .esp {
        builder.cipherName = name
        builder.cipherKey = key.cipher
      }
    }
    return try builder.build()
  }
}

extension UInt32 {
  /// How many ones a network mask starts with.
  fileprivate var leadingOnes: Int { (~self).leadingZeroBitCount }
}
