import Foundation

/// The part of JSON Schema that the timeline's schema uses, as a validator that says where a value
/// breaks it. Written from the specification (2020-12), not from the code that prints the schema.
package struct SchemaValidator {
  private let schema: [String: Any]
  private let definitions: [String: Any]
  /// True to refuse members that the schema does not name: then the schema cannot forget one.
  package var refusesUnnamed = false

  /// A validator of a schema's text.
  package init(_ text: [UInt8]) throws {
    let document = try JSONSerialization.jsonObject(with: Data(text))
    schema = document as? [String: Any] ?? [:]
    definitions = schema["$defs"] as? [String: Any] ?? [:]
  }

  /// What is wrong with a value at the top of an output; empty when nothing is.
  package func problems(_ value: Any) -> [String] {
    problems(value, schema, at: "")
  }

  /// What is wrong with a value of one definition.
  package func problems(_ value: Any, definition: String) -> [String] {
    problems(value, ["$ref": "#/$defs/\(definition)"], at: "")
  }

  private func problems(_ value: Any, _ schema: [String: Any], at path: String) -> [String] {
    var found: [String] = []
    if let reference = schema["$ref"] as? String {
      let name = reference.replacingOccurrences(of: "#/$defs/", with: "")
      guard let target = definitions[name] as? [String: Any] else {
        return ["\(path): no definition \(name)"]
      }
      found += problems(value, target, at: path)
    }
    if let choices = schema["anyOf"] as? [[String: Any]] {
      let results = choices.map { problems(value, $0, at: path) }
      if !results.contains([]) { found += results.min { $0.count < $1.count } ?? [] }
    }
    if let type = schema["type"] as? String, !matches(value, type) {
      return found + ["\(path): not of type \(type): \(value)"]
    }
    if let words = schema["enum"] as? [String], !words.contains(value as? String ?? "") {
      found.append("\(path): \(value) is none of \(words)")
    }
    if let word = schema["const"] as? String, word != value as? String {
      found.append("\(path): \(value) is not \(word)")
    }
    if let pattern = schema["pattern"] as? String, let text = value as? String,
      text.range(of: pattern, options: .regularExpression) == nil
    {
      found.append("\(path): \(text) does not match \(pattern)")
    }
    if let items = schema["items"] as? [String: Any], let list = value as? [Any] {
      for (index, item) in list.enumerated() {
        found += problems(item, items, at: "\(path)/\(index)")
      }
    }
    if let object = value as? [String: Any] { found += members(object, schema, at: path) }
    return found
  }

  private func members(
    _ object: [String: Any], _ schema: [String: Any], at path: String
  ) -> [String] {
    var found: [String] = []
    for name in schema["required"] as? [String] ?? [] where object[name] == nil {
      found.append("\(path): \(name) is missing")
    }
    let properties = schema["properties"] as? [String: [String: Any]]
    for (name, value) in object {
      if let property = properties?[name] {
        found += problems(value, property, at: "\(path)/\(name)")
      } else if let others = schema["additionalProperties"] as? [String: Any] {
        found += problems(value, others, at: "\(path)/\(name)")
      } else if refusesUnnamed, properties != nil {
        found.append("\(path): the schema does not name \(name)")
      }
    }
    return found
  }

  private func matches(_ value: Any, _ type: String) -> Bool {
    switch type {
    case "object": return value is [String: Any]
    case "array": return value is [Any]
    case "string": return value is String
    case "null": return value is NSNull
    default:
      guard let number = value as? NSNumber else { return false }
      let isBoolean = value is Bool && ["c", "B"].contains(unsafe String(cString: number.objCType))
      return type == "boolean"
        ? isBoolean : !isBoolean && number.doubleValue == number.doubleValue.rounded()
    }
  }
}
