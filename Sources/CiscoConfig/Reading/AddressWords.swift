internal import Bytes

extension WordCursor {
  /// The next word as a dotted decimal address, not taken; nil when it is none.
  func peekIPv4() -> UInt32? {
    guard position < statement.words.count else { return nil }
    var bits: UInt32 = 0
    var part: UInt32 = 0
    var digits = 0
    var dots = 0
    for byte in statement.bytes[statement.words[position]] {
      if byte == UInt8(ascii: ".") {
        guard digits > 0, dots < 3 else { return nil }
        bits = bits << 8 | part
        (part, digits) = (0, 0)
        dots += 1
      } else {
        guard byte.isDigit, digits < 3 else { return nil }
        part = part * 10 + UInt32(byte - UInt8(ascii: "0"))
        digits += 1
        guard part <= 255 else { return nil }
      }
    }
    guard dots == 3, digits > 0 else { return nil }
    return bits << 8 | part
  }

  /// Takes a dotted decimal address, when one comes next.
  mutating func takeIPv4() -> UInt32? {
    guard let bits = peekIPv4() else { return nil }
    skip()
    return bits
  }

  /// Takes an address of either family, when one comes next. A zone or `/length` is no address.
  mutating func takeAddress() -> IPAddress? {
    if let bits = takeIPv4() { return IPAddress(ipv4: bits) }
    guard holdsColon, let address = IPAddress(statement.word(position)) else { return nil }
    skip()
    return address
  }

  /// Takes `address/length`, when it comes next; leaves it there with `peekOnly`.
  mutating func takePrefix(peekOnly: Bool = false) -> (prefix: IPPrefix, address: IPAddress)? {
    guard position < statement.words.count,
      statement.bytes[statement.words[position]].contains(UInt8(ascii: "/"))
    else { return nil }
    let text = statement.word(position)
    guard let prefix = IPPrefix(text), let slash = text.firstIndex(of: "/"),
      let address = IPAddress(text: text[..<slash])
    else { return nil }
    if !peekOnly { skip() }
    return (prefix, address)
  }

  private var holdsColon: Bool {
    position < statement.words.count
      && statement.bytes[statement.words[position]].contains(UInt8(ascii: ":"))
  }
}

/// An address and a mask as one spec, with what was odd about them.
struct MaskedAddress {
  let spec: AddressSpec
  let hasHostBits: Bool
  let isDiscontiguous: Bool
  let looksForeign: Bool

  /// `address mask`; the mask is a network mask (ASA) or a wildcard (IOS).
  init(_ address: UInt32, mask: UInt32, isWildcard: Bool) {
    let fixed = isWildcard ? ~mask : mask
    // A mask whose fixed bits are not on the left, but which would be a prefix in the other
    // dialect, was written for the other dialect. 0.0.0.0 and 255.255.255.255 tell nothing.
    let isPrefix = ~fixed & (~fixed &+ 1) == 0
    let isForeignPrefix = fixed & (fixed &+ 1) == 0
    isDiscontiguous = !isPrefix
    looksForeign = !isPrefix && isForeignPrefix
    if isPrefix {
      let length = fixed.nonzeroBitCount
      spec = .prefix(IPPrefix(IPAddress(ipv4: address), length: length))
    } else {
      spec = .wildcard(WildcardAddress(bits: address, wildcard: ~fixed))
    }
    hasHostBits = address & ~fixed != 0
  }
}
