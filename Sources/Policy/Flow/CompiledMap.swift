import CiscoConfig

/// A crypto map set made ready for evaluation: dynamic references in their place, access lists
/// looked up, and for each entry how packets are to be treated that reach it.
struct CompiledMap: Sendable {
  let map: CryptoMap
  /// In the order of outbound evaluation: ascending sequence, within a dynamic reference ascending
  /// dynamic sequence (rules §0.1).
  let entries: [CompiledEntry]
}

/// One entry of a set, static or dynamic.
struct CompiledEntry: Sendable {
  /// What an outbound packet meets here.
  enum Selection: Sendable {
    /// The ACEs of a list, in order.
    case list(CompiledACL)
    /// Nothing by itself: a dynamic entry without an ACL.
    case nothing
    /// Everything that comes so far is dropped: an ASA's incomplete entry (A-CM-22).
    case incompleteStops
    /// The entry is not in force: an incomplete entry of IOS.
    case incompleteSkips
    /// Everything that comes so far is dropped: IOS, the ACL is missing or empty (I-DY-08).
    case missingListStops
    /// Nothing: the ACL that is named is not there (an ASA's dynamic entry).
    case missingListSkips
    /// Nothing: Cisco Encryption Technology, which is no IPsec (M-17).
    case legacy
    /// What the key server says, which is not in the file (X-IOS-02).
    case keyServer(CompiledACL?)
  }

  let map: String
  let sequence: Int
  let kind: CryptoMapEntry.Kind
  let line: CitedLine
  let dynamic: DynamicPart?
  let settings: ProtectionSettings
  let selection: Selection
  let list: CompiledACL?

  /// The dynamic entry behind a dynamic reference.
  struct DynamicPart: Sendable {
    let name: String
    let sequence: Int
    let line: CitedLine
  }

  var isManual: Bool { kind == .manual }
  var isDynamic: Bool { dynamic != nil }

  /// The elements that count: of a manual entry the first permit ends the list (I-MAN-02).
  var countedACEs: ArraySlice<CompiledACE> {
    guard let list else { return [] }
    guard isManual, let first = list.entries.firstIndex(where: { $0.isPermit && $0.isActive })
    else { return list.entries[...] }
    return list.entries[...first]
  }

  /// `mymap 10`, `mymap 200 dynamic dyn1 10`.
  var name: String {
    "\(map) \(sequence)" + (dynamic.map { " dynamic \($0.name) \($0.sequence)" } ?? "")
  }
}

extension CompiledMap {
  init(
    _ map: CryptoMap, of configuration: CryptoConfiguration, lists: [String: CompiledACL]
  ) {
    self.map = map
    var entries: [CompiledEntry] = []
    for entry in map.entries {
      guard case .dynamic(let name) = entry.kind else {
        entries.append(
          CompiledEntry(
            map.name, entry, nil, entry.settings, lists: lists, dialect: configuration.dialect))
        continue
      }
      for dynamic in configuration.dynamicMaps[name]?.entries ?? [] {
        let part = CompiledEntry.DynamicPart(
          name: name, sequence: dynamic.sequence, line: CitedLine(dynamic.line))
        entries.append(
          CompiledEntry(
            map.name, entry, part, dynamic.settings, lists: lists, dialect: configuration.dialect))
      }
    }
    self.entries = entries
  }
}

extension CompiledEntry {
  init(
    _ map: String, _ entry: CryptoMapEntry, _ dynamic: DynamicPart?,
    _ settings: ProtectionSettings, lists: [String: CompiledACL], dialect: Dialect
  ) {
    self.map = map
    sequence = entry.sequence
    kind = entry.kind
    line = CitedLine(entry.line)
    self.dynamic = dynamic
    self.settings = settings
    let found = settings.accessList.flatMap { lists[$0.value] }
    list = found.flatMap { $0.entries.isEmpty ? nil : $0 }
    selection = Self.selection(entry.kind, dynamic != nil, settings, list, dialect)
  }

  private static func selection(
    _ kind: CryptoMapEntry.Kind, _ isDynamic: Bool, _ settings: ProtectionSettings,
    _ list: CompiledACL?, _ dialect: Dialect
  ) -> Selection {
    if kind == .gdoi { return .keyServer(list) }
    if kind == .cisco { return .legacy }
    if isDynamic {
      guard settings.accessList != nil else { return .nothing }
      if let list { return .list(list) }
      return dialect == .ios ? .missingListStops : .missingListSkips
    }
    let isComplete = settings.accessList != nil && !settings.peers.isEmpty
    guard isComplete else { return dialect == .asa ? .incompleteStops : .incompleteSkips }
    if let list { return .list(list) }
    return dialect == .ios ? .missingListStops : .incompleteStops
  }
}
