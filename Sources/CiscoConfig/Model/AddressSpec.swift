package import Bytes

/// The addresses a line names, as far as the line alone tells: literally, or by reference to an
/// object, a group or an interface.
package enum AddressSpec: Hashable, Sendable {
  /// `any`: both families on an ASA (from 9.0, X-ACL-03).
  case any
  /// A network or host; host bits that the line had under the mask are cleared. `any4` is
  /// `0.0.0.0/0`, `any6` is `::/0`, and so is `any` in a list that has one family only.
  case prefix(IPPrefix)
  /// `range first last` of a network object, both inclusive.
  case range(AddressRange)
  /// An IPv4 address with a mask that is no prefix: bits set in `wildcard` are free.
  case wildcard(WildcardAddress)
  /// `object NAME`: a network object.
  case object(String)
  /// `object-group NAME`: a network group.
  case group(String)
  /// `interface NAME`: the address of that interface.
  case interface(String)
  /// A host name, a fully qualified name or a placeholder: no address is known.
  case name(String)
}

/// Addresses from first to last, both inclusive, of one family.
package struct AddressRange: Hashable, Sendable, CustomStringConvertible {
  /// The lowest address.
  package let first: IPAddress
  /// The highest address.
  package let last: IPAddress

  /// A range; nil when the families differ or the first is above the last.
  package init?(_ first: IPAddress, _ last: IPAddress) {
    guard first.isIPv6 == last.isIPv6, first <= last else { return nil }
    self.first = first
    self.last = last
  }

  /// The addresses of a network.
  package init(_ prefix: IPPrefix) {
    first = prefix.address
    last = prefix.last
  }

  /// True when the address lies in the range; never for the other family.
  package func contains(_ address: IPAddress) -> Bool {
    address.isIPv6 == first.isIPv6 && first <= address && address <= last
  }

  /// True when the whole other range lies in this one.
  package func contains(_ other: AddressRange) -> Bool {
    contains(other.first) && contains(other.last)
  }

  /// `10.0.0.1-10.0.0.9`.
  package var description: String { "\(first)-\(last)" }
}

/// An IPv4 address with a discontiguous mask (I-ACL-14: not supported in crypto ACLs).
package struct WildcardAddress: Hashable, Sendable, CustomStringConvertible {
  /// The fixed bits; free bits are zero.
  package let bits: UInt32
  /// The free bits are set, as IOS writes wildcards (an ASA mask inverted).
  package let wildcard: UInt32

  /// An address of which the bits set in `wildcard` are free.
  package init(bits: UInt32, wildcard: UInt32) {
    self.bits = bits & ~wildcard
    self.wildcard = wildcard
  }

  /// True when all fixed bits agree; never for IPv6.
  package func contains(_ address: IPAddress) -> Bool {
    guard let other = address.ipv4 else { return false }
    return other & ~wildcard == bits
  }

  /// `10.0.0.1 0.255.255.0`, address and wildcard.
  package var description: String {
    "\(IPAddress(ipv4: bits)) \(IPAddress(ipv4: wildcard))"
  }
}

/// Addresses with no reference left in them: what an `AddressSpec` comes to.
package enum AddressBlock: Hashable, Sendable {
  /// A network or host.
  case prefix(IPPrefix)
  /// From first to last.
  case range(AddressRange)
  /// IPv4 with a discontiguous mask.
  case wildcard(WildcardAddress)

  /// True for IPv6.
  package var isIPv6: Bool {
    switch self {
    case .prefix(let prefix): prefix.isIPv6
    case .range(let range): range.first.isIPv6
    case .wildcard: false
    }
  }

  /// True when the address is one of these.
  package func contains(_ address: IPAddress) -> Bool {
    switch self {
    case .prefix(let prefix): prefix.contains(address)
    case .range(let range): range.contains(address)
    case .wildcard(let wildcard): wildcard.contains(address)
    }
  }

  /// The smallest range around these addresses (exact but for discontiguous masks).
  package var hull: AddressRange {
    switch self {
    case .prefix(let prefix):
      return AddressRange(prefix)
    case .range(let range):
      return range
    case .wildcard(let wildcard):
      let first = IPAddress(ipv4: wildcard.bits)
      let last = IPAddress(ipv4: wildcard.bits | wildcard.wildcard)
      return AddressRange(first, last) ?? AddressRange(IPPrefix(host: first))
    }
  }
}

extension AddressBlock: CustomStringConvertible {
  /// `10.0.0.0/24`, `10.0.0.1-10.0.0.9` or `10.0.0.1 0.255.255.0`.
  package var description: String {
    switch self {
    case .prefix(let prefix): prefix.description
    case .range(let range): range.description
    case .wildcard(let wildcard): wildcard.description
    }
  }
}
