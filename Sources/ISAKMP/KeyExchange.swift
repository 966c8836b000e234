import Bytes
package import Registries

/// A KE payload: a public value (RFC 2408 §3.7, RFC 7296 §3.4).
package struct KeyExchange: Hashable, Sendable {
  /// The group of the value; nil in IKEv1, whose SA payload tells.
  package let group: DiffieHellmanGroup?
  /// The public value, most significant byte first.
  package let data: [UInt8]

  /// From its parts.
  package init(group: DiffieHellmanGroup?, data: [UInt8]) {
    self.group = group
    self.data = data
  }

  init(parsingV2 reader: inout WireReader, _ notes: inout DecodingNotes) throws(WireError) {
    let group = DiffieHellmanGroup(rawValue: try reader.uint16())
    self.group = group
    let reserved = try reader.uint16()
    if reserved != 0 { notes.oddity("reserved field \(reserved)", at: reader) }
    data = reader.takeRest()
    if let wanted = group.initiatorBytes, data.count != wanted, data.count != group.responderBytes {
      notes.oddity("\(group.id) takes \(wanted) bytes and \(data.count) are there", at: reader)
    }
  }
}
