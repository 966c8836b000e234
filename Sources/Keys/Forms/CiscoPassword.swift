import Bytes
package import Crypto

/// Passwords as Cisco configurations write them: in clear, hidden by type 7, or encrypted.
package enum CiscoPassword {
  /// What a written key stands for.
  ///
  /// - Parameters:
  ///   - text: The key's word.
  ///   - type: The number in front of it; nil where there is none, which means clear.
  /// - Returns: The key, or why it is not known.
  package static func value(_ text: some StringProtocol, type: Int?) -> PreSharedKey.Value {
    if !text.isEmpty, text.allSatisfy({ $0 == "*" }) { return .masked }
    switch type {
    case nil, 0: return .known(Secret(text.utf8))
    case 7: return decodeType7(text).map { .known($0) } ?? .encrypted(type: 7)
    case .some(let type): return .encrypted(type: type)
    }
  }

  /// Type 7: two decimal digits tell where in a fixed text to begin, each following pair of
  /// hexadecimal digits is a byte XORed with the text. It hides from a glance and no more.
  package static func decodeType7(_ text: some StringProtocol) -> Secret? {
    guard text.utf8.count >= 4, let start = Int(text.prefix(2)), (0..<pad.count).contains(start),
      let hidden = bytes(hexadecimal: String(text.dropFirst(2)))
    else { return nil }
    return Secret(
      hidden.enumerated().map { index, byte in byte ^ pad[(start + index) % pad.count] })
  }

  private static let pad = Array("dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87".utf8)
}
