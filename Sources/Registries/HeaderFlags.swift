/// Flags of the ISAKMP header: bits 0 to 2 are IKEv1's (RFC 2408 §3.1), 3 to 5 IKEv2's
/// (RFC 7296 §3.1).
package struct HeaderFlags: OptionSet, Hashable, Sendable {
  /// The number on the wire.
  package let rawValue: UInt8

  /// Any number is valid.
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// IKEv1: everything behind the header is encrypted.
  package static let encryption = Self(rawValue: 0x01)
  /// IKEv1: the receiver waits for CONNECTED before it uses the SA.
  package static let commit = Self(rawValue: 0x02)
  /// IKEv1: authenticated and not encrypted.
  package static let authenticationOnly = Self(rawValue: 0x04)
  /// IKEv2: sent by the original initiator of the IKE SA.
  package static let initiator = Self(rawValue: 0x08)
  /// IKEv2: the sender can speak a higher major version.
  package static let higherVersion = Self(rawValue: 0x10)
  /// IKEv2: a response to the message of the same identifier.
  package static let response = Self(rawValue: 0x20)

  /// The flags' letters in the tables' notation, such as `IR`; empty for none. Bits that a version
  /// does not define print as hexadecimal behind.
  package func notation(in version: IKEVersion) -> String {
    let rows = Self.registry.entries.filter { $0["ike_version"] == version.digit }
    var text = ""
    var rest = rawValue
    for row in rows {
      let mask = UInt8(truncatingIfNeeded: row.number)
      guard rest & mask != 0 else { continue }
      text += row["notation"] ?? ""
      rest &= ~mask
    }
    return rest == 0 ? text : "\(text)+0x\(String(rest, radix: 16))"
  }

  /// The table.
  package static let registry = Registry(
    """
    ike_version|mask|name|notation|id|rfc
    1|1|Encryption|E|encryption|RFC 2408
    1|2|Commit|C|commit|RFC 2408
    1|4|Authentication Only|A|authentication-only|RFC 2408
    2|8|Initiator|I|initiator|RFC 7296
    2|16|Version|V|higher-version|RFC 7296
    2|32|Response|R|response|RFC 7296
    """, space: "ike_version", number: "mask")
}
