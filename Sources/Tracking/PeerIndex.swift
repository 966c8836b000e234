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

  fileprivate struct Reference {
    weak var sa: IKESA?
  }

  /// The SAs between two hosts, the latest apart: most pairs have but one.
  fileprivate struct References {
    var latest: Reference
    var older: [Reference] = []
  }

  /// SAs between two hosts beyond which the oldest are let go of.
  private static let most = 512
  private var pairs: [Pair: References] = [:]
  /// How many pairs there are when those without an SA are looked for.
  private var tidiesAt = 4096

  /// The SA between two hosts that had a first message last.
  func latest(_ one: IPAddress, _ other: IPAddress) -> IKESA? {
    guard let references = pairs[Pair(one, other)] else { return nil }
    return references.latest.sa ?? references.older.last { $0.sa != nil }?.sa
  }

  /// All SAs between two hosts, in the order of first messages.
  func all(_ one: IPAddress, _ other: IPAddress) -> [IKESA] {
    guard let references = pairs[Pair(one, other)] else { return [] }
    return references.older.compactMap(\.sa) + [references.latest.sa].compactMap { $0 }
  }

  /// The latest few SAs between two hosts, in the order of first messages.
  func recent(_ one: IPAddress, _ other: IPAddress) -> [IKESA] {
    guard let references = pairs[Pair(one, other)] else { return [] }
    return (references.older.suffix(15) + [references.latest]).compactMap(\.sa)
  }

  mutating func add(_ sa: IKESA, _ one: IPAddress, _ other: IPAddress) {
    let pair = Pair(one, other)
    guard pairs[pair] != nil else {
      pairs[pair] = References(latest: Reference(sa: sa))
      tidy()
      return
    }
    pairs[pair]?.add(Reference(sa: sa), most: Self.most)
  }

  private mutating func tidy() {
    guard pairs.count > tidiesAt else { return }
    pairs = pairs.filter { $0.value.isUsed }
    tidiesAt = max(4096, 2 * pairs.count)
  }
}

extension PeerIndex.References {
  fileprivate var isUsed: Bool { latest.sa != nil || older.contains { $0.sa != nil } }

  fileprivate mutating func add(_ reference: PeerIndex.Reference, most: Int) {
    if latest.sa === reference.sa { return }
    if latest.sa != nil { older.append(latest) }
    latest = reference
    guard older.count >= 64, older.count % 64 == 0 else { return }
    older.removeAll { $0.sa == nil }
    if older.count > most { older.removeFirst(older.count - most) }
  }
}
