package import Bytes
package import Registries

/// An identity: ID of IKEv1 (RFC 2407 §4.6.2), IDi and IDr of IKEv2 (RFC 7296 §3.5), NAT-OA.
package struct Identification: Hashable, Sendable {
  /// How `data` reads.
  package let type: IdentificationType
  /// IKEv1: IP protocol of a proxy identity, 0 for any; 0 in IKEv2.
  package let ipProtocol: UInt8
  /// IKEv1: port of a proxy identity, 0 for any; 0 in IKEv2.
  package let port: UInt16
  /// The identity.
  package let data: [UInt8]

  init(parsingV1 reader: inout WireReader, _ notes: inout DecodingNotes) throws(WireError) {
    type = IdentificationType(.v1, try reader.uint8())
    ipProtocol = try reader.uint8()
    port = try reader.uint16()
    data = reader.takeRest()
    noteLength(reader, &notes)
  }

  init(parsingV2 reader: inout WireReader, _ notes: inout DecodingNotes) throws(WireError) {
    type = IdentificationType(.v2, try reader.uint8())
    try reader.skip(3)
    ipProtocol = 0
    port = 0
    data = reader.takeRest()
    noteLength(reader, &notes)
  }

  /// RFC 3947 §5.2: type, three reserved bytes, address.
  init(parsingOriginalAddress reader: inout WireReader) throws(WireError) {
    type = IdentificationType(.v1, try reader.uint8())
    try reader.skip(3)
    ipProtocol = 0
    port = 0
    data = reader.takeRest()
  }

  private func noteLength(_ reader: borrowing WireReader, _ notes: inout DecodingNotes) {
    guard let wanted = type.entry?.integer("bytes"), wanted != data.count else { return }
    notes.oddity("\(type.name) holds \(data.count) bytes instead of \(wanted)", at: reader)
  }

  /// The address of an address type; nil for anything else.
  package var address: IPAddress? {
    switch type.rawValue {
    case 1, 5: IPAddress(bytes: data)
    default: nil
    }
  }

  /// First and last address of a proxy identity: an address, subnet or range; nil for anything
  /// else, for a mask that is not contiguous, and for a range that ends before it starts.
  package var range: ClosedRange<IPAddress>? {
    if let address { return address...address }
    guard type.version == .v1, data.count.isMultiple(of: 2),
      let first = IPAddress(bytes: data.prefix(data.count / 2)),
      let second = IPAddress(bytes: data.suffix(data.count / 2))
    else { return nil }
    switch type.rawValue {
    case 4, 6: return first.subnet(mask: second)
    case 7, 8: return first <= second ? first...second : nil
    default: return nil
    }
  }
}
