internal import Bytes

extension ConfigurationReader {
  /// `[0|6|7|8] KEY`, or `hex KEY`, or `ascii-text KEY`; the key ends the line, or where one of the
  /// words stands that may follow it.
  func readSecret(
    _ cursor: inout WordCursor, until following: [String] = []
  ) throws(StatementError) -> Secret {
    var type = 0
    if cursor.count > 1, let digit = cursor.peekNumber(), [0, 6, 7, 8].contains(digit),
      !following.contains(cursor.peek(1))
    {
      type = digit
      cursor.skip()
    }
    let isHexadecimal = cursor.count > 1 && cursor.take("hex")
    if cursor.count > 1 { _ = cursor.take("ascii-text") }
    guard !cursor.isAtEnd else { throw .incomplete("a key") }
    let text = keyText(&cursor, until: following)
    if isHexadecimal { return Secret(form: .clear, bytes: bytesFromHexadecimal(text) ?? text) }
    return Self.secret(text, type: type)
  }

  /// A key may hold blanks where it ends the line.
  private func keyText(_ cursor: inout WordCursor, until following: [String]) -> [UInt8] {
    let start = cursor.statement.words[cursor.position].lowerBound
    var end = start
    repeat {
      end = cursor.statement.words[cursor.position].upperBound
      cursor.skip()
    } while !cursor.isAtEnd && !following.contains(cursor.peek())
    return Array(cursor.statement.bytes[start..<end])
  }

  private static func secret(_ text: [UInt8], type: Int) -> Secret {
    let word = String(decoding: text, as: UTF8.self)
    if text.allSatisfy({ $0 == UInt8(ascii: "*") }) || maskWords.contains(word.lowercased()) {
      return Secret(form: .masked, bytes: nil)
    }
    if type == 0, !word.hasPrefix("\""), WordCursor.isPlaceholder(word) {
      return Secret(form: .placeholder, bytes: nil)
    }
    switch type {
    case 6, 8: return Secret(form: .encrypted, bytes: nil)
    case 7: return Secret(form: .obfuscated, bytes: type7(text))
    default: return Secret(form: .clear, bytes: text)
    }
  }

  private static let maskWords: Set<String> = [
    "<removed>", "<hidden>", "<masked>", "<redacted>", "removed", "xxxxxxxx", "xxxxx", "xxx",
  ]

  /// Decodes a type 7 key: two decimal digits of a starting place, then each byte in hexadecimal,
  /// combined with a fixed string. Nil when it is not well formed.
  static func type7(_ text: [UInt8]) -> [UInt8]? {
    guard text.count >= 4, text.count % 2 == 0, text[0].isDigit, text[1].isDigit,
      let bytes = bytesFromHexadecimal(Array(text.dropFirst(2)))
    else { return nil }
    let start = Int(text[0] - 48) * 10 + Int(text[1] - 48)
    let table = Array("dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87".utf8)
    return bytes.enumerated().map { $1 ^ table[(start + $0) % table.count] }
  }

  /// `inbound|outbound ah|esp SPI …` behind `set session-key`.
  func readSessionKey(
    _ cursor: inout WordCursor, _ line: SourceLine
  ) throws(StatementError) -> SessionKey {
    guard
      let direction = cursor.choose(["inbound", "outbound"])
        .flatMap(SessionKey.Direction.init(rawValue:))
    else { throw cursor.unexpected("‘inbound’ or ‘outbound’") }
    guard
      let securityProtocol = cursor.choose(["ah", "esp"])
        .flatMap(SessionKey.SecurityProtocol.init(rawValue:))
    else { throw cursor.unexpected("‘ah’ or ‘esp’") }
    guard let spi = UInt32(exactly: try cursor.number("an SPI")) else {
      throw .invalid("the SPI does not fit 32 bits")
    }
    cursor.check(Int(spi), within: 256...4_294_967_295, "the SPI")
    var cipherKey: Secret?
    var authenticatorKey: Secret?
    if securityProtocol == .ah {
      authenticatorKey = try readHexadecimalKey(&cursor)
    } else {
      if cursor.take("cipher", least: 3) { cipherKey = try readHexadecimalKey(&cursor) }
      if cursor.take("authenticator", least: 4) {
        authenticatorKey = try readHexadecimalKey(&cursor)
      }
    }
    return SessionKey(
      direction: direction, securityProtocol: securityProtocol, spi: spi, cipherKey: cipherKey,
      authenticatorKey: authenticatorKey, line: line)
  }

  private func readHexadecimalKey(_ cursor: inout WordCursor) throws(StatementError) -> Secret {
    _ = cursor.count > 1 && cursor.take("0")
    let word = try cursor.word("a key in hexadecimal")
    if let bytes = bytesFromHexadecimal(Array(word.utf8)) {
      return Secret(form: .clear, bytes: bytes)
    }
    guard word.allSatisfy({ $0 == "*" }) || WordCursor.isPlaceholder(word) else {
      throw .invalid("the key is not in hexadecimal")
    }
    return Secret(form: .masked, bytes: nil)
  }
}

/// Bytes from hexadecimal digits, an odd digit in front counted as a byte of its own; nil when
/// something else is among them.
private func bytesFromHexadecimal(_ text: [UInt8]) -> [UInt8]? {
  guard !text.isEmpty else { return nil }
  var bytes: [UInt8] = []
  var pending: UInt8? = text.count % 2 == 1 ? 0 : nil
  for digit in text {
    guard let value = Character(Unicode.Scalar(digit)).hexDigitValue else { return nil }
    if let high = pending {
      bytes.append(high << 4 | UInt8(value))
      pending = nil
    } else {
      pending = UInt8(value)
    }
  }
  return bytes
}
