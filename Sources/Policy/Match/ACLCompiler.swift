import CiscoConfig

/// Looks up what the lines of access lists refer to, each reference once.
struct ACLCompiler {
  private let configuration: CryptoConfiguration
  private var addresses: [AddressSpec: [AddressMatch]] = [:]
  private var services: [ServiceSpec: [ServiceMatch]] = [:]

  init(_ configuration: CryptoConfiguration) {
    self.configuration = configuration
  }

  mutating func compile(_ list: AccessList) -> CompiledACL {
    var entries: [CompiledACE] = []
    entries.reserveCapacity(list.entries.count)
    for entry in list.entries { entries.append(compile(entry)) }
    return CompiledACL(name: list.name, entries: entries, line: CitedLine(list.line))
  }

  mutating func compile(_ entry: AccessControlEntry) -> CompiledACE {
    let unknowable: AccessControlEntry.Marks = [.established, .otherCondition, .evaluate]
    return CompiledACE(
      position: entry.position, isPermit: entry.action == .permit, line: CitedLine(entry.line),
      sources: matches(entry.source), destinations: matches(entry.destination),
      services: matches(entry.service),
      names: CompiledACE.FieldNames(
        source: entry.source.name, destination: entry.destination.name,
        service: entry.service.name),
      isActive: entry.isActive, timeRange: entry.timeRange,
      isConditional: !entry.marks.isDisjoint(with: unknowable),
      wantsLaterFragment: entry.marks.contains(.fragments))
  }

  /// What an address of a line stands for.
  mutating func matches(_ spec: AddressSpec) -> [AddressMatch] {
    switch spec {
    case .any: return [.any]
    case .prefix(let prefix): return [.range(AddressRange(prefix))]
    default: break
    }
    if let known = addresses[spec] { return known }
    let resolved = configuration.addressBlocks(of: spec)
    let result =
      resolved.elements.map { AddressMatch($0) } + resolved.unresolved.map { .unknown($0) }
    addresses[spec] = result
    return result
  }

  /// What the service of a line stands for.
  private mutating func matches(_ spec: ServiceSpec) -> [ServiceMatch] {
    if let known = services[spec] { return known }
    let resolved = configuration.serviceElements(of: spec)
    let result =
      resolved.elements.map { ServiceMatch.element($0) }
      + resolved.unresolved.map { ServiceMatch.unknown($0) }
    services[spec] = result
    return result
  }
}

extension AddressSpec {
  /// The object or group that is named.
  fileprivate var name: String? {
    switch self {
    case .object(let name), .group(let name): name
    default: nil
    }
  }
}

extension ServiceSpec {
  /// The object or group that stands for the service as a whole.
  fileprivate var name: String? {
    guard sourcePorts == .any, destinationPorts == .any, icmp == .any else { return nil }
    return switch ipProtocol {
    case .object(let name), .group(let name): name
    default: nil
    }
  }
}
