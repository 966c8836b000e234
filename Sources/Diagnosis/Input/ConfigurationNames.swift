/// The user's own names for what a remedy speaks of, as the configuration of one end has them.
package struct ConfigurationNames: Hashable, Sendable {
  /// The crypto map.
  package var map: String?
  /// The number of its entry for the peer.
  package var sequence: Int?
  /// The entry's crypto access list.
  package var accessList: String?
  /// The entry's first transform set or IPsec proposal.
  package var transformSet: String?
  /// The interface that carries the crypto map; on an ASA its nameif.
  package var interface: String?
  /// The IKE policy that was taken or came nearest.
  package var policy: Int?
  /// The tunnel-group of the peer.
  package var tunnelGroup: String?
  /// The trustpoint bound to the peer.
  package var trustpoint: String?
  /// The other end's address.
  package var peer: String?
  /// The networks that a permit has to name.
  package var networks: NamedNetworks?

  package init() {}

  /// Puts the names in place of the capital words that stand for them: `MAP`, `SEQ`, `ACL`, `SET`,
  /// `OUTSIDE`, `NUMBER`, `GROUP`, `TRUSTPOINT`, `ADDRESS`. What is not known stays as it is.
  func filled(_ text: String) -> String {
    let text = networks?.filled(text) ?? text
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    return words.map { word in
      // `nat (inside,OUTSIDE)` has its word behind a comma.
      let start = word.hasPrefix("(") ? word.firstIndex(of: ",").map(word.index(after:)) : nil
      let before = word[..<(start ?? word.startIndex)]
      let name = word[before.endIndex...].prefix { $0.isUppercase }
      let rest = word[name.endIndex...]
      guard rest.allSatisfy({ ",;.:)".contains($0) }), let value = value(of: String(name)) else {
        return String(word)
      }
      return before + value + rest
    }.joined(separator: " ")
  }

  private func value(of word: String) -> String? {
    switch word {
    case "MAP": map
    case "SEQ": sequence.map(String.init)
    case "ACL": accessList
    case "SET": transformSet
    case "OUTSIDE": interface
    case "NUMBER": policy.map(String.init)
    case "GROUP": tunnelGroup
    case "TRUSTPOINT": trustpoint
    case "ADDRESS": peer
    default: nil
    }
  }
}
