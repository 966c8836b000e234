import CiscoConfig

/// What an ACE says of a packet's protocol, ports and ICMP message.
enum ServiceMatch: Sendable, Hashable {
  case element(ServiceElement)
  /// A service that the configuration does not define.
  case unknown(String)

  func matches(_ packet: Packet) -> Truth {
    guard case .element(let element) = self else { return .maybe }
    if let wanted = element.ipProtocol, wanted != packet.protocolNumber { return .no }
    return Self.matchesPorts(element, packet) && Self.matchesMessage(element, packet)
  }

  private static func matchesPorts(_ element: ServiceElement, _ packet: Packet) -> Truth {
    guard element.sourcePorts != nil || element.destinationPorts != nil else { return .yes }
    // A fragment that is not the first carries no ports (S-TRAP-12).
    if packet.isLaterFragment { return .no }
    return matches(element.sourcePorts, packet.sourcePort)
      && matches(element.destinationPorts, packet.destinationPort)
  }

  private static func matches(_ wanted: ClosedRange<UInt16>?, _ port: UInt16?) -> Truth {
    guard let wanted else { return .yes }
    guard let port else { return .maybe }
    return Truth(wanted.contains(port))
  }

  private static func matchesMessage(_ element: ServiceElement, _ packet: Packet) -> Truth {
    guard let wanted = element.icmpType else { return .yes }
    if packet.isLaterFragment { return .no }
    guard let type = packet.icmpType else { return .maybe }
    guard type == wanted else { return .no }
    guard let wantedCode = element.icmpCode else { return .yes }
    return packet.icmpCode.map { Truth($0 == wantedCode) } ?? .maybe
  }

  var element: ServiceElement? {
    if case .element(let element) = self { element } else { nil }
  }

  var unresolved: String? {
    if case .unknown(let name) = self { name } else { nil }
  }

  /// True when every packet of the other is one of this.
  func covers(_ other: ServiceMatch) -> Bool {
    guard let own = element, let other = other.element else { return false }
    if let wanted = own.ipProtocol, wanted != other.ipProtocol { return false }
    return Self.covers(own.sourcePorts, other.sourcePorts)
      && Self.covers(own.destinationPorts, other.destinationPorts)
      && (own.icmpType == nil || own.icmpType == other.icmpType)
      && (own.icmpCode == nil || own.icmpCode == other.icmpCode)
  }

  private static func covers(_ own: ClosedRange<UInt16>?, _ other: ClosedRange<UInt16>?) -> Bool {
    guard let own else { return true }
    guard let other else { return own.lowerBound == 0 && own.upperBound == .max }
    return own.lowerBound <= other.lowerBound && other.upperBound <= own.upperBound
  }

  /// True when some packet may be in both.
  func overlaps(_ other: ServiceMatch) -> Bool {
    guard let own = element, let other = other.element else { return false }
    if let left = own.ipProtocol, let right = other.ipProtocol, left != right { return false }
    return Self.overlap(own.sourcePorts, other.sourcePorts)
      && Self.overlap(own.destinationPorts, other.destinationPorts)
      && (own.icmpType == nil || other.icmpType == nil || own.icmpType == other.icmpType)
  }

  private static func overlap(_ left: ClosedRange<UInt16>?, _ right: ClosedRange<UInt16>?) -> Bool {
    guard let left, let right else { return true }
    return left.overlaps(right)
  }

  /// The same service seen from the other end.
  var reversed: ServiceMatch {
    guard case .element(var element) = self else { return self }
    (element.sourcePorts, element.destinationPorts) = (
      element.destinationPorts, element.sourcePorts
    )
    return .element(element)
  }

  /// `ip`, the protocol's keyword, or its number.
  var protocolText: String {
    element?.ipProtocol.map { "\(ProtocolName($0))" } ?? unresolved ?? "ip"
  }
}

extension ServiceMatch: CustomStringConvertible {
  /// `tcp`, `tcp :1024-65535 > :443`, `icmp 8/0`.
  var description: String {
    guard let element else { return unresolved ?? "?" }
    var text = protocolText
    if let type = element.icmpType {
      text += " \(type)" + (element.icmpCode.map { "/\($0)" } ?? "")
    }
    if let ports = element.sourcePorts { text += " from port \(PortScope(ports))" }
    if let ports = element.destinationPorts { text += " to port \(PortScope(ports))" }
    return text
  }
}

extension PortScope {
  init(_ ports: ClosedRange<UInt16>) {
    self =
      ports.lowerBound == ports.upperBound
      ? .one(ports.lowerBound) : .several("\(ports.lowerBound)-\(ports.upperBound)")
  }
}
