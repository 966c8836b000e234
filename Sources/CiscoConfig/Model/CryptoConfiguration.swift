/// Everything a configuration says about what is protected, how, and for whom.
///
/// Elements keep the line that made them. References are names: an element that refers to
/// something undefined keeps the name, and looking it up gives nil (X-ACL-11).
package struct CryptoConfiguration: Sendable {
  /// The file, as the user named it.
  package var path: String
  /// The command language.
  package var dialect: Dialect
  /// True when the dialect was given and not recognised from the text.
  package var isDialectGiven = false
  /// The release the text names.
  package var version: SoftwareVersion?
  /// `hostname`.
  package var hostname: Sourced<String>?
  /// `domain-name`, `ip domain name`.
  package var domainName: Sourced<String>?
  /// The security context, where the text holds several.
  package var contextName: String?
  /// The number of lines in the text.
  package var lineCount = 0

  /// The crypto map sets.
  package var cryptoMaps = NamedList<CryptoMap>()
  /// The dynamic map sets.
  package var dynamicMaps = NamedList<DynamicMap>()
  /// The transform sets.
  package var transformSets = NamedList<TransformSet>()
  /// The IKEv2 proposals of an ASA's IPsec.
  package var ipsecProposals = NamedList<IPsecProposal>()
  /// The IPsec profiles of tunnel interfaces.
  package var ipsecProfiles = NamedList<IPsecProfile>()
  /// The IKEv1 policies in ascending priority number.
  package var ikev1Policies: [IKEv1Policy] = []
  /// The IKEv2 policies; on an ASA in ascending priority number.
  package var ikev2Policies = NamedList<IKEv2Policy>()
  /// The IKEv2 proposals of IOS.
  package var ikev2Proposals = NamedList<IKEv2Proposal>()
  /// The global pre-shared keys: `crypto isakmp key`, PIX 6 `isakmp key`.
  package var isakmpKeys: [PreSharedKey] = []
  /// The keyrings of IKEv1.
  package var keyrings = NamedList<Keyring>()
  /// The keyrings of IKEv2.
  package var ikev2Keyrings = NamedList<IKEv2Keyring>()
  /// The ISAKMP profiles.
  package var isakmpProfiles = NamedList<ISAKMPProfile>()
  /// The IKEv2 profiles.
  package var ikev2Profiles = NamedList<IKEv2Profile>()
  /// The tunnel-groups.
  package var tunnelGroups = NamedList<TunnelGroup>()
  /// The group policies.
  package var groupPolicies = NamedList<GroupPolicy>()
  /// The certificate rules by map name, then ascending index.
  package var certificateRules: [CertificateMapRule] = []
  /// How certificates come to tunnel-groups.
  package var tunnelGroupMap = TunnelGroupMap()

  /// The access lists.
  package var accessLists = NamedList<AccessList>()
  /// The access lists bound to interfaces as packet filters.
  package var accessGroups: [AccessGroup] = []
  /// The network objects.
  package var networkObjects = NamedList<NetworkObject>()
  /// The service objects.
  package var serviceObjects = NamedList<ServiceObject>()
  /// The object groups.
  package var objectGroups = NamedList<ObjectGroup>()
  /// The time ranges.
  package var timeRanges = NamedList<TimeRange>()

  /// The interfaces.
  package var interfaces = NamedList<Interface>()
  /// The static routes in the order of the file.
  package var routes: [Route] = []
  /// The translation rules in the order of the file.
  package var natRules: [NATRule] = []
  /// The translation pools.
  package var natPools: [NATPool] = []
  /// The entries of route maps, by name, then ascending sequence number.
  package var routeMaps: [RouteMapEntry] = []
  /// The settings that hold for every tunnel.
  package var settings = GlobalSettings()

  /// Crypto, access list, tunnel-group and NAT lines that were not understood, in file order.
  package var notUnderstood: [UnreadLine] = []
  /// How many more such lines there were than the list holds (100,000).
  package var unlistedCount = 0
  /// What was noticed or repaired, in file order.
  package var notes: [ReadingNote] = []
  /// The other contexts or devices that the same text holds.
  package var contexts: [CryptoConfiguration] = []

  /// An empty configuration.
  package init(path: String, dialect: Dialect) {
    self.path = path
    self.dialect = dialect
  }
}

extension CryptoConfiguration {
  /// The interface of that name or nameif, without regard to case (IOS names are).
  package func interface(_ name: String) -> Interface? {
    if let exact = interfaces[name] { return exact }
    let wanted = name.lowercased()
    return interfaces.first {
      $0.nameif?.value.lowercased() == wanted || $0.name.lowercased() == wanted
    }
  }

  /// The crypto map set bound to an interface, by its name or nameif.
  package func cryptoMap(onInterface name: String) -> CryptoMap? {
    let interface = interface(name)
    if let bound = interface?.cryptoMap, let map = cryptoMaps[bound.value] { return map }
    let names = [name, interface?.name, interface?.nameif?.value].compactMap { $0?.lowercased() }
    return cryptoMaps.first { map in
      map.interfaces.contains { names.contains($0.value.lowercased()) }
    }
  }
}

/// Why a text gives no configuration at all.
package enum ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The text is something else: what it seems to be.
  case notConfiguration(path: String, seems: String)

  /// What the file seems to be, and what to give instead.
  package var description: String {
    switch self {
    case .notConfiguration(let path, let seems):
      """
      \(path): not a Cisco configuration: \(seems). Give the output of `show running-config` \
      (on an ASA `more system:running-config` shows the keys too).
      """
    }
  }
}
