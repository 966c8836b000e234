import Bytes
package import Registries

/// A D payload: SAs that the sender no longer keeps (RFC 2408 §3.15, RFC 7296 §3.11).
package struct Delete: Hashable, Sendable {
  /// IKEv1's domain of interpretation; nil in IKEv2.
  package let domain: DomainOfInterpretation?
  /// What kind of SA.
  package let protocolID: SecurityProtocol
  /// The SPIs: 4 bytes a child SA (the sender's inbound ones), both cookies for an IKEv1 SA, none
  /// for the IKEv2 SA itself.
  package let spis: [[UInt8]]
  /// How many SPIs the sender says there are.
  package let declaredCount: UInt16
  /// Cisco's "delete with reason": why, where the payload carries it behind its SPIs.
  package let reason: CiscoDeleteReason?

  init(parsingV1 reader: inout WireReader, _ notes: inout DecodingNotes) throws(WireError) {
    let domain = DomainOfInterpretation(rawValue: try reader.uint32())
    self.domain = domain
    protocolID = SecurityProtocol(rawValue: try reader.uint8())
    let size = Int(try reader.uint8())
    declaredCount = try reader.uint16()
    spis = try Self.spis(&reader, size: size, declaredCount)
    reason = try Self.reason(&reader)
    if !reader.isAtEnd { notes.oddity("bytes behind the SPIs", at: reader) }
  }

  init(parsingV2 reader: inout WireReader, _ notes: inout DecodingNotes) throws(WireError) {
    domain = nil
    protocolID = SecurityProtocol(rawValue: try reader.uint8())
    let size = Int(try reader.uint8())
    declaredCount = try reader.uint16()
    spis = try Self.spis(&reader, size: size, declaredCount)
    reason = nil
    if !reader.isAtEnd { notes.oddity("bytes behind the SPIs", at: reader) }
  }

  private static func spis(
    _ reader: inout WireReader, size: Int, _ count: UInt16
  ) throws(WireError) -> [[UInt8]] {
    // Without a size there is nothing to list, whatever the count says.
    guard size > 0 else { return [] }
    try reader.require(size * Int(count))
    var spis: [[UInt8]] = []
    spis.reserveCapacity(Int(count))
    for _ in 0..<count { spis.append(try reader.take(size)) }
    return spis
  }

  /// The reason is a data attribute behind the SPIs, as VPN 3000 and its successors send it: short
  /// form, type 1.
  private static func reason(_ reader: inout WireReader) throws(WireError) -> CiscoDeleteReason? {
    guard reader.remaining == 4 else { return nil }
    let attribute = try DataAttribute(parsing: &reader)
    guard case .short(let value) = attribute.value else { return nil }
    return CiscoDeleteReason(rawValue: value)
  }
}
