/// A crypto map set: all entries of one name (A-CM-02).
package struct CryptoMap: Named {
  /// The set's name.
  package let name: String
  /// The entries in ascending sequence number, the order of evaluation.
  package var entries: [CryptoMapEntry] = []
  /// Where the set is bound: the nameif (ASA `crypto map m interface outside`) or the interface's
  /// name (IOS `crypto map m` under `interface`).
  package var interfaces: [Sourced<String>] = []
  /// IOS `crypto map m local-address IF` (I-AP-03).
  package var localAddressInterface: Sourced<String>?
  /// IOS `crypto map m isakmp-profile NAME`.
  package var isakmpProfile: Sourced<String>?
  /// IOS `crypto map m redundancy NAME`.
  package var redundancy: Sourced<String>?
  /// IOS `crypto ipv6 map`, `crypto map ipv6`.
  package var isIPv6 = false
  /// Client, authorisation and accounting settings of the set, as written.
  package var others: [SourceLine] = []
  /// The first line that names the set.
  package let line: SourceLine

  /// An empty set.
  package init(name: String, line: SourceLine) {
    self.name = name
    self.line = line
  }

  /// The entry with that sequence number.
  package func entry(_ sequence: Int) -> CryptoMapEntry? {
    entries.first { $0.sequence == sequence }
  }
}

/// One entry of a crypto map set.
@dynamicMemberLookup
package struct CryptoMapEntry: Hashable, Sendable {
  /// What kind of entry it is.
  package enum Kind: Hashable, Sendable {
    /// `ipsec-isakmp`, and entries of an ASA that carry no tag.
    case isakmp
    /// `ipsec-manual`: keys from the configuration, no IKE.
    case manual
    /// `ipsec-isakmp dynamic NAME [discover]`.
    case dynamic(String)
    /// `gdoi`: access list and keys come from a key server.
    case gdoi
    /// `cisco`: Cisco Encryption Technology, legacy and unsupported (M-17).
    case cisco
  }

  /// The sequence number; lower is tried first.
  package let sequence: Int
  /// What kind of entry it is.
  package var kind: Kind = .isakmp
  /// What it selects and asks for.
  package var settings = ProtectionSettings()
  /// All lines that make the entry, in the order of the file; never empty.
  package var lines: [SourceLine]
  /// The first of them.
  package let line: SourceLine

  /// An entry opened by a line.
  package init(sequence: Int, line: SourceLine) {
    self.sequence = sequence
    self.line = line
    lines = [line]
  }

  /// The settings, as if they were the entry's own.
  package subscript<Value>(dynamicMember path: KeyPath<ProtectionSettings, Value>) -> Value {
    settings[keyPath: path]
  }
}

/// A dynamic crypto map set: templates for peers whose address is not known (A-DY-01).
package struct DynamicMap: Named {
  /// The set's name.
  package let name: String
  /// The entries in ascending sequence number.
  package var entries: [DynamicMapEntry] = []
  /// The first line that names the set.
  package let line: SourceLine

  /// An empty set.
  package init(name: String, line: SourceLine) {
    self.name = name
    self.line = line
  }
}

/// One entry of a dynamic map set.
@dynamicMemberLookup
package struct DynamicMapEntry: Hashable, Sendable {
  /// The sequence number; lower is tried first.
  package let sequence: Int
  /// What it selects and asks for.
  package var settings = ProtectionSettings()
  /// All lines that make the entry, in the order of the file; never empty.
  package var lines: [SourceLine]
  /// The first of them.
  package let line: SourceLine

  /// An entry opened by a line.
  package init(sequence: Int, line: SourceLine) {
    self.sequence = sequence
    self.line = line
    lines = [line]
  }

  /// The settings, as if they were the entry's own.
  package subscript<Value>(dynamicMember path: KeyPath<ProtectionSettings, Value>) -> Value {
    settings[keyPath: path]
  }
}
