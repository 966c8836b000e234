import Bytes

/// Reads `setkey -D` of the BSDs, macOS and racoon on Linux.
enum SetkeyReader {
  static func recognises(_ lines: [TextLine]) -> Bool {
    zip(lines, lines.dropFirst()).contains { addresses($0) != nil && isProtocol($1) }
  }

  static func read(_ lines: [TextLine], file: String) -> KeyMaterial {
    var result = KeyMaterial()
    var starts: [Int] = []
    for index in lines.indices.dropLast()
    where addresses(lines[index]) != nil && isProtocol(lines[index + 1]) {
      starts.append(index)
    }
    for (start, end) in zip(starts, starts.dropFirst() + [lines.count]) {
      let entry = Array(lines[start..<end])
      // Compression and TCP signatures have no keys for packets.
      guard !entry[1].text.hasPrefix("ipcomp"), !entry[1].text.hasPrefix("tcp") else { continue }
      result.add { () throws(KeyProblem) in try child(entry, file) }
    }
    return result
  }

  private static func isProtocol(_ line: TextLine) -> Bool {
    line.text.contains("mode=") && line.text.contains("spi=")
  }

  /// `10.0.0.1[4500] 10.0.0.2[4500]`
  private static func addresses(_ line: TextLine) -> (IPAddress, IPAddress)? {
    let words = line.words.map { $0.prefix { $0 != "[" && $0 != "%" } }
    guard words.count == 2, let source = IPAddress(text: words[0]),
      let destination = IPAddress(text: words[1])
    else { return nil }
    return (source, destination)
  }

  private static func child(
    _ lines: [TextLine], _ file: String
  ) throws(KeyProblem) -> ChildSAKeys {
    var builder = ChildKeyBuilder(origin: KeyOrigin(file: file, line: lines[0].number))
    guard let (source, destination) = addresses(lines[0]) else {
      throw KeyProblem(builder.origin, "expected two addresses")
    }
    builder.source = AddressPattern(source)
    builder.destination = AddressPattern(destination)
    let words = lines[1].words
    builder.childProtocol = lines[1].text.hasPrefix("ah") ? .ah : .esp
    let spi = words.first { $0.hasPrefix("spi=") }?.dropFirst(4)
    guard let spi, let number = UInt32(spi.prefix { $0.isNumber }) else {
      throw KeyProblem(
        KeyOrigin(file: file, line: lines[1].number), "expected spi=NUMBER(0xNUMBER)")
    }
    builder.spi = SPIPattern(number)
    builder.mode = words.first { $0.hasPrefix("mode=") }
      .flatMap { ChildMode(rawValue: String($0.dropFirst(5))) }
    for line in lines.dropFirst(2) {
      let origin = KeyOrigin(file: file, line: line.number)
      if let rest = line.text.after("E:") {
        (builder.cipherName, builder.cipherKey) = try algorithm(rest, origin)
      } else if let rest = line.text.after("A:") {
        (builder.integrityName, builder.integrityKey) = try algorithm(rest, origin)
        // racoon's kernels kept the 96 bits of the draft for SHA-256 only before 2.6.33 and 2010.
      }
    }
    return try builder.build()
  }

  /// `aes-cbc  f6ddb555 acfd9d77 …`
  private static func algorithm(
    _ text: Substring, _ origin: KeyOrigin
  ) throws(KeyProblem) -> (String, [UInt8]) {
    let words = text.split(separator: " ", maxSplits: 1)
    guard let name = words.first else { throw KeyProblem(origin, "expected NAME KEY") }
    guard let key = KeyValues.hex(words.count > 1 ? words[1] : "") else {
      throw KeyProblem(origin, "expected NAME and a key in hexadecimal")
    }
    return (String(name), key)
  }
}
