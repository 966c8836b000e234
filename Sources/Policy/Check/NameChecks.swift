import CiscoConfig

extension ConfigurationCheck {
  /// Objects, groups, keyrings and profiles that are named and not defined (X-ACL-11).
  mutating func checkNames() {
    checkObjects()
    for profile in configuration.isakmpProfiles {
      for ring in profile.keyrings where configuration.keyrings[ring.value] == nil {
        // `keyring default` stands for the global keys.
        guard ring.value != "default" else { continue }
        undefined("Keyring", ring.value, [ring.line], "crypto keyring")
      }
    }
    for profile in configuration.ikev2Profiles {
      guard let ring = profile.keyring, configuration.ikev2Keyrings[ring.value] == nil,
        !profile.keyringIsOfAAA(ring)
      else { continue }
      undefined("IKEv2 keyring", ring.value, [ring.line], "crypto ikev2 keyring")
    }
    for policy in configuration.ikev2Policies {
      for name in policy.proposalNames
      where configuration.ikev2Proposals[name.value] == nil && name.value != "default" {
        undefined("IKEv2 proposal", name.value, [name.line], "crypto ikev2 proposal")
      }
    }
    for interface in configuration.interfaces {
      guard let profile = interface.tunnel?.profile, profile.value != "default",
        configuration.ipsecProfiles[profile.value] == nil
      else { continue }
      undefined("IPsec profile", profile.value, [profile.line], "crypto ipsec profile")
    }
    for map in configuration.cryptoMaps {
      for entry in map.entries { checkProfiles(entry.settings, [map.name]) }
    }
  }

  private mutating func checkProfiles(_ settings: ProtectionSettings, _ maps: Set<String>) {
    if let profile = settings.isakmpProfile, configuration.isakmpProfiles[profile.value] == nil {
      undefined(
        "ISAKMP profile", profile.value, [profile.line], "crypto isakmp profile", maps: maps)
    }
    if let profile = settings.ikev2Profile, configuration.ikev2Profiles[profile.value] == nil {
      undefined("IKEv2 profile", profile.value, [profile.line], "crypto ikev2 profile", maps: maps)
    }
  }

  /// What the lines of crypto access lists name: each once, with the lines that name it.
  private mutating func checkObjects() {
    var lines: [String: [SourceLine]] = [:]
    let hosts = namesWithoutAddress
    for name in cryptoLists.keys.sorted() {
      for ace in lists[name]?.entries ?? [] {
        for missing in Set(ace.unresolvedNames)
        where !hosts.contains(missing) && lines[missing, default: []].count < 8 {
          lines[missing, default: []].append(SourceLine(number: ace.line.line, text: ace.line.text))
        }
      }
    }
    for (name, lines) in lines.sorted(by: { $0.key < $1.key }) {
      undefined("Object", name, lines, "object or object-group")
    }
  }

  /// Host names and interfaces: they are what they are, only their addresses are not known.
  private var namesWithoutAddress: Set<String> {
    var names: Set<String> = []
    func note(_ spec: AddressSpec?) {
      switch spec {
      case .name(let name), .interface(let name): names.insert(name)
      default: break
      }
    }
    for object in configuration.networkObjects { note(object.value) }
    for group in configuration.objectGroups {
      for case .address(let spec) in group.members.map(\.value) { note(spec) }
    }
    for name in cryptoLists.keys {
      for entry in configuration.accessLists[name]?.entries ?? [] {
        note(entry.source)
        note(entry.destination)
      }
    }
    return names
  }

  private mutating func undefined(
    _ what: String, _ name: String, _ lines: [SourceLine], _ command: String,
    maps: Set<String> = []
  ) {
    report(
      .undefinedReference, .error, lines, "\(what) \(name) is not defined.",
      remedy: "Define it with \(command), or correct the name.", rule: "X-ACL-11", maps: maps)
  }
}

extension IKEv2Profile {
  /// True for `keyring aaa LIST`: the keys are on a server.
  fileprivate func keyringIsOfAAA(_ ring: Sourced<String>) -> Bool {
    ring.line.text.contains("keyring aaa")
  }
}
