/// What an ACE says of a packet's protocol, ports and ICMP type.
struct ServiceMatch: Sendable, Hashable {
  /// The IP protocol number; nil for any (`ip`).
  var protocolNumber: UInt8?
  /// Source ports; nil for any.
  var sourcePorts: PortMatch?
  /// Destination ports; nil for any.
  var destinationPorts: PortMatch?
  /// The ICMP type; nil for any.
  var icmpType: UInt8?
  /// The ICMP code; nil for any.
  var icmpCode: UInt8?
  /// The name of what could not be resolved: a service object that is not defined.
  var unresolved: String?

  /// Any protocol, any port.
  static let any = ServiceMatch()

  func matches(_ packet: Packet) -> Truth {
    if unresolved != nil { return .maybe }
    if let protocolNumber, protocolNumber != packet.protocolNumber { return .no }
    return portsMatch(packet) && icmpMatches(packet)
  }

  private func portsMatch(_ packet: Packet) -> Truth {
    guard sourcePorts != nil || destinationPorts != nil else { return .yes }
    // A fragment that is not the first carries no ports (S-TRAP-12).
    if packet.isLaterFragment { return .no }
    return Self.matches(sourcePorts, packet.sourcePort)
      && Self.matches(destinationPorts, packet.destinationPort)
  }

  private static func matches(_ wanted: PortMatch?, _ port: UInt16?) -> Truth {
    guard let wanted else { return .yes }
    guard let port else { return .maybe }
    return Truth(wanted.contains(port))
  }

  private func icmpMatches(_ packet: Packet) -> Truth {
    guard let icmpType else { return .yes }
    if packet.isLaterFragment { return .no }
    guard let type = packet.icmpType else { return .maybe }
    guard type == icmpType else { return .no }
    guard let icmpCode else { return .yes }
    return packet.icmpCode.map { Truth($0 == icmpCode) } ?? .maybe
  }

  /// True when every packet of the other is one of this.
  func covers(_ other: ServiceMatch) -> Bool {
    if unresolved != nil || other.unresolved != nil { return false }
    if let protocolNumber, protocolNumber != other.protocolNumber { return false }
    return PortMatch.covers(sourcePorts, other.sourcePorts)
      && PortMatch.covers(destinationPorts, other.destinationPorts)
      && (icmpType == nil || icmpType == other.icmpType)
      && (icmpCode == nil || icmpCode == other.icmpCode)
  }

  /// True when some packet may be in both.
  func overlaps(_ other: ServiceMatch) -> Bool {
    if let protocolNumber, let others = other.protocolNumber, protocolNumber != others {
      return false
    }
    return PortMatch.overlap(sourcePorts, other.sourcePorts)
      && PortMatch.overlap(destinationPorts, other.destinationPorts)
      && (icmpType == nil || other.icmpType == nil || icmpType == other.icmpType)
  }

  /// The same service seen from the other end.
  var reversed: ServiceMatch {
    var result = self
    result.sourcePorts = destinationPorts
    result.destinationPorts = sourcePorts
    return result
  }
}

/// A set of ports: closed ranges in ascending order.
struct PortMatch: Sendable, Hashable {
  /// As the line writes it: `eq 443`, `range 8000 8010`.
  let text: String
  let ranges: [ClosedRange<UInt16>]

  func contains(_ port: UInt16) -> Bool {
    ranges.contains { $0.contains(port) }
  }

  /// The port, where the set holds exactly one.
  var single: UInt16? {
    guard ranges.count == 1, let range = ranges.first, range.lowerBound == range.upperBound else {
      return nil
    }
    return range.lowerBound
  }

  /// How an SA's scope names the ports.
  var scope: PortScope {
    if let single { return .one(single) }
    return .several(
      ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
        .joined(separator: ","))
  }

  static func == (left: PortMatch, right: PortMatch) -> Bool { left.ranges == right.ranges }
  func hash(into hasher: inout Hasher) { hasher.combine(ranges) }

  static func covers(_ own: PortMatch?, _ other: PortMatch?) -> Bool {
    guard let own else { return true }
    guard let other else { return false }
    return other.ranges.allSatisfy { part in
      own.ranges.contains { $0.lowerBound <= part.lowerBound && part.upperBound <= $0.upperBound }
    }
  }

  static func overlap(_ own: PortMatch?, _ other: PortMatch?) -> Bool {
    guard let own, let other else { return true }
    return own.ranges.contains { part in other.ranges.contains { $0.overlaps(part) } }
  }
}
