package import Bytes
package import Tracking

/// The networks that a permit of one end has to name, as its configuration writes them.
package struct NamedNetworks: Hashable, Sendable {
  /// Behind that end.
  private let local: Network
  /// Behind the other end.
  private let remote: Network

  /// Nil where one of the two is no IPv4 prefix with any protocol: no two words say that.
  package init?(local: SelectorRange, remote: SelectorRange) {
    guard let local = Network(local), let remote = Network(remote) else { return nil }
    self.local = local
    self.remote = remote
  }

  /// The two hosts of a flow that leaves that end; nil for IPv6.
  package init?(_ source: IPAddress, _ destination: IPAddress) {
    self.init(
      local: SelectorRange(addresses: source...source),
      remote: SelectorRange(addresses: destination...destination))
  }

  /// Puts the networks in place of `LOCAL MASK` and `REMOTE MASK` (ASA), `LOCAL WILDCARD` and
  /// `REMOTE WILDCARD` (IOS), as an access list writes them, and behind `subnet` as an object does.
  func filled(_ text: String) -> String {
    var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    for index in words.indices.dropLast() {
      let network = words[index] == "LOCAL" ? local : words[index] == "REMOTE" ? remote : nil
      let kind = words[index + 1].prefix { $0.isUppercase }
      guard let network, kind == "MASK" || kind == "WILDCARD" else { continue }
      let rest = words[index + 1].dropFirst(kind.count)
      if network.hostBits == 0 {
        words[index] = "host"
        words[index + 1] = IPAddress(ipv4: network.address).description + rest
        // An object says `host` in place of `subnet`.
        if index > 0, words[index - 1] == "subnet" { words[index - 1] = "" }
      } else {
        let mask = kind == "MASK" ? ~network.hostBits : network.hostBits
        words[index] = IPAddress(ipv4: network.address).description
        words[index + 1] = IPAddress(ipv4: mask).description + rest
      }
    }
    return words.filter { !$0.isEmpty }.joined(separator: " ")
  }

  private struct Network: Hashable {
    let address: UInt32
    /// Ones where addresses of the network differ: an IOS wildcard.
    let hostBits: UInt32

    init?(_ range: SelectorRange) {
      let (low, high) = (range.addresses.lowerBound, range.addresses.upperBound)
      guard !low.isIPv6, !high.isIPv6, range.ipProtocol == 0 else { return nil }
      address = UInt32(truncatingIfNeeded: low.low)
      hostBits = address ^ UInt32(truncatingIfNeeded: high.low)
      guard hostBits & (hostBits &+ 1) == 0, address & hostBits == 0 else { return nil }
    }
  }
}
