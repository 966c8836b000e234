import Bytes
package import Registries

/// An EAP packet inside an EAP payload of IKEv2 (RFC 3748 §4, RFC 7296 §3.16).
package struct EAPPacket: Hashable, Sendable {
  /// Request, response, success or failure.
  package let code: EAPCode
  /// Pairs request and response.
  package let identifier: UInt8
  /// The method; nil for success and failure.
  package let type: EAPType?
  /// What follows the type. May hold what authenticates: never printed but for an identity.
  package let data: [UInt8]

  init(parsing reader: inout WireReader, _ notes: inout DecodingNotes) throws(WireError) {
    code = EAPCode(rawValue: try reader.uint8())
    identifier = try reader.uint8()
    let length = Int(try reader.uint16())
    guard length >= 4 else { throw reader.invalid("length \(length) is below EAP's own 4") }
    var body = try reader.sub(length - 4, layer: "EAP packet", boundedBy: "the EAP length")
    type = body.isAtEnd ? nil : EAPType(rawValue: try body.uint8())
    data = body.takeRest()
    if !reader.isAtEnd { notes.oddity("bytes behind the EAP packet", at: reader) }
  }

  /// The identity that a response of type Identity gives, made safe to show; nil otherwise.
  package var identity: String? {
    guard code == .response, type == .identity else { return nil }
    return printable(data)
  }
}
