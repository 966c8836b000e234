/// An IPv4 or IPv6 address: sixteen bytes and a family, hashed and compared without allocation.
///
/// `@usableFromInline`, here and on what else every packet touches: without it the compiler inlines
/// nothing of a `package` type in other rooms, whatever the functions say.
@usableFromInline
package struct IPAddress: Hashable, Sendable {
  /// The first eight bytes of an IPv6 address; 0 for IPv4.
  @usableFromInline
  package let high: UInt64
  /// The last eight bytes of an IPv6 address; an IPv4 address in the low 32 bits.
  @usableFromInline
  package let low: UInt64
  /// True for IPv6.
  @usableFromInline
  package let isIPv6: Bool

  /// An IPv4 address from its 32 bits, most significant byte first (10.0.0.1 is 0x0a000001).
  @inlinable @inline(__always)
  package init(ipv4 bits: UInt32) {
    high = 0
    low = UInt64(bits)
    isIPv6 = false
  }

  /// An IPv6 address from its two halves, most significant byte first.
  @inlinable @inline(__always)
  package init(ipv6High: UInt64, low ipv6Low: UInt64) {
    high = ipv6High
    low = ipv6Low
    isIPv6 = true
  }

  // Written out, since every packet's key is compared: the one the compiler makes is called through
  // a table where generic code asks for it in another room.
  @inlinable @inline(__always)
  package static func == (left: IPAddress, right: IPAddress) -> Bool {
    left.low == right.low && left.high == right.high && left.isIPv6 == right.isIPv6
  }

  /// An address from 4 or 16 bytes in network order; nil for any other count.
  package init?(bytes: some Collection<UInt8>) {
    switch bytes.count {
    case 4:
      self.init(ipv4: bytes.reduce(0) { $0 << 8 | UInt32($1) })
    case 16:
      self.init(
        ipv6High: bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) },
        low: bytes.dropFirst(8).reduce(0) { $0 << 8 | UInt64($1) })
    default:
      return nil
    }
  }

  /// The 32 bits of an IPv4 address; nil for IPv6.
  package var ipv4: UInt32? { isIPv6 ? nil : UInt32(truncatingIfNeeded: low) }

  /// 32 or 128.
  package var bitWidth: Int { isIPv6 ? 128 : 32 }

  /// 4 or 16 bytes in network order.
  package var bytes: [UInt8] {
    let lowBytes = (0..<8).map { UInt8(truncatingIfNeeded: low >> (56 - 8 * UInt64($0))) }
    guard isIPv6 else { return Array(lowBytes.suffix(4)) }
    return (0..<8).map { UInt8(truncatingIfNeeded: high >> (56 - 8 * UInt64($0))) } + lowBytes
  }

  /// True for the unspecified address, `0.0.0.0` or `::`.
  package var isUnspecified: Bool { high == 0 && low == 0 }

  /// True for 224.0.0.0/4 and ff00::/8.
  package var isMulticast: Bool { isIPv6 ? high >> 56 == 0xff : low >> 28 == 0xe }
}

extension IPAddress: Comparable {
  /// IPv4 before IPv6, then by value.
  @inlinable
  package static func < (left: IPAddress, right: IPAddress) -> Bool {
    if left.isIPv6 != right.isIPv6 { return right.isIPv6 }
    return (left.high, left.low) < (right.high, right.low)
  }
}

extension IPAddress: CustomStringConvertible {
  /// Canonical text: dotted decimal, or RFC 5952.
  @usableFromInline
  package var description: String {
    guard isIPv6 else { return dotted }
    // RFC 5952 §5: an IPv4-mapped address keeps its dotted form.
    if high == 0, low >> 32 == 0xffff {
      return "::ffff:\(IPAddress(ipv4: UInt32(truncatingIfNeeded: low)))"
    }
    let groups = (0..<8).map { index -> UInt64 in
      let half = index < 4 ? high : low
      return half >> (48 - 16 * UInt64(index % 4)) & 0xffff
    }
    let zeros = longestZeroRun(groups)
    guard zeros.count > 1 else { return joined(groups[...]) }
    return joined(groups[..<zeros.lowerBound]) + "::" + joined(groups[zeros.upperBound...])
  }

  /// Dotted decimal, written byte by byte: every event of a timeline names two addresses.
  private var dotted: String {
    let text = [UInt8](capacity: 15) { text in
      for shift in stride(from: 24, through: 0, by: -8) {
        let part = UInt8(truncatingIfNeeded: low >> shift)
        if part >= 100 { text.append(UInt8(ascii: "0") + part / 100) }
        if part >= 10 { text.append(UInt8(ascii: "0") + part / 10 % 10) }
        text.append(UInt8(ascii: "0") + part % 10)
        if shift > 0 { text.append(UInt8(ascii: ".")) }
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private func joined(_ groups: ArraySlice<UInt64>) -> String {
    groups.map { String($0, radix: 16) }.joined(separator: ":")
  }

  /// The first of the longest runs of zero groups (RFC 5952 §4.2.3).
  private func longestZeroRun(_ groups: [UInt64]) -> Range<Int> {
    var best = 0..<0
    var start = 0
    while start < groups.count {
      var end = start
      while end < groups.count, groups[end] == 0 { end += 1 }
      if end - start > best.count { best = start..<end }
      start = max(end, start + 1)
    }
    return best
  }
}

extension IPAddress: LosslessStringConvertible {
  /// An address from text: dotted decimal with four decimal parts, or IPv6 in any form of
  /// RFC 4291 §2.2 without a zone. Nil for anything else.
  @usableFromInline
  package init?(_ text: String) {
    self.init(text: text[...])
  }

  /// As `init(_:)`, from a part of a string.
  package init?(text: Substring) {
    if text.utf8.contains(UInt8(ascii: ":")) {
      guard let address = Self.parseIPv6(text) else { return nil }
      self = address
    } else {
      guard let bits = Self.parseIPv4(text) else { return nil }
      self.init(ipv4: bits)
    }
  }

  private static func parseIPv4(_ text: Substring) -> UInt32? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bits: UInt32 = 0
    for part in parts {
      guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy({ (48...57).contains($0) }),
        let value = UInt8(part)
      else { return nil }
      bits = bits << 8 | UInt32(value)
    }
    return bits
  }

  private static func parseIPv6(_ text: Substring) -> IPAddress? {
    guard let gap = doubleColon(in: text) else {
      guard let groups = parseGroups(text), groups.count == 8 else { return nil }
      return IPAddress(groups: groups)
    }
    guard let front = parseGroups(text[..<gap.lowerBound]),
      let back = parseGroups(text[gap.upperBound...]), front.count + back.count < 8
    else { return nil }
    let zeros = [UInt16](repeating: 0, count: 8 - front.count - back.count)
    return IPAddress(groups: front + zeros + back)
  }

  /// Where the one "::" stands.
  private static func doubleColon(in text: Substring) -> Range<Substring.Index>? {
    var index = text.startIndex
    while index < text.endIndex {
      let next = text.index(after: index)
      if text[index] == ":", next < text.endIndex, text[next] == ":" {
        return index..<text.index(after: next)
      }
      index = next
    }
    return nil
  }

  private static func parseGroups(_ text: Substring) -> [UInt16]? {
    guard !text.isEmpty else { return [] }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    var groups: [UInt16] = []
    for (index, part) in parts.enumerated() {
      if index == parts.count - 1, part.utf8.contains(UInt8(ascii: ".")) {
        guard let bits = parseIPv4(part) else { return nil }
        groups.append(UInt16(truncatingIfNeeded: bits >> 16))
        groups.append(UInt16(truncatingIfNeeded: bits))
      } else {
        guard (1...4).contains(part.utf8.count), let group = UInt16(part, radix: 16),
          part.utf8.first != UInt8(ascii: "+")
        else { return nil }
        groups.append(group)
      }
    }
    return groups.count <= 8 ? groups : nil
  }

  private init(groups: [UInt16]) {
    self.init(
      ipv6High: groups[0..<4].reduce(0) { $0 << 16 | UInt64($1) },
      low: groups[4..<8].reduce(0) { $0 << 16 | UInt64($1) })
  }
}
