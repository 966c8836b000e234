import Bytes
package import Registries

/// An N payload (RFC 2408 §3.14, RFC 7296 §3.10).
package struct Notify: Hashable, Sendable {
  /// Whose numbers `type` is of.
  package let version: IKEVersion
  /// IKEv1's domain of interpretation; nil in IKEv2.
  package let domain: DomainOfInterpretation?
  /// The SA's protocol; 0 where it speaks of none.
  package let protocolID: SecurityProtocol
  /// The SA's SPI; empty where it speaks of none; both cookies where it speaks of an IKEv1 SA.
  package let spi: [UInt8]
  /// Notify message type.
  package let type: UInt16
  /// Notification data.
  package let data: [UInt8]

  init(parsingV1 reader: inout WireReader, _ notes: inout DecodingNotes) throws(WireError) {
    version = .v1
    domain = DomainOfInterpretation(rawValue: try reader.uint32())
    protocolID = SecurityProtocol(rawValue: try reader.uint8())
    let spiBytes = try reader.uint8()
    type = try reader.uint16()
    spi = try reader.take(Int(spiBytes))
    data = reader.takeRest()
  }

  init(parsingV2 reader: inout WireReader) throws(WireError) {
    version = .v2
    domain = nil
    protocolID = SecurityProtocol(rawValue: try reader.uint8())
    let spiBytes = try reader.uint8()
    type = try reader.uint16()
    spi = try reader.take(Int(spiBytes))
    data = reader.takeRest()
  }

  /// The type in IKEv1's numbers; nil for an IKEv2 notify.
  package var typeV1: NotifyTypeV1? { version == .v1 ? NotifyTypeV1(rawValue: type) : nil }

  /// The type in IKEv2's numbers; nil for an IKEv1 notify.
  package var typeV2: NotifyTypeV2? { version == .v2 ? NotifyTypeV2(rawValue: type) : nil }

  /// The type's name in the version's words: `NO-PROPOSAL-CHOSEN`, `NO_PROPOSAL_CHOSEN`.
  package var name: String {
    version == .v1 ? NotifyTypeV1(rawValue: type).name : NotifyTypeV2(rawValue: type).name
  }

  /// The type's identifier in reports: `no-proposal-chosen` in both versions.
  package var id: String {
    version == .v1 ? NotifyTypeV1(rawValue: type).id : NotifyTypeV2(rawValue: type).id
  }

  /// True for an error, false for a status.
  package var isError: Bool {
    version == .v1 ? NotifyTypeV1(rawValue: type).isError : NotifyTypeV2(rawValue: type).isError
  }
}
