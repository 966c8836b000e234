import Bytes
import Crypto

/// Reads a log of pluto (FreeS/WAN, Openswan, Libreswan) with private debugging: `| Skeyid_d:  5a 3c …`
/// with the bytes on the label's line or on the lines behind it.
struct PlutoReader {
  static func recognises(_ lines: [TextLine]) -> Bool {
    lines.contains { label($0) != nil }
  }

  static func read(_ lines: [TextLine], file: String) -> KeyMaterial {
    var reader = PlutoReader(file: file)
    for line in lines { reader.take(line) }
    reader.endDump()
    reader.flush()
    return reader.result
  }

  private let file: String
  private var result = KeyMaterial()
  private var field: Field?
  private var bytes: [UInt8] = []
  private var line = 0
  private var initiatorCookie: UInt64?
  private var responderCookie: UInt64?
  private var ike: IKESAKeys?

  private init(file: String) {
    self.file = file
  }

  private enum Field {
    case secret(IKESecret)
    case initiatorCookie
    case responderCookie
  }

  private static let labels: [String: Field] = [
    "dh shared-secret": .secret(.dhSecret), "dh shared secret": .secret(.dhSecret),
    "skeyid": .secret(.skeyid), "skeyid_d": .secret(.skeyidD), "skeyid_a": .secret(.skeyidA),
    "skeyid_e": .secret(.skeyidE), "enc key": .secret(.encryptionKey),
    "sk_d": .secret(.skD), "sk_ai": .secret(.skAi), "sk_ar": .secret(.skAr),
    "sk_ei": .secret(.skEi), "sk_er": .secret(.skEr), "sk_pi": .secret(.skPi),
    "sk_pr": .secret(.skPr), "icookie": .initiatorCookie, "rcookie": .responderCookie,
  ]

  /// The field and the text behind its colon.
  private static func label(_ line: TextLine) -> (Field, Substring)? {
    guard let rest = line.text.following("| "), let colon = rest.firstIndex(of: ":") else {
      return nil
    }
    let name = rest[..<colon].lowercased()
    return labels[name].map { ($0, rest[rest.index(after: colon)...]) }
  }

  private mutating func take(_ line: TextLine) {
    if let (field, rest) = Self.label(line) {
      endDump()
      self.field = field
      self.line = line.number
      bytes = Self.hex(rest) ?? []
    } else if field != nil, let rest = line.text.following("|"), let more = Self.hex(rest),
      !more.isEmpty
    {
      bytes += more
    } else {
      endDump()
    }
  }

  /// Pairs of digits and nothing else.
  private static func hex(_ text: Substring) -> [UInt8]? {
    var bytes: [UInt8] = []
    for word in text.split(whereSeparator: \.isWhitespace) {
      guard word.count == 2, let byte = UInt8(word, radix: 16) else { return nil }
      bytes.append(byte)
    }
    return bytes
  }

  private mutating func endDump() {
    guard let done = field else { return }
    field = nil
    defer { bytes = [] }
    let origin = KeyOrigin(file: file, line: line)
    guard !bytes.isEmpty else { return }
    switch done {
    case .initiatorCookie: initiatorCookie = KeyValues.ikeSPI(hexadecimal(bytes))
    case .responderCookie: responderCookie = KeyValues.ikeSPI(hexadecimal(bytes))
    case .secret(let name):
      if ike?[name] != nil { flush() }
      var keys =
        ike ?? IKESAKeys(version: nil, initiatorSPI: nil, responderSPI: nil, origin: origin)
      keys[name] = Secret(bytes)
      if name.rawValue.hasPrefix("sk_") { keys.version = 2 }
      if name.rawValue.hasPrefix("skeyid") || name == .encryptionKey { keys.version = 1 }
      // A responder's cookie of zero belongs to the first message.
      keys.initiatorSPI = initiatorCookie
      keys.responderSPI = responderCookie == 0 ? nil : responderCookie
      ike = keys
    }
  }

  private mutating func flush() {
    if let keys = ike { result.add(keys) }
    ike = nil
  }
}
