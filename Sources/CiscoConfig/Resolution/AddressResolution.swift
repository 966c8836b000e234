internal import Bytes

extension CryptoConfiguration {
  /// The addresses that a spec comes to, objects and nested groups followed.
  ///
  /// `any` comes to both families, IPv4 first. A group that contains itself, directly or through
  /// others, contributes its other members once.
  package func addressBlocks(of spec: AddressSpec) -> Resolved<AddressBlock> {
    var result = Resolved<AddressBlock>()
    var pending = [spec]
    var visited: Set<String> = []
    while let next = pending.popLast() {
      switch next {
      case .any:
        result.add(.prefix(.anyIPv4))
        result.add(.prefix(.anyIPv6))
      case .prefix(let prefix):
        result.add(.prefix(prefix))
      case .range(let range):
        result.add(.range(range))
      case .wildcard(let wildcard):
        result.add(.wildcard(wildcard))
      case .object(let name):
        guard let value = networkObjects[name]?.value else {
          result.miss(name)
          continue
        }
        pending.append(value)
      case .group(let name):
        guard let group = objectGroups[name], group.kind == .network else {
          result.miss(name)
          continue
        }
        guard visited.insert(name).inserted else { continue }
        pending.append(contentsOf: group.addressMembers.reversed())
      case .interface(let name):
        let addresses = interface(name)?.addresses ?? []
        if addresses.isEmpty { result.miss(name) }
        for address in addresses { result.add(.prefix(IPPrefix(host: address.value.address))) }
      case .name(let name):
        result.miss(name)
      }
    }
    return result
  }
}

extension ObjectGroup {
  /// The members of a network group, in the order of the file.
  fileprivate var addressMembers: [AddressSpec] {
    members.compactMap { member in
      switch member.value {
      case .address(let spec): spec
      case .group(let name): .group(name)
      case .service, .ports, .ipProtocol, .icmp: nil
      }
    }
  }
}
