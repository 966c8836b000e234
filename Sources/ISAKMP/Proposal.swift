import Bytes
package import Registries

/// A proposal as it stands on the wire (RFC 2408 §3.5, RFC 7296 §3.3.1).
///
/// In IKEv1 each transform is a whole suite; in IKEv2 transforms are alternatives by type. `suites`
/// gives one form for both.
package struct Proposal: Sendable {
  /// Its number; IKEv1 proposals with equal numbers are wanted together (AH and ESP).
  package let number: UInt8
  /// What it protects.
  package let protocolID: SecurityProtocol
  /// The sender's SPI for it; empty where none is sent.
  package let spi: [UInt8]
  /// How many transforms the sender says there are.
  package let declaredTransforms: UInt8
  /// The transforms in order.
  package let transforms: [Transform]
  /// Whose structure.
  package let version: IKEVersion
  /// The proposal within the bytes given to the parser.
  package let range: Range<Int>

  /// Proposals until the reader ends; those before an unreadable one stay, with the reason noted.
  static func list(
    parsing reader: inout WireReader, _ version: IKEVersion, _ offset: Int,
    _ notes: inout DecodingNotes
  ) -> [Proposal] {
    var proposals: [Proposal] = []
    // Offsets within the parser's bytes: `reader.base` counts what errors count.
    let shift = offset - reader.base
    do throws(WireError) {
      var isLast = false
      while !reader.isAtEnd {
        if isLast {
          notes.oddity("bytes behind the last proposal", at: reader)
          break
        }
        let header = try SubstructureHeader(
          parsing: &reader, layer: "Proposal", more: 2, minimum: 8, &notes)
        var body = try reader.sub(
          header.length - 4, layer: "Proposal", boundedBy: "the proposal length")
        let start = body.base - 4 + shift
        let proposal = try Proposal(
          parsing: &body, version, range: start..<(start + header.length), shift, &notes)
        if let previous = proposals.last, !proposal.mayFollow(previous) {
          notes.oddity("proposal \(proposal.number) behind \(previous.number)", at: reader)
        }
        proposals.append(proposal)
        isLast = header.isLast
      }
    } catch {
      notes.fail(error)
    }
    return proposals
  }

  /// IKEv1: numbers grow, equal ones belong together (RFC 2408 §4.2). IKEv2: each is one more than
  /// the one before (RFC 7296 §3.3.1).
  private func mayFollow(_ previous: Proposal) -> Bool {
    version == .v1 ? number >= previous.number : number == previous.number &+ 1
  }

  private init(
    parsing reader: inout WireReader, _ version: IKEVersion, range: Range<Int>, _ shift: Int,
    _ notes: inout DecodingNotes
  ) throws(WireError) {
    self.version = version
    self.range = range
    number = try reader.uint8()
    protocolID = SecurityProtocol(rawValue: try reader.uint8())
    let spiBytes = try reader.uint8()
    declaredTransforms = try reader.uint8()
    spi = try reader.take(Int(spiBytes))
    transforms = Transform.list(parsing: &reader, version, shift, &notes)
    if transforms.count != Int(declaredTransforms) {
      notes.oddity(
        "proposal \(number) announces \(declaredTransforms) transforms and holds "
          + "\(transforms.count)", at: reader)
    }
  }
}

/// A transform as it stands on the wire (RFC 2408 §3.6, RFC 7296 §3.3.2).
package struct Transform: Sendable {
  /// IKEv1's transform number; 0 in IKEv2.
  package let number: UInt8
  /// IKEv2's transform type; 0 in IKEv1.
  package let type: TransformType
  /// Transform identifier; 8 bits in IKEv1.
  package let id: UInt16
  /// Its attributes in order.
  package let attributes: [DataAttribute]
  /// The transform within the bytes given to the parser.
  package let range: Range<Int>

  static func list(
    parsing reader: inout WireReader, _ version: IKEVersion, _ shift: Int,
    _ notes: inout DecodingNotes
  ) -> [Transform] {
    var transforms: [Transform] = []
    do throws(WireError) {
      var isLast = false
      while !reader.isAtEnd {
        if isLast {
          notes.oddity("bytes behind the last transform", at: reader)
          break
        }
        let header = try SubstructureHeader(
          parsing: &reader, layer: "Transform", more: 3, minimum: 8, &notes)
        var body = try reader.sub(
          header.length - 4, layer: "Transform", boundedBy: "the transform length")
        let start = body.base - 4 + shift
        transforms.append(
          try Transform(
            parsing: &body, version, range: start..<(start + header.length), &notes))
        isLast = header.isLast
      }
    } catch {
      notes.fail(error)
    }
    return transforms
  }

  private init(
    parsing reader: inout WireReader, _ version: IKEVersion, range: Range<Int>,
    _ notes: inout DecodingNotes
  ) throws(WireError) {
    self.range = range
    let first = try reader.uint8()
    let second = try reader.uint8()
    let third = try reader.uint16()
    switch version {
    case .v1:
      number = first
      type = TransformType(rawValue: 0)
      id = UInt16(second)
    case .v2:
      number = 0
      type = TransformType(rawValue: first)
      id = third
    }
    attributes = DataAttribute.list(parsing: &reader, &notes)
  }

  /// The first attribute of that type.
  package func attribute(_ type: UInt16) -> DataAttribute? {
    attributes.first { $0.type == type }
  }
}

/// The first four bytes of a proposal or transform: more or last, reserved, length.
private struct SubstructureHeader {
  let isLast: Bool
  let length: Int

  init(
    parsing reader: inout WireReader, layer: String, more: UInt8, minimum: Int,
    _ notes: inout DecodingNotes
  ) throws(WireError) {
    reader.layer = layer
    let next = try reader.uint8()
    let reserved = try reader.uint8()
    let length = Int(try reader.uint16())
    guard length >= minimum else {
      throw reader.invalid("length \(length) is below its own header's \(minimum)")
    }
    if next != 0, next != more { notes.oddity("next payload \(next) inside SA", at: reader) }
    if reserved != 0 { notes.oddity("reserved byte \(reserved)", at: reader) }
    isLast = next == 0
    self.length = length
  }
}
