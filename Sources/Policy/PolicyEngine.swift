import Bytes
package import CiscoConfig

/// A configuration made ready to answer questions: access lists with their objects looked up, map
/// sets with their dynamic references in place. Answers are pure functions of it.
package struct PolicyEngine: Sendable {
  package let configuration: CryptoConfiguration
  let lists: [String: CompiledACL]
  let maps: [String: CompiledMap]
  /// What is wrong with the configuration by itself (rules §8).
  package let findings: [ConfigurationFinding]

  package init(_ configuration: CryptoConfiguration) {
    self.configuration = configuration
    var compiler = ACLCompiler(configuration)
    var lists: [String: CompiledACL] = [:]
    for list in configuration.accessLists { lists[list.name] = compiler.compile(list) }
    self.lists = lists
    var maps: [String: CompiledMap] = [:]
    for map in configuration.cryptoMaps {
      maps[map.name] = CompiledMap(map, of: configuration, lists: lists)
    }
    self.maps = maps
    findings = ConfigurationCheck.findings(configuration, lists: lists, maps: maps)
  }

  /// Parts that are ready, without findings: for the checks themselves.
  init(
    unchecked configuration: CryptoConfiguration, lists: [String: CompiledACL],
    maps: [String: CompiledMap]
  ) {
    self.configuration = configuration
    self.lists = lists
    self.maps = maps
    findings = []
  }

  var dialect: Dialect { configuration.dialect }

  /// The set bound to an interface.
  func map(onInterface name: String) -> CompiledMap? {
    configuration.cryptoMap(onInterface: name).flatMap { maps[$0.name] }
  }

  /// The sets that are bound to an interface at all, in the order of the file.
  var boundMaps: [CompiledMap] {
    configuration.cryptoMaps.compactMap { map in
      let isBound =
        !map.interfaces.isEmpty
        || configuration.interfaces.contains { $0.cryptoMap?.value == map.name }
      return isBound ? maps[map.name] : nil
    }
  }
}

/// The answer of a configuration to a question.
package func answer(_ query: Query, _ configuration: CryptoConfiguration) -> Verdict {
  PolicyEngine(configuration).answer(query)
}

extension PolicyEngine {
  /// The answer to a question.
  package func answer(_ query: Query) -> Verdict {
    switch query {
    case .flow(let question): answer(question)
    case .phase1(let question): answer(question)
    case .quickMode(let question): answer(question)
    case .ike2Init(let question): answer(question)
    case .ike2Child(let question): answer(question)
    case .ike2ChildProposal(let question): answer(question)
    case .tunnelGroup(let question): answer(question)
    }
  }
}
