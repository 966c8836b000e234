package import Bytes
package import Registries

/// One traffic selector of a TSi or TSr payload (RFC 7296 §3.13.1).
package struct TrafficSelector: Hashable, Sendable {
  /// How the selector reads.
  package let type: TrafficSelectorType
  /// IP protocol, 0 for any.
  package let ipProtocol: UInt8
  /// First port; for ICMP, type and code.
  package let startPort: UInt16
  /// Last port. First 65535 and last 0 is OPAQUE.
  package let endPort: UInt16
  /// First address; nil for a type without addresses.
  package let start: IPAddress?
  /// Last address; nil for a type without addresses.
  package let end: IPAddress?
  /// The selector's own bytes behind type and length where the type is not an address range.
  package let data: [UInt8]

  /// First to last address; nil for a type without addresses and where the last is before the
  /// first.
  package var range: ClosedRange<IPAddress>? {
    guard let start, let end, start <= end else { return nil }
    return start...end
  }

  /// True when any port fits.
  package var isAnyPort: Bool { startPort == 0 && endPort == 65535 }

  /// RFC 7296 §3.13: count, three reserved bytes, selectors.
  static func list(
    parsing reader: inout WireReader, _ notes: inout DecodingNotes
  ) throws(WireError) -> [TrafficSelector] {
    let count = Int(try reader.uint8())
    try reader.skip(3)
    var selectors: [TrafficSelector] = []
    do throws(WireError) {
      while !reader.isAtEnd { selectors.append(try TrafficSelector(parsing: &reader)) }
    } catch {
      notes.fail(error)
    }
    if selectors.count != count {
      notes.oddity("\(count) selectors announced, \(selectors.count) there", at: reader)
    }
    return selectors
  }

  private init(parsing reader: inout WireReader) throws(WireError) {
    reader.layer = "Traffic selector"
    type = TrafficSelectorType(rawValue: try reader.uint8())
    ipProtocol = try reader.uint8()
    let length = Int(try reader.uint16())
    guard length >= 4 else { throw reader.invalid("length \(length) is below its own header's 4") }
    var body = try reader.sub(
      length - 4, layer: "Traffic selector", boundedBy: "the selector length")
    guard type == .ipv4Range || type == .ipv6Range else {
      (startPort, endPort, start, end) = (0, 65535, nil, nil)
      data = body.takeRest()
      return
    }
    startPort = try body.uint16()
    endPort = try body.uint16()
    let width = type == .ipv4Range ? 4 : 16
    start = IPAddress(bytes: try body.take(width))
    end = IPAddress(bytes: try body.take(width))
    data = []
    try body.requireEnd()
  }
}
