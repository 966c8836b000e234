import Bytes
import Crypto

/// Puts one direction of a child SA together from what a tool prints, and checks that it fits.
package struct ChildKeyBuilder {
  package var origin: KeyOrigin
  package var childProtocol = ChildProtocol.esp
  package var spi = SPIPattern.any
  package var source: AddressPattern?
  package var destination: AddressPattern?
  package var mode: ChildMode?
  package var esn: Bool?
  /// As the tool names them; nil where it says nothing.
  package var cipherName: String?
  package var cipherICVBits: Int?
  package var cipherKey: [UInt8] = []
  package var integrityName: String?
  package var integrityICVBits: Int?
  package var integrityKey: [UInt8] = []

  package init(origin: KeyOrigin) {
    self.origin = origin
  }

  /// The keys of the direction.
  ///
  /// - Throws: The algorithm that is not known, or the key of the wrong length, and where.
  package func build() throws(KeyProblem) -> ChildSAKeys {
    var keys = ChildSAKeys(childProtocol, spi: spi, origin: origin)
    keys.source = source
    keys.destination = destination
    keys.mode = mode
    keys.esn = esn
    if childProtocol == .esp { try addCipher(to: &keys) }
    try addIntegrity(to: &keys)
    guard childProtocol == .esp || keys.integrity != nil else {
      throw KeyProblem(origin, "an AH entry needs an integrity algorithm and its key")
    }
    return keys
  }

  private func addCipher(to keys: inout ChildSAKeys) throws(KeyProblem) {
    let name = cipherName ?? ""
    guard let cipher = AlgorithmNames.cipher(name, icvBits: cipherICVBits) else {
      throw KeyProblem(origin, "the encryption algorithm \(printable(name)) is not known")
    }
    (keys.encryptionKey, keys.salt) = try KeyValues.checkedSplit(
      cipherKey, cipher: cipher, origin: origin)
    keys.encryption = cipher.identifier
  }

  private func addIntegrity(to keys: inout ChildSAKeys) throws(KeyProblem) {
    guard let name = integrityName, !AlgorithmNames.isNoIntegrity(name) else { return }
    guard let known = AlgorithmNames.integrity(name, icvBits: integrityICVBits) else {
      throw KeyProblem(origin, "the integrity algorithm \(printable(name)) is not known")
    }
    try KeyValues.checkIntegrity(known.identifier, key: integrityKey, origin: origin)
    keys.integrity = known.identifier
    keys.integrityKey = Secret(integrityKey)
  }
}

extension KeyMaterial {
  /// Adds what `make` gives, or the problem it throws.
  mutating func add(_ make: () throws(KeyProblem) -> ChildSAKeys) {
    do {
      add(try make())
    } catch {
      add(error)
    }
  }
}
