extension CryptoConfiguration {
  /// The services that a line or an object selects, objects and nested groups followed: the
  /// product of its protocols, source ports and destination ports.
  package func serviceElements(of service: ServiceSpec) -> Resolved<ServiceElement> {
    var result = Resolved<ServiceElement>()
    var pending = [service]
    var visited: Set<String> = []
    while let next = pending.popLast() {
      switch next.ipProtocol {
      case .any:
        add(next, ipProtocol: nil, to: &result)
      case .number(let number):
        add(next, ipProtocol: number, to: &result)
      case .tcpUDP:
        add(next, ipProtocol: 6, to: &result)
        add(next, ipProtocol: 17, to: &result)
      case .object(let name):
        if let value = serviceObjects[name]?.value {
          guard visited.insert("object " + name).inserted else { continue }
          pending.append(value)
        } else if let builtIn = ServiceNames.builtInObject(name) {
          result.add(builtIn)
        } else {
          result.miss(name)
        }
      case .group(let name):
        guard let group = objectGroups[name], group.kind == .service || group.kind == .protocol
        else {
          result.miss(name)
          continue
        }
        guard visited.insert(name).inserted else { continue }
        pending.append(contentsOf: group.serviceMembers(for: next).reversed())
      case .unknown(let word):
        result.miss(word)
      }
    }
    return result
  }

  /// Adds the product of ports or ICMP messages of one protocol.
  private func add(
    _ spec: ServiceSpec, ipProtocol: UInt8?, to result: inout Resolved<ServiceElement>
  ) {
    if ipProtocol == 1 || ipProtocol == 58 {
      for message in messages(of: spec.icmp, unresolved: &result) {
        result.add(
          ServiceElement(ipProtocol: ipProtocol, icmpType: message.type, icmpCode: message.code))
      }
      return
    }
    let sources = ports(of: spec.sourcePorts, unresolved: &result)
    let destinations = ports(of: spec.destinationPorts, unresolved: &result)
    for source in sources where !result.isTruncated {
      for destination in destinations where !result.isTruncated {
        result.add(
          ServiceElement(
            ipProtocol: ipProtocol, sourcePorts: source, destinationPorts: destination))
      }
    }
  }

  /// The ranges a port spec comes to; one nil for "not restricted".
  private func ports(
    of spec: PortSpec, unresolved: inout Resolved<ServiceElement>
  ) -> [ClosedRange<UInt16>?] {
    if spec == .any { return [nil] }
    var found: [ClosedRange<UInt16>?] = []
    var pending = [spec]
    var visited: Set<String> = []
    while let next = pending.popLast() {
      if let ranges = next.ranges {
        found.append(contentsOf: ranges)
        continue
      }
      guard case .group(let name) = next, let group = objectGroups[name], group.kind == .service
      else {
        if case .group(let name) = next { unresolved.miss(name) }
        if case .unknown(let word) = next { unresolved.miss(word) }
        continue
      }
      guard visited.insert(name).inserted else { continue }
      pending.append(contentsOf: group.portMembers.reversed())
    }
    return found
  }

  private func messages(
    of spec: ICMPSpec, unresolved: inout Resolved<ServiceElement>
  ) -> [(type: UInt8?, code: UInt8?)] {
    var found: [(type: UInt8?, code: UInt8?)] = []
    var pending = [spec]
    var visited: Set<String> = []
    while let next = pending.popLast() {
      switch next {
      case .any:
        found.append((nil, nil))
      case .type(let type, let code):
        found.append((type, code))
      case .unknown(let word):
        unresolved.miss(word)
      case .group(let name):
        guard let group = objectGroups[name], group.kind == .icmpType else {
          unresolved.miss(name)
          continue
        }
        guard visited.insert(name).inserted else { continue }
        pending.append(contentsOf: group.icmpMembers.reversed())
      }
    }
    return found
  }
}

extension ObjectGroup {
  /// The members of a service or protocol group as services. Ports and messages written in the
  /// line beside a protocol group apply to each of its protocols.
  fileprivate func serviceMembers(for line: ServiceSpec) -> [ServiceSpec] {
    members.compactMap { member in
      switch member.value {
      case .service(let service):
        return service
      case .ipProtocol(let ipProtocol):
        var service = line
        service.ipProtocol = ipProtocol
        return service
      case .ports(let ports):
        // Ports without a protocol are those of TCP and UDP.
        return ServiceSpec(headerProtocol ?? .tcpUDP, destinationPorts: ports)
      case .group(let name):
        var service = line
        service.ipProtocol = .group(name)
        return service
      case .icmp(let message):
        return ServiceSpec(.number(1), icmp: message)
      case .address:
        return nil
      }
    }
  }

  fileprivate var portMembers: [PortSpec] {
    members.compactMap { member in
      switch member.value {
      case .ports(let ports): ports
      case .service(let service): service.destinationPorts
      case .group(let name): .group(name)
      case .address, .ipProtocol, .icmp: nil
      }
    }
  }

  fileprivate var icmpMembers: [ICMPSpec] {
    members.compactMap { member in
      switch member.value {
      case .icmp(let message): message
      case .group(let name): .group(name)
      case .address, .ports, .ipProtocol, .service: nil
      }
    }
  }
}
