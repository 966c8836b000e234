import ISAKMP
import Registries

/// What many messages say alike is remembered once: notations, lists of payload types, proposals and
/// vendor identifiers of tunnels that one gateway makes are the same a thousand times.
struct Interned {
  private var notations = Pool<String>()
  private var types = Pool<[UInt8]>()
  private var algorithms = Pool<[SuiteAlgorithm]>()
  private var suites = Pool<[Suite]>()
  private var vendors: [[UInt8]: KnownVendor] = [:]

  /// The message with its texts and lists shared.
  mutating func shared(_ seen: SeenMessage) -> SeenMessage {
    var seen = seen
    seen.notation = notations.shared(seen.notation)
    if !seen.payloadTypes.isEmpty { seen.payloadTypes = types.shared(seen.payloadTypes) }
    if !seen.innerTypes.isEmpty { seen.innerTypes = types.shared(seen.innerTypes) }
    return seen
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
  /// The last one and the one before: a request and its answer, over and over.
  private var last: Value?
  private var before: Value?

  mutating func shared(_ value: Value) -> Value {
    if let last, last == value { return last }
    if let before, before == value {
      swap(&self.last, &self.before)
      return before
    }
    before = last
    let shared = fromAll(value)
    last = shared
    return shared
  }

  private mutating func fromAll(_ value: Value) -> Value {
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
