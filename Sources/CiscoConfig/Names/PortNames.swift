/// Ports by the words that configurations use for them.
package enum PortNames {
  /// The number of a port's keyword (`www`, `isakmp`), in any case; nil for any other word.
  package static func number(_ word: String) -> UInt16? {
    ServiceNames.ports[word.lowercased()]
  }
}
