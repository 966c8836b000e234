/// Why libcrypto could not do what was asked. Never holds a key.
package enum CryptoError: Error, Hashable, Sendable {
  /// The algorithm is known and cannot be computed here; the reason says what is missing.
  case unsupported(algorithm: String, reason: String)
  /// The key's length does not fit the algorithm; `expected` is in words, such as "16, 24 or 32".
  case keyLength(algorithm: String, expected: String, got: Int)
  /// An input other than the key has an impossible length or value.
  case invalidInput(algorithm: String, what: String)
  /// libcrypto refused without telling why in terms of the input.
  case library(operation: String)
}

extension CryptoError: CustomStringConvertible {
  /// One sentence for the user.
  package var description: String {
    switch self {
    case .unsupported(let algorithm, let reason):
      "\(algorithm) cannot be computed here: \(reason)"
    case .keyLength(let algorithm, let expected, let got):
      "a key of \(algorithm) has \(expected) bytes, this one has \(got)"
    case .invalidInput(let algorithm, let what):
      "\(algorithm): \(what)"
    case .library(let operation):
      "libcrypto failed at \(operation)"
    }
  }
}
