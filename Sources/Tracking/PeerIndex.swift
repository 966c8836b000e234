import Bytes

/// IKE SAs by the two hosts, the latest first to be asked: which tunnel a keepalive, an ICMP error
/// or an ESP flow between these hosts may belong to.
struct PeerIndex {
  private struct Pair: Hashable {
    var low: IPAddress
    var high: IPAddress

    init(_ one: IPAddress, _ other: IPAddress) {
      (low, high) = one < other ? (one, other) : (other, one)
    }
  }

  private struct Reference {
    weak var sa: IKESA?
  }

  private var pairs: [Pair: [Reference]] = [:]

  /// The SA between two hosts that had a first message last.
  func latest(_ one: IPAddress, _ other: IPAddress) -> IKESA? {
    pairs[Pair(one, other)]?.last { $0.sa != nil }?.sa
  }

  /// All SAs between two hosts, in the order of first messages.
  func all(_ one: IPAddress, _ other: IPAddress) -> [IKESA] {
    pairs[Pair(one, other)]?.compactMap(\.sa) ?? []
  }

  mutating func add(_ sa: IKESA, _ one: IPAddress, _ other: IPAddress) {
    let pair = Pair(one, other)
    var references = pairs[pair] ?? []
    if references.last?.sa === sa { return }
    if references.count >= 64 { references.removeAll { $0.sa == nil } }
    references.append(Reference(sa: sa))
    pairs[pair] = references
    if pairs.count > 65536 { pairs = pairs.filter { $0.value.contains { $0.sa != nil } } }
  }
}
