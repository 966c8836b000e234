import Bytes
import CiscoConfig

extension ConfigurationCheck {
  /// The lines of access lists that a crypto map uses.
  mutating func checkLists() {
    for (name, maps) in cryptoLists.sorted(by: { $0.key < $1.key }) {
      guard let list = configuration.accessLists[name], let compiled = lists[name] else { continue }
      for entry in list.entries { checkMasks(entry, maps) }
      for ace in compiled.entries { checkAny(ace, in: compiled, maps) }
      checkBothDirections(compiled, maps)
    }
    if dialect == .ios { checkDenyPermitOverlap() }
  }

  /// The access lists that select traffic, with the sets they serve.
  var cryptoLists: [String: Set<String>] {
    var result: [String: Set<String>] = [:]
    for map in orderedMaps {
      for entry in map.entries {
        guard let name = entry.settings.accessList?.value else { continue }
        result[name, default: []].insert(map.map.name)
      }
    }
    for map in configuration.dynamicMaps {
      for entry in map.entries {
        guard let name = entry.accessList?.value else { continue }
        result[name, default: []].formUnion([])
      }
    }
    return result
  }

  private mutating func checkMasks(_ entry: AccessControlEntry, _ maps: Set<String>) {
    if !entry.marks.isDisjoint(with: [.sourceHostBits, .destinationHostBits]) {
      report(
        .hostBits, .warning, [entry.line],
        "An address has host bits under its mask; the mask decides, so the network was read.",
        remedy: dialect == .asa
          ? "An ASA refuses the line: write the network, or the host with 255.255.255.255."
          : "Write the network, or host and the address.",
        rule: "X-ACL-12", maps: maps)
    }
    if entry.marks.contains(.discontiguousMask) {
      report(
        .discontiguousMask, .error, [entry.line],
        "A mask with gaps is not supported in a crypto access list.",
        remedy: "Write the networks one by one.", rule: "I-ACL-14", maps: maps)
    }
  }

  private mutating func checkAny(
    _ ace: CompiledACE, in list: CompiledACL, _ maps: Set<String>
  ) {
    guard ace.isPermit, ace.isActive, ace.hasAnySource || ace.hasAnyTarget else { return }
    let line = SourceLine(number: ace.line.line, text: ace.line.text)
    if ace.hasAnySource, ace.hasAnyTarget, ace.isAnyService {
      report(
        .anyAnyPermit, .warning, [line],
        "permit ip any any protects all traffic to one peer and drops all clear traffic that "
          + "comes in, routing protocols included.",
        remedy: "Name the networks; or put deny lines for everything else before it.",
        rule: dialect == .asa ? "A-ACL-10" : "I-ACL-15", maps: maps)
    } else {
      report(
        .anyPermit, .info, [line], "A permit with any protects more than one would think.",
        remedy: "Name the networks.", rule: dialect == .asa ? "A-ACL-12" : "I-ACL-15", maps: maps)
    }
    guard ace.hasAnyTarget, !Self.deniesMulticast(before: ace, in: list) else { return }
    report(
      .multicastAny, .warning, [line],
      "any as the destination takes in multicast and broadcast, which cannot be protected.",
      remedy: "Put deny lines for 224.0.0.0/4 and the broadcast address before it.",
      rule: dialect == .asa ? "A-DY-04" : "I-ACL-16", maps: maps)
  }

  private static func deniesMulticast(before ace: CompiledACE, in list: CompiledACL) -> Bool {
    guard let groups = AddressRange(text: "224.0.0.0/4") else { return false }
    return list.entries.prefix { $0.position != ace.position }.contains { other in
      !other.isPermit && other.isActive && other.isAnyService
        && other.destinations.contains { $0.covers(.range(groups)) }
    }
  }

  /// A line that is its own mirror, and two lines that mirror each other.
  private mutating func checkBothDirections(_ list: CompiledACL, _ maps: Set<String>) {
    var seen: [MirrorKey: CompiledACE] = [:]
    for ace in list.entries where ace.isPermit && ace.isActive {
      let line = SourceLine(number: ace.line.line, text: ace.line.text)
      let isAny = ace.hasAnySource && ace.hasAnyTarget
      if ace.sources == ace.destinations, !isAny {
        report(
          .selfMirrorACE, .warning, [line],
          "Source and destination are the same: the line protects a network towards itself.",
          remedy: "Name the other end's network as the destination.", rule: "A-UT-01", maps: maps)
        continue
      }
      if let other = seen[MirrorKey(ace, reversed: true)], !isAny {
        report(
          .bothDirections, .warning,
          [SourceLine(number: other.line.line, text: other.line.text), line],
          "The list holds a flow and its reverse: the reverse never matches what goes out, and "
            + "offers the peer a proxy that is the wrong way round.",
          remedy: "Remove the line that begins with the other end's network.", rule: "X-ACL-13",
          maps: maps)
      }
      seen[MirrorKey(ace, reversed: false)] = ace
    }
  }

  private struct MirrorKey: Hashable {
    let sources: [AddressMatch]
    let destinations: [AddressMatch]
    let services: [ServiceMatch]

    init(_ ace: CompiledACE, reversed: Bool) {
      sources = reversed ? ace.destinations : ace.sources
      destinations = reversed ? ace.sources : ace.destinations
      services = reversed ? ace.services.map(\.reversed) : ace.services
    }
  }

  /// IOS: a deny in one entry and a permit of the same traffic in a later one (I-ACL-13).
  private mutating func checkDenyPermitOverlap() {
    for set in orderedMaps {
      var comparisons = 0
      for (index, entry) in set.entries.enumerated() {
        for deny in entry.countedACEs where !deny.isPermit && deny.isActive {
          guard
            let permit = set.entries[(index + 1)...].lazy.flatMap(\.countedACEs).first(where: {
              comparisons += 1
              return $0.isPermit && $0.isActive && $0.overlaps(deny)
            })
          else { continue }
          report(
            .denyPermitOverlap, .warning,
            [deny.line, permit.line].map { SourceLine(number: $0.line, text: $0.text) },
            "Entry \(entry.sequence) denies what a later entry permits, which IOS does not support.",
            remedy: "Let the access lists of the set not overlap.", rule: "I-ACL-13",
            maps: [set.map.name])
        }
        if comparisons > 5_000_000 { break }
      }
    }
  }
}

extension CompiledACE {
  /// True when some packet may match both.
  func overlaps(_ other: CompiledACE) -> Bool {
    sources.contains { own in other.sources.contains { own.overlaps($0) } }
      && destinations.contains { own in other.destinations.contains { own.overlaps($0) } }
      && services.contains { own in other.services.contains { own.overlaps($0) } }
  }

  /// True when every packet that matches the other matches this.
  func covers(_ other: CompiledACE) -> Bool {
    guard isActive, timeRange == nil, !isConditional, !wantsLaterFragment else { return false }
    return other.sources.allSatisfy { part in sources.contains { $0.covers(part) } }
      && other.destinations.allSatisfy { part in destinations.contains { $0.covers(part) } }
      && other.services.allSatisfy { part in services.contains { $0.covers(part) } }
  }
}
