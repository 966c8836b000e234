/// A proposal: one suite, or in IKEv2 sets to choose from.
package struct ProposalRecord: Hashable, Sendable {
  /// Proposal number; for IKEv1 phase 1 the transform's number.
  package var number: Int = 0
  /// `isakmp`, `esp`, `ah` or `ipcomp`.
  package var `protocol`: String = "isakmp"
  /// Its transforms.
  package var transforms: [TransformRecord] = []

  package init() {}
}

extension ProposalRecord: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("number", number)
    json.member("protocol", `protocol`)
    json.member("transforms", transforms)
    json.endObject()
  }
}

/// One transform.
package struct TransformRecord: Hashable, Sendable {
  /// `encryption`, `integrity`, `prf`, `group`, `auth`, `esn`, …
  package var type: String = ""
  /// The project's identifier, such as `aes-cbc`, or `unknown N`.
  package var name: String = ""
  /// Number on the wire.
  package var id: Int = 0
  /// Key length in bits, where one was given.
  package var keyBits: Int? = nil

  package init() {}
}

extension TransformRecord: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("type", type)
    json.member("name", name)
    json.member("id", id)
    json.member("keyBits", keyBits)
    json.endObject()
  }
}
