import Bytes
package import Registries

/// An SA payload: what is offered, or the one choice (RFC 2408 §3.4, RFC 7296 §3.3).
package struct SecurityAssociation: Sendable {
  /// Whose structure.
  package let version: IKEVersion
  /// IKEv1's domain of interpretation; nil in IKEv2.
  package let domain: DomainOfInterpretation?
  /// IKEv1's situation bits (RFC 2407 §4.2); nil in IKEv2 and outside the IPsec DOI.
  package let situation: UInt32?
  /// The proposals in order.
  package let proposals: [Proposal]
  /// What follows the domain where it is not IPsec's or ISAKMP's (GDOI's SA attributes).
  package let foreign: [UInt8]

  init(
    parsingV1 reader: inout WireReader, _ offset: Int, _ notes: inout DecodingNotes
  ) throws(WireError) {
    version = .v1
    let domain = DomainOfInterpretation(rawValue: try reader.uint32())
    self.domain = domain
    guard domain == .ipsec || domain == .isakmp else {
      situation = nil
      proposals = []
      foreign = reader.takeRest()
      return
    }
    let situation = try reader.uint32()
    self.situation = situation
    foreign = []
    if domain == .ipsec, situation & 6 != 0 {
      try Self.skipLabelledDomain(&reader)
    } else if domain == .ipsec, situation != 1 {
      notes.oddity("situation 0x\(hexadecimal(situation))", at: reader)
    }
    proposals = Proposal.list(parsing: &reader, .v1, offset, &notes)
  }

  init(
    parsingV2 reader: inout WireReader, _ offset: Int, _ notes: inout DecodingNotes
  ) throws(WireError) {
    version = .v2
    domain = nil
    situation = nil
    foreign = []
    proposals = Proposal.list(parsing: &reader, .v2, offset, &notes)
    if proposals.isEmpty, notes.malformed == nil { throw reader.invalid("no proposal in it") }
  }

  /// RFC 2407 §4.6.1: labelled domain, then secrecy and integrity levels and category bit maps,
  /// each with its length (the maps' in bits), padded to 32 bits.
  private static func skipLabelledDomain(_ reader: inout WireReader) throws(WireError) {
    try reader.skip(4)
    for _ in 0..<2 {
      for inBits in [false, true] {
        let length = Int(try reader.uint16())
        try reader.skip(2)
        let count = inBits ? (length + 7) / 8 : length
        try reader.skip((count + 3) / 4 * 4)
      }
    }
  }
}
