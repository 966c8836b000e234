/// One traffic selector: what a line selects when every reference in it has been followed. Each
/// is a proxy identity of its own, hence an SA pair of its own (X-ACL-02).
package struct SelectorElement: Hashable, Sendable {
  /// The source addresses.
  package let source: AddressBlock
  /// The destination addresses, of the same family.
  package let destination: AddressBlock
  /// Protocol and ports.
  package let service: ServiceElement

  /// A selector.
  package init(source: AddressBlock, destination: AddressBlock, service: ServiceElement) {
    self.source = source
    self.destination = destination
    self.service = service
  }
}

extension CryptoConfiguration {
  /// The selectors of an access list line: the product of its services, sources and destinations,
  /// pairs of different families left out, cut at `limit`. Literal lines give one.
  package func selectors(
    of entry: AccessControlEntry, limit: Int = 100_000
  ) -> Resolved<SelectorElement> {
    var result = Resolved<SelectorElement>()
    let services = serviceElements(of: entry.service)
    let sources = addressBlocks(of: entry.source)
    let destinations = addressBlocks(of: entry.destination)
    for name in services.unresolved + sources.unresolved + destinations.unresolved {
      result.miss(name)
    }
    result.isTruncated =
      services.isTruncated || sources.isTruncated || destinations.isTruncated
    let families = Dictionary(grouping: destinations.elements, by: \.isIPv6)
    for service in services.elements {
      for source in sources.elements {
        for destination in families[source.isIPv6] ?? [] {
          guard result.elements.count < limit else {
            result.isTruncated = true
            return result
          }
          result.add(
            SelectorElement(source: source, destination: destination, service: service))
        }
      }
    }
    return result
  }
}
