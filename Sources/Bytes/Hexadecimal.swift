private let hexDigits: [UInt8] = Array("0123456789abcdef".utf8)

/// The bytes as lower-case hexadecimal, two digits a byte.
package func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  var text: [UInt8] = []
  text.reserveCapacity(bytes.underestimatedCount * 2)
  for byte in bytes {
    text.append(hexDigits[Int(byte >> 4)])
    text.append(hexDigits[Int(byte & 15)])
  }
  return String(decoding: text, as: UTF8.self)
}

/// The value as lower-case hexadecimal, padded with zeros to its type's full width
/// (8 digits for a child SA's SPI, 16 for an IKE SPI).
package func hexadecimal<Value: FixedWidthInteger & UnsignedInteger>(_ value: Value) -> String {
  hexadecimal(UInt64(truncatingIfNeeded: value), digits: Value.bitWidth / 4)
}

private func hexadecimal(_ value: UInt64, digits: Int) -> String {
  let text = [UInt8](capacity: digits) { text in
    for digit in stride(from: digits - 1, through: 0, by: -1) {
      text.append(hexDigits[Int(truncatingIfNeeded: digit < 16 ? value >> (4 * digit) & 15 : 0)])
    }
  }
  return String(decoding: text, as: UTF8.self)
}

/// The bytes that `text` spells in hexadecimal, or nil when it does not: an odd number of digits,
/// or anything but digits. An empty text is no bytes.
package func bytes(hexadecimal text: some StringProtocol) -> [UInt8]? {
  var result: [UInt8] = []
  result.reserveCapacity(text.utf8.count / 2)
  var high: UInt8?
  for character in text.utf8 {
    guard let digit = hexadecimalValue(character) else { return nil }
    if let first = high {
      result.append(first << 4 | digit)
      high = nil
    } else {
      high = digit
    }
  }
  return high == nil ? result : nil
}

private func hexadecimalValue(_ character: UInt8) -> UInt8? {
  switch character {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
  default: nil
  }
}
