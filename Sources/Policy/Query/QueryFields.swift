import Bytes
import CiscoConfig

/// The fields of one object of a query, read with errors that name the field.
struct QueryFields {
  let path: String
  private let values: [String: JSONValue]

  init(_ value: JSONValue, at path: String = "") throws(QueryError) {
    guard case .object(let values) = value else {
      throw QueryError(field: path, problem: "is \(value.kind), wanted is an object")
    }
    self.path = path
    self.values = values
  }

  /// The names of the fields, sorted.
  var names: [String] { values.keys.sorted() }

  /// The value of a field; nil where it is absent or null.
  subscript(name: String) -> JSONValue? {
    values[name].flatMap { $0 == .null ? nil : $0 }
  }

  func name(_ field: String) -> String { path.isEmpty ? field : "\(path).\(field)" }

  func required(_ field: String) throws(QueryError) -> JSONValue {
    guard let value = self[field] else {
      throw QueryError(field: name(field), problem: "is missing")
    }
    return value
  }

  private func wrong(_ field: String, _ value: JSONValue, _ wanted: String) -> QueryError {
    QueryError(field: name(field), problem: "is \(value.kind), wanted is \(wanted)")
  }

  func string(_ field: String) throws(QueryError) -> String? {
    switch self[field] {
    case nil: nil
    case .string(let text): text
    case .integer(let number): "\(number)"
    case .some(let value): throw wrong(field, value, "a string")
    }
  }

  func requiredString(_ field: String) throws(QueryError) -> String {
    guard let text = try string(field) else {
      throw QueryError(field: name(field), problem: "is missing")
    }
    return text
  }

  func bool(_ field: String) throws(QueryError) -> Bool? {
    switch self[field] {
    case nil: nil
    case .bool(let value): value
    case .some(let value): throw wrong(field, value, "true or false")
    }
  }

  /// A whole number from 0 to `limit`, also written as a string.
  func number(_ field: String, upTo limit: UInt64 = UInt64(Int64.max)) throws(QueryError) -> UInt64?
  {
    guard let value = self[field] else { return nil }
    let number: UInt64?
    switch value {
    case .integer(let integer): number = UInt64(exactly: integer)
    case .string(let text): number = UInt64(text)
    default: throw wrong(field, value, "a whole number")
    }
    guard let number, number <= limit else {
      throw QueryError(
        field: name(field), problem: "is out of range", remedy: "Give a number from 0 to \(limit).")
    }
    return number
  }

  /// The first of several spellings of a field that is there.
  func number(anyOf names: [String], upTo limit: UInt64) throws(QueryError) -> UInt64? {
    for name in names where self[name] != nil { return try number(name, upTo: limit) }
    return nil
  }

  func requiredNumber(_ field: String, upTo limit: UInt64) throws(QueryError) -> UInt64 {
    guard let number = try number(field, upTo: limit) else {
      throw QueryError(field: name(field), problem: "is missing")
    }
    return number
  }

  func object(_ field: String) throws(QueryError) -> QueryFields? {
    guard let value = self[field] else { return nil }
    return try QueryFields(value, at: name(field))
  }

  func requiredObject(_ field: String) throws(QueryError) -> QueryFields {
    try QueryFields(required(field), at: name(field))
  }

  /// The elements of an array of objects.
  func objects(_ field: String) throws(QueryError) -> [QueryFields] {
    guard let value = self[field] else { return [] }
    guard case .array(let elements) = value else { throw wrong(field, value, "an array") }
    var result: [QueryFields] = []
    for (index, element) in elements.enumerated() {
      result.append(try QueryFields(element, at: "\(name(field))[\(index)]"))
    }
    return result
  }

  /// The elements of an array of strings or numbers; a single one counts as an array of one.
  func strings(_ field: String) throws(QueryError) -> [String]? {
    guard let value = self[field] else { return nil }
    let elements: [JSONValue]
    if case .array(let array) = value { elements = array } else { elements = [value] }
    var result: [String] = []
    for (index, element) in elements.enumerated() {
      switch element {
      case .string(let text): result.append(text)
      case .integer(let number): result.append("\(number)")
      default:
        throw QueryError(
          field: "\(name(field))[\(index)]", problem: "is \(element.kind), wanted is a string")
      }
    }
    return result
  }

  func address(_ field: String) throws(QueryError) -> IPAddress? {
    guard let text = try string(field) else { return nil }
    guard let address = IPAddress(text) else {
      throw QueryError(
        field: name(field), problem: "is \"\(printable(text))\", no address",
        remedy: "Write an IPv4 or IPv6 address, such as 10.0.0.5.")
    }
    return address
  }

  func requiredAddress(_ field: String) throws(QueryError) -> IPAddress {
    guard let address = try address(field) else {
      throw QueryError(field: name(field), problem: "is missing")
    }
    return address
  }

  /// An address, a prefix or a range.
  func requiredRange(_ field: String) throws(QueryError) -> AddressRange {
    let text = try requiredString(field)
    guard let range = AddressRange(text: text) else {
      throw QueryError(
        field: name(field), problem: "is \"\(printable(text))\", no network",
        remedy: "Write a prefix such as 10.0.0.0/24, an address, or two with - between.")
    }
    return range
  }

  /// Several of them.
  func requiredRanges(_ field: String) throws(QueryError) -> [AddressRange] {
    guard let texts = try strings(field), !texts.isEmpty else {
      throw QueryError(field: name(field), problem: "is missing")
    }
    var result: [AddressRange] = []
    for text in texts {
      guard let range = AddressRange(text: text) else {
        throw QueryError(field: name(field), problem: "holds \"\(printable(text))\", no network")
      }
      result.append(range)
    }
    return result
  }

  /// A protocol's name or number; nil for `ip` and where the field is absent.
  func protocolNumber(_ field: String) throws(QueryError) -> UInt8? {
    guard let text = try string(field), text.lowercased() != "ip" else { return nil }
    guard let number = ProtocolName.number(text) else {
      throw QueryError(
        field: name(field), problem: "is \"\(printable(text))\", no protocol known here",
        remedy: "Write tcp, udp, icmp, gre, esp, … or the protocol's number.")
    }
    return number
  }
}
