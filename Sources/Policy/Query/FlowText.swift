import Bytes
import CiscoConfig

/// An error in a flow's text, with the place.
package struct FlowTextError: Error, Sendable, Equatable, CustomStringConvertible {
  package let text: String
  /// The offset of the first byte that is wrong.
  package let offset: Int
  package let problem: String
  package let remedy: String

  package var description: String {
    let shown = printable(text)
    // Only a text that is shown as it stands can be pointed into.
    let pointer =
      shown == text
      ? "\n  \(shown)\n  \(String(repeating: " ", count: min(offset, 200)))^" : " in \"\(shown)\""
    return "The flow \(problem).\(remedy.isEmpty ? "" : " \(remedy)")\(pointer)"
  }
}

extension Packet {
  /// A packet from text: `tcp 10.0.0.5:1025 > 10.1.1.9:443`, `icmp 8/0 10.0.0.5 > 10.1.1.7`,
  /// `udp [2001:db8::1]:500 > [2001:db8::2]:isakmp`, `47 10.0.0.1 > 10.0.0.2`. The protocol is a
  /// name or a number, `:` and a port follow an address, `->` may stand for `>`.
  package init(flow text: String) throws(FlowTextError) {
    var reader = FlowTextReader(text)
    self = try reader.packet()
  }
}

/// The words of a flow's text, with where they begin.
private struct FlowTextReader {
  private let text: String
  private var words: ArraySlice<(offset: Int, text: Substring)>

  init(_ text: String) {
    self.text = text
    var words: [(offset: Int, text: Substring)] = []
    for word in text.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "," }) {
      let offset = text.utf8.distance(from: text.startIndex, to: word.startIndex)
      words.append((offset, word))
    }
    self.words = words[...]
  }

  private func error(_ offset: Int?, _ problem: String, _ remedy: String = "") -> FlowTextError {
    FlowTextError(
      text: text, offset: offset ?? text.utf8.count, problem: problem, remedy: remedy)
  }

  mutating func packet() throws(FlowTextError) -> Packet {
    let number = try protocolNumber()
    let message = try icmpMessage(number)
    let source = try end(number, "source")
    guard let arrow = words.first, [">", "->", "=>", "to"].contains(arrow.text) else {
      throw error(
        words.first?.offset, "lacks the > between source and destination",
        "Write \"tcp 10.0.0.5:1025 > 10.1.1.9:443\".")
    }
    words.removeFirst()
    let place = words.first?.offset
    let destination = try end(number, "destination")
    if let rest = words.first { throw error(rest.offset, "goes on after the destination") }
    guard source.address.isIPv6 == destination.address.isIPv6 else {
      throw error(place, "goes from one address family to the other")
    }
    var packet = Packet(
      source.address, destination.address, protocolNumber: number, sourcePort: source.port,
      destinationPort: destination.port)
    (packet.icmpType, packet.icmpCode) = message
    return packet
  }

  private mutating func protocolNumber() throws(FlowTextError) -> UInt8 {
    guard let word = words.popFirst() else {
      throw error(0, "is empty", "Write \"tcp 10.0.0.5:1025 > 10.1.1.9:443\".")
    }
    guard let number = ProtocolName.number(String(word.text)) else {
      throw error(
        word.offset, "begins with a word that is no protocol",
        "Begin with tcp, udp, icmp, gre, esp, … or the protocol's number.")
    }
    return number
  }

  /// `8` or `8/0` behind icmp and icmp6.
  private mutating func icmpMessage(_ number: UInt8) throws(FlowTextError) -> (UInt8?, UInt8?) {
    guard number == 1 || number == 58, let word = words.first,
      word.text.utf8.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: "/") })
    else { return (nil, nil) }
    words.removeFirst()
    let parts = word.text.split(separator: "/", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let type = UInt8(parts[0]) else {
      throw error(word.offset, "has no ICMP type and code from 0 to 255 here")
    }
    guard parts.count == 2 else { return (type, nil) }
    guard let code = UInt8(parts[1]) else {
      throw error(word.offset, "has no ICMP code from 0 to 255 here")
    }
    return (type, code)
  }

  private mutating func end(
    _ number: UInt8, _ which: String
  ) throws(FlowTextError) -> (address: IPAddress, port: UInt16?) {
    guard let word = words.popFirst() else {
      throw error(nil, "lacks its \(which)", "Write an address, and a port behind a colon.")
    }
    if let address = IPAddress(text: word.text) { return (address, nil) }
    if word.text.hasPrefix("[") { return try bracketed(word, number, which) }
    guard let colon = word.text.lastIndex(of: ":"),
      let address = IPAddress(text: word.text[..<colon])
    else {
      throw error(
        word.offset, "has no address as its \(which)",
        "Write an IPv4 address, or an IPv6 address in brackets before a port.")
    }
    let rest = word.text[word.text.index(after: colon)...]
    return (address, try port(rest, number, word.offset + word.text.utf8.count - rest.utf8.count))
  }

  private func bracketed(
    _ word: (offset: Int, text: Substring), _ number: UInt8, _ which: String
  ) throws(FlowTextError) -> (address: IPAddress, port: UInt16?) {
    guard let close = word.text.firstIndex(of: "]"),
      let address = IPAddress(text: word.text[..<close].dropFirst())
    else { throw error(word.offset, "has no address in the brackets of its \(which)") }
    let rest = word.text[word.text.index(after: close)...]
    if rest.isEmpty { return (address, nil) }
    let place = word.offset + word.text.utf8.count - rest.utf8.count
    guard rest.hasPrefix(":") else {
      throw error(place, "has something else than a port behind the bracket")
    }
    return (address, try port(rest.dropFirst(), number, place + 1))
  }

  private func port(
    _ word: Substring, _ number: UInt8, _ offset: Int
  ) throws(FlowTextError) -> UInt16 {
    guard [6, 17, 132, 136].contains(number) else {
      throw error(offset - 1, "gives a port to a protocol that has none")
    }
    guard let port = UInt16(word) ?? PortNames.number(String(word)) else {
      throw error(offset, "has no port from 0 to 65535 here", "Write a number, or a name as www.")
    }
    return port
  }
}
