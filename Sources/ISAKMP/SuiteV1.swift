import Registries

/// How the packets of an IKEv1 child SA are wrapped (RFC 2407 §4.5, RFC 3947 §5.1).
package struct EncapsulationMode: Hashable, Sendable, CustomStringConvertible {
  /// The attribute's value.
  package let rawValue: UInt16

  /// Any number is valid.
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Tunnel mode.
  package static let tunnel = Self(rawValue: 1)
  /// Transport mode.
  package static let transport = Self(rawValue: 2)

  /// True for tunnel mode, in UDP or not, in final or draft numbers.
  package var isTunnel: Bool { [1, 3, 61440, 61443].contains(rawValue) }
  /// True for transport mode, in UDP or not, in final or draft numbers.
  package var isTransport: Bool { [2, 4, 61444].contains(rawValue) }
  /// True where UDP encapsulation is agreed.
  package var isUDPEncapsulated: Bool { rawValue > 2 && (isTunnel || isTransport) }

  private var entry: RegistryEntry? {
    Phase2Values.registry.entry(UInt32(rawValue), in: "encapsulation-mode")
  }

  /// The identifier in reports: `tunnel`, `udp-tunnel`, `unknown-7`.
  package var id: String { entry?.id ?? "unknown-\(rawValue)" }

  /// The text for people.
  package var description: String { entry?.name ?? "unknown \(rawValue)" }
}

extension Proposal {
  /// A phase 1 transform: its attributes are the suite (RFC 2409, appendix A).
  func phase1Suite(_ transform: Transform) -> Suite {
    var suite = emptySuite(transform: transform.number)
    var lifetimes = LifetimeReader()
    let keyBits = transform.attribute(Phase1Attribute.keyLength.rawValue)?.number
    for attribute in transform.attributes {
      guard let number = attribute.number.map({ UInt16(truncatingIfNeeded: $0) }) else { continue }
      switch Phase1Attribute(rawValue: attribute.type) {
      case .encryption:
        suite.algorithms.append(
          SuiteAlgorithm(
            role: .encryption, name: EncryptionAlgorithmV1(rawValue: number).id, id: number,
            keyBits: keyBits.flatMap { Int(exactly: $0) }))
      case .hash:
        suite.algorithms.append(
          SuiteAlgorithm(role: .hash, name: HashAlgorithmV1(rawValue: number).id, id: number))
      case .prf:
        suite.algorithms.append(
          SuiteAlgorithm(role: .prf, name: "unknown-\(number)", id: number))
      case .groupDescription:
        suite.algorithms.append(
          SuiteAlgorithm(role: .group, name: DiffieHellmanGroup(rawValue: number).id, id: number))
      case .authenticationMethod:
        suite.algorithms.append(
          SuiteAlgorithm(
            role: .auth, name: AuthenticationMethodV1(rawValue: number).id, id: number))
      case .lifeType: lifetimes.type = number
      case .lifeDuration: lifetimes.read(attribute, into: &suite)
      default: break
      }
    }
    return suite
  }

  /// A phase 2 transform: its identifier and its attributes are the suite (RFC 2407 §4.4, §4.5).
  func phase2Suite(_ transform: Transform) -> Suite {
    var suite = emptySuite(transform: transform.number)
    let keyBits = transform.attribute(Phase2Attribute.keyLength.rawValue)?.number
    suite.algorithms.append(phase2Algorithm(transform, keyBits.flatMap { Int(exactly: $0) }))
    var lifetimes = LifetimeReader()
    for attribute in transform.attributes {
      guard let number = attribute.number.map({ UInt16(truncatingIfNeeded: $0) }) else { continue }
      switch Phase2Attribute(rawValue: attribute.type) {
      case .lifeType: lifetimes.type = number
      case .lifeDuration: lifetimes.read(attribute, into: &suite)
      case .groupDescription:
        suite.algorithms.append(
          SuiteAlgorithm(role: .group, name: DiffieHellmanGroup(rawValue: number).id, id: number))
      case .encapsulationMode: suite.encapsulation = EncapsulationMode(rawValue: number)
      case .authenticationAlgorithm where protocolID != .ah:
        suite.algorithms.append(value("authentication-algorithm", .integrity, number))
      case .esn: suite.algorithms.append(value("esn", .esn, number))
      default: break
      }
    }
    return suite
  }

  private func phase2Algorithm(_ transform: Transform, _ keyBits: Int?) -> SuiteAlgorithm {
    let role: SuiteAlgorithm.Role
    let space: String
    switch protocolID {
    case .ah: (role, space) = (.integrity, "ah")
    case .esp: (role, space) = (.encryption, "esp")
    case .ipcomp: (role, space) = (.compression, "ipcomp")
    default: (role, space) = (.other, "")
    }
    let entry = IPsecTransformsV1.registry.entry(UInt32(transform.id), in: space)
    return SuiteAlgorithm(
      role: role, name: entry?.id ?? "unknown-\(transform.id)", id: transform.id, keyBits: keyBits)
  }

  private func value(
    _ attribute: String, _ role: SuiteAlgorithm.Role, _ number: UInt16
  ) -> SuiteAlgorithm {
    let entry = Phase2Values.registry.entry(UInt32(number), in: attribute)
    return SuiteAlgorithm(role: role, name: entry?.id ?? "unknown-\(number)", id: number)
  }
}

/// Life type attributes, each followed by its duration.
private struct LifetimeReader {
  var type: UInt16?

  mutating func read(_ duration: DataAttribute, into suite: inout Suite) {
    guard let number = duration.number else { return }
    switch type {
    case 1: suite.lifetimeSeconds = number
    case 2: suite.lifetimeKilobytes = number
    default: break
    }
  }
}
