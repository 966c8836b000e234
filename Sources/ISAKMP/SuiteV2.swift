import Registries

extension Proposal {
  /// An IKEv2 proposal: its transforms by type (RFC 7296 §3.3).
  var suiteV2: Suite {
    var suite = emptySuite(transform: nil)
    suite.algorithms = transforms.map { transform in
      let keyBits = transform.attribute(TransformAttribute.keyLength.rawValue)?.number
      return SuiteAlgorithm(
        role: transform.type.role, name: transform.contractName, id: transform.id,
        keyBits: keyBits.flatMap { Int(exactly: $0) })
    }
    return suite
  }
}

extension TransformType {
  /// The purpose that this type of transform serves.
  var role: SuiteAlgorithm.Role {
    switch self {
    case .encryption: .encryption
    case .prf: .prf
    case .integrity: .integrity
    case .group: .group
    case .sequenceNumbers: .esn
    default: SuiteAlgorithm.Role(rawValue: id) ?? .other
    }
  }
}

extension Transform {
  /// The contract identifier of an IKEv2 transform; `type 15: 7` for an unknown type.
  package var contractName: String {
    switch type {
    case .encryption: EncryptionAlgorithm(rawValue: id).id
    case .prf: PseudorandomFunction(rawValue: id).id
    case .integrity: IntegrityAlgorithm(rawValue: id).id
    case .group, .addke1, .addke2, .addke3, .addke4, .addke5, .addke6, .addke7:
      DiffieHellmanGroup(rawValue: id).id
    default:
      OtherTransforms.registry.entry(UInt32(id), in: String(type.rawValue))?.id
        ?? (type.isKnown ? "unknown-\(id)" : "type \(type.rawValue): \(id)")
    }
  }
}
