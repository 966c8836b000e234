/// Text from the wire or from a configuration, made safe to show.
///
/// Identities, vendor strings, certificate names, notify texts and banners come from the enemy:
/// terminal escapes, control characters, right-to-left marks and broken UTF-8 must never reach a
/// terminal, JSON or a page raw. Visible characters stay; every other scalar becomes `\u{…}`, a
/// byte that is not UTF-8 becomes `\x..`, and a backslash is doubled so that this can be told from
/// text that merely looks escaped.
package func printable(_ bytes: some Collection<UInt8>) -> String {
  if bytes.allSatisfy({ (0x20..<0x7f).contains($0) && $0 != UInt8(ascii: "\\") }) {
    return String(decoding: bytes, as: UTF8.self)
  }
  var result = ""
  var rest = Array(bytes)[...]
  while let scalar = firstScalar(of: rest) {
    switch scalar {
    case .valid(let scalar):
      append(scalar, to: &result)
      rest = rest.dropFirst(UTF8.width(scalar))
    case .invalid(let byte):
      result += "\\x" + hexadecimal(CollectionOfOne(byte))
      rest = rest.dropFirst()
    }
  }
  return result
}

/// As `printable(_:)`, for text that is already a string.
package func printable(_ text: String) -> String {
  printable(text.utf8)
}

private enum DecodedScalar {
  case valid(Unicode.Scalar)
  case invalid(UInt8)
}

private func firstScalar(of bytes: ArraySlice<UInt8>) -> DecodedScalar? {
  guard let first = bytes.first else { return nil }
  var decoder = UTF8()
  var iterator = bytes.makeIterator()
  guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return .invalid(first) }
  return .valid(scalar)
}

private func append(_ scalar: Unicode.Scalar, to text: inout String) {
  if scalar == "\\" {
    text += "\\\\"
  } else if scalar == " "
    || scalar.isHarmless && scalar.properties.generalCategory != .spaceSeparator
  {
    text.unicodeScalars.append(scalar)
  } else {
    text += scalar.spelledOut
  }
}

extension Unicode.Scalar {
  /// True for letters, marks, numbers, punctuation, symbols and blanks; false for controls, formats
  /// (which hold the bidirectional marks), line and paragraph separators, surrogates, private use
  /// and unassigned code points.
  package var isHarmless: Bool {
    if isASCII { return value >= 0x20 && value < 0x7f }
    return switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      false
    default: true
    }
  }

  /// The scalar as `\u{1b}`: how one that is not harmless is shown.
  package var spelledOut: String { "\\u{" + String(value, radix: 16) + "}" }
}
