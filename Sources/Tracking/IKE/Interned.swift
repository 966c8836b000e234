import Bytes
import ISAKMP
import Registries

/// What many messages say alike is remembered once: notations, lists of payload types, proposals and
/// vendor identifiers of tunnels that one gateway makes are the same a thousand times.
struct Interned {
  private var looks: [MessageLook: SharedValue<MessageLook>] = [:]
  /// The ways that messages came last, by a hash of both ends.
  private var paths: [MessagePath?] = Array(repeating: nil, count: 1 << 10)
  private var algorithms = Pool<[SuiteAlgorithm]>()
  private var suites = Pool<[Suite]>()
  private var vendors: [[UInt8]: KnownVendor] = [:]

  /// What a message says, as the others of the same look hold it.
  mutating func shared(_ look: MessageLook) -> SharedValue<MessageLook> {
    if let known = looks[look] { return known }
    if looks.count >= Pool<Int>.most { looks.removeAll(keepingCapacity: true) }
    let new = SharedValue(look)
    looks[look] = new
    return new
  }

  /// The way from one end to another, as the others that came it hold it.
  mutating func path(
    from source: Endpoint, to destination: Endpoint, over transport: MessageTransport
  ) -> MessagePath {
    let mark =
      source.address.low &* 3 ^ destination.address.low ^ UInt64(source.port) << 40
    let place = Int(truncatingIfNeeded: avalanche(mark) & 1023)
    if let known = paths[place], known.leads(from: source, to: destination, over: transport) {
      return known
    }
    let path = MessagePath(source: source, destination: destination, transport: transport)
    paths[place] = path
    return path
  }

  /// The same suites, sharing what was seen before; those of children differ in their SPIs.
  mutating func shared(_ list: [Suite]) -> [Suite] {
    var list = list
    for index in list.indices {
      list[index].algorithms = algorithms.shared(list[index].algorithms)
    }
    return list.allSatisfy(\.spi.isEmpty) ? suites.shared(list) : list
  }

  /// What an identifier says.
  mutating func vendor(_ id: [UInt8]) -> KnownVendor {
    if let known = vendors[id] { return known }
    if vendors.count >= Pool<Int>.most { vendors.removeAll() }
    let vendor = KnownVendor(id: id, meaning: VendorID.identified(by: id))
    vendors[id] = vendor
    return vendor
  }
}

/// Values of which equal ones are kept once, as many as usual traffic has; what is made up to be
/// different each time empties the pool and costs no more than it would without.
private struct Pool<Value: Hashable> {
  static var most: Int { 512 }
  private var values: Set<Value> = []

  mutating func shared(_ value: Value) -> Value {
    if values.count >= Self.most { values.removeAll(keepingCapacity: true) }
    return values.insert(value).memberAfterInsert
  }
}

/// A vendor identifier and what it means.
final class KnownVendor: Sendable {
  let id: [UInt8]
  let meaning: VendorID?

  init(id: [UInt8], meaning: VendorID?) {
    self.id = id
    self.meaning = meaning
  }
}

/// A vendor identifier and who sent it.
struct SeenVendor: Sendable {
  let from: Role
  let vendor: KnownVendor
}

/// A value of each end.
package struct ByRole<Value> {
  private var initiator: Value?
  private var responder: Value?

  init() {}

  /// The value of an end.
  package subscript(role: Role) -> Value? {
    get { role == .initiator ? initiator : responder }
    set { if role == .initiator { initiator = newValue } else { responder = newValue } }
  }

  /// True where neither end has one.
  package var isEmpty: Bool { initiator == nil && responder == nil }
}

extension ByRole: Sendable where Value: Sendable {}
