import Bytes
import CiscoConfig

/// What an ACE says of one address of a packet.
enum AddressMatch: Sendable, Hashable {
  /// Any address of either family.
  case any
  /// An address of a range.
  case range(AddressRange)
  /// An address whose bits under `mask` equal `value`'s, where the mask is not one run of ones.
  case masked(value: UInt32, mask: UInt32)
  /// An object, a name or a group that the configuration does not define or does not tell.
  case unknown(String)

  init(_ block: AddressBlock) {
    switch block {
    case .prefix(let prefix): self = .range(AddressRange(prefix))
    case .range(let range): self = .range(range)
    case .wildcard(let wildcard): self = .masked(value: wildcard.bits, mask: ~wildcard.wildcard)
    }
  }

  func matches(_ address: IPAddress) -> Truth {
    switch self {
    case .any: .yes
    case .range(let range): Truth(range.contains(address))
    case .masked(let value, let mask):
      Truth(address.ipv4.map { $0 & mask == value & mask } ?? false)
    case .unknown: .maybe
    }
  }

  /// How a proposed range stands to this.
  func relation(of proposed: AddressRange) -> Step.Relation {
    switch self {
    case .any:
      let all = proposed.isIPv6 ? AddressRange.allIPv6 : .allIPv4
      return proposed == all ? .same : .narrower
    case .range(let range):
      if proposed == range { return .same }
      if range.contains(proposed) { return .narrower }
      if proposed.contains(range) { return .wider }
      return range.overlaps(proposed) ? .overlaps : .disjoint
    case .masked:
      guard proposed.first == proposed.last else { return .unknown }
      return matches(proposed.first) == .yes ? .narrower : .disjoint
    case .unknown:
      return .unknown
    }
  }

  /// The range that an SA's scope would name for a packet's address.
  func scope(near address: IPAddress) -> String {
    switch self {
    case .any: address.isIPv6 ? "::/0" : "0.0.0.0/0"
    case .range(let range): range.selector
    case .masked(let value, let mask): "\(IPAddress(ipv4: value)) mask \(IPAddress(ipv4: mask))"
    case .unknown(let name): name
    }
  }

  /// The range, where the match is one; all IPv4 for `any`.
  var range: AddressRange? {
    switch self {
    case .any: .allIPv4
    case .range(let range): range
    case .masked, .unknown: nil
    }
  }

  /// True when every address of the other is one of this.
  func covers(_ other: AddressMatch) -> Bool {
    switch (self, other) {
    case (.any, _): true
    case (.range(let own), .range(let others)): own.contains(others)
    default: self == other && !isUnknown
    }
  }

  /// True when some address may be in both.
  func overlaps(_ other: AddressMatch) -> Bool {
    switch (self, other) {
    case (.range(let own), .range(let others)): own.overlaps(others)
    case (.unknown, _), (_, .unknown): false
    default: true
    }
  }

  var isUnknown: Bool {
    if case .unknown = self { true } else { false }
  }
}

extension AddressMatch: CustomStringConvertible {
  var description: String {
    switch self {
    case .any: "any"
    case .range(let range): range.selector
    case .masked(let value, let mask): "\(IPAddress(ipv4: value)) mask \(IPAddress(ipv4: mask))"
    case .unknown(let name): name
    }
  }
}
