import Timeline

/// The shape of a value, as far as the timeline needs JSON Schema (2020-12).
indirect enum Shape: Sendable {
  case text
  case integer
  case flag
  /// One of these words.
  case word([String])
  /// This word only.
  case exactly(String)
  /// Text of a pattern.
  case matching(String)
  /// A value that another definition describes.
  case record(String)
  case list(Shape)
  /// The shape, or `null`.
  case maybe(Shape)
  /// One of several shapes.
  case either([Shape])
  /// An object whose member names are not fixed.
  case open(Shape)
  /// Any JSON value.
  case any

  /// Writes the schema of this shape.
  func write(to json: inout JSONWriter) {
    json.beginObject()
    writeMembers(to: &json)
    json.endObject()
  }

  private func writeMembers(to json: inout JSONWriter) {
    switch self {
    case .text: json.member("type", "string")
    case .integer: json.member("type", "integer")
    case .flag: json.member("type", "boolean")
    case .word(let words): json.member("enum", words)
    case .exactly(let word): json.member("const", word)
    case .matching(let pattern):
      json.member("type", "string")
      json.member("pattern", pattern)
    case .record(let name): json.member("$ref", "#/$defs/\(name)")
    case .list(let shape):
      json.member("type", "array")
      json.key("items")
      shape.write(to: &json)
    case .maybe(let shape): write(anyOf: [shape], orNull: true, to: &json)
    case .either(let shapes): write(anyOf: shapes, orNull: false, to: &json)
    case .open(let shape):
      json.member("type", "object")
      json.key("additionalProperties")
      shape.write(to: &json)
    case .any: break
    }
  }

  private func write(anyOf shapes: [Shape], orNull: Bool, to json: inout JSONWriter) {
    json.key("anyOf")
    json.beginArray()
    for shape in shapes { shape.write(to: &json) }
    if orNull {
      json.beginObject()
      json.member("type", "null")
      json.endObject()
    }
    json.endArray()
  }
}

/// A member of an object: its name, its shape, and whether it is always there.
struct Member {
  var name: String
  var shape: Shape
  var isRequired: Bool

  /// A member that is always there.
  static func always(_ name: String, _ shape: Shape) -> Member {
    Member(name: name, shape: shape, isRequired: true)
  }

  /// A member that may be left out.
  static func sometimes(_ name: String, _ shape: Shape) -> Member {
    Member(name: name, shape: shape, isRequired: false)
  }
}

/// A definition: the schema of one kind of object. Members that are not named are allowed, so that
/// readers written today accept what is added tomorrow.
struct Definition {
  var name: String
  var description: String
  var members: [Member]

  init(_ name: String, _ description: String, _ members: [Member]) {
    self.name = name
    self.description = description
    self.members = members
  }

  /// The same object as a line of NDJSON: with `record` first.
  func line(_ record: String, _ more: [Member] = []) -> Definition {
    Definition(
      "\(name)Line", "A line of NDJSON: \(description)",
      [.always("record", .exactly(record))] + more + members)
  }

  /// Writes the definition's schema.
  func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("description", description)
    json.member("type", "object")
    json.member("required", members.filter(\.isRequired).map(\.name))
    json.key("properties")
    json.beginObject()
    for member in members {
      json.key(text: member.name)
      member.shape.write(to: &json)
    }
    json.endObject()
    json.endObject()
  }
}
