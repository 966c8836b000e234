import Bytes

/// A distinguished name in DER (X.501), as an ID or CERTREQ payload carries it.
package struct DistinguishedName: Hashable, Sendable {
  /// One attribute: the object identifier's known short name or its dotted form, and the value.
  package struct Attribute: Hashable, Sendable {
    /// `CN`, `OU`, `2.5.4.97`.
    package let type: String
    /// The value's bytes, not yet made safe to show.
    package let value: [UInt8]
  }

  /// The attributes in the order of the encoding.
  package let attributes: [Attribute]

  /// Reads a name; nil where the bytes are not one.
  package init?(der: [UInt8]) {
    do throws(WireError) {
      var outer = WireReader(der.rawSpan, layer: "distinguished name")
      var sets = try outer.element(0x30)
      try outer.requireEnd()
      var attributes: [Attribute] = []
      while !sets.isAtEnd {
        var set = try sets.element(0x31)
        while !set.isAtEnd {
          var pair = try set.element(0x30)
          var identifier = try pair.element(0x06)
          let oid = identifier.takeRest()
          let value = try pair.anyElement()
          attributes.append(Attribute(type: Self.name(of: oid), value: value))
        }
      }
      self.attributes = attributes
    } catch {
      return nil
    }
  }

  /// Object identifiers of RFC 4519 and PKCS #9 by their DER bytes.
  private static func name(of oid: [UInt8]) -> String {
    if oid.count == 3, oid[0] == 0x55, oid[1] == 0x04 {
      switch oid[2] {
      case 3: return "CN"
      case 4: return "SN"
      case 5: return "serialNumber"
      case 6: return "C"
      case 7: return "L"
      case 8: return "ST"
      case 9: return "street"
      case 10: return "O"
      case 11: return "OU"
      case 12: return "title"
      case 42: return "GN"
      case 46: return "dnQualifier"
      default: break
      }
    }
    switch oid {
    case [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x01]: return "E"
    case [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x02]: return "unstructuredName"
    case [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x08]: return "unstructuredAddress"
    case [0x09, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 0x01, 0x19]: return "DC"
    case [0x09, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 0x01, 0x01]: return "UID"
    default: return dotted(oid)
    }
  }

  private static func dotted(_ oid: [UInt8]) -> String {
    var parts: [UInt64] = []
    var value: UInt64 = 0
    for byte in oid {
      guard value < UInt64.max >> 8 else { return "oid 0x" + hexadecimal(oid) }
      value = value << 7 | UInt64(byte & 0x7f)
      guard byte & 0x80 == 0 else { continue }
      if parts.isEmpty {
        let first = min(value / 40, 2)
        parts = [first, value - 40 * first]
      } else {
        parts.append(value)
      }
      value = 0
    }
    return parts.map(String.init).joined(separator: ".")
  }
}

extension DistinguishedName: CustomStringConvertible {
  /// `C=CH, O=Example, CN=moon`, in the order of the encoding, made safe to show.
  package var description: String {
    attributes.map { "\($0.type)=\(printable($0.value))" }.joined(separator: ", ")
  }
}

extension WireReader {
  /// The contents of the next DER element, which has to have that tag.
  @_lifetime(copy self)
  @_lifetime(self: copy self)
  fileprivate mutating func element(_ tag: UInt8) throws(WireError) -> WireReader {
    guard try uint8() == tag else { throw invalid("not the DER tag \(tag)") }
    let length = try derLength()
    return try sub(length, layer: layer, boundedBy: "the DER length")
  }

  /// The contents of the next DER element of any tag.
  @_lifetime(self: copy self)
  fileprivate mutating func anyElement() throws(WireError) -> [UInt8] {
    try skip(1)
    let length = try derLength()
    return try take(length)
  }

  @_lifetime(self: copy self)
  private mutating func derLength() throws(WireError) -> Int {
    let first = Int(try uint8())
    switch first {
    case 0..<0x80: return first
    case 0x81: return Int(try uint8())
    case 0x82: return Int(try uint16())
    default: throw invalid("a DER length of \(first & 0x7f) bytes")
    }
  }
}
