import Bytes
import Crypto

/// Reads ikescope's own key files: JSON with `psk`, `ike_sas` and `child_sas`.
struct IkescopeKeysReader {
  private let file: String

  /// True when a document has a member that only this form has.
  static func recognises(_ root: JSONNode) -> Bool {
    ["psk", "ike_sas", "child_sas"].contains { root[$0] != nil }
  }

  static func read(_ root: JSONNode, file: String) -> KeyMaterial {
    let reader = IkescopeKeysReader(file: file)
    var result = KeyMaterial()
    reader.each(root["psk"], "psk", into: &result, reader.preSharedKey)
    reader.each(root["ike_sas"], "ike_sas", into: &result, reader.ikeSA)
    reader.each(root["child_sas"], "child_sas", into: &result, reader.childSA)
    return result
  }

  private init(file: String) {
    self.file = file
  }

  private func origin(_ node: JSONNode) -> KeyOrigin { KeyOrigin(file: file, line: node.line) }

  /// One bad entry does not lose the others.
  private func each(
    _ list: JSONNode?, _ name: String, into result: inout KeyMaterial,
    _ read: (JSONNode) throws(KeyProblem) -> Addition
  ) {
    guard let list, !list.isNull else { return }
    guard let entries = list.array else {
      result.add(KeyProblem(origin(list), "\(name) must be an array"))
      return
    }
    for entry in entries {
      do {
        switch try read(entry) {
        case .psk(let key): result.add(key)
        case .ike(let keys): result.add(keys)
        case .child(let keys): result.add(keys)
        case .exchange(let secret): result.add(secret)
        }
      } catch {
        result.add(error)
      }
    }
  }

  private enum Addition {
    case psk(PreSharedKey)
    case ike(IKESAKeys)
    case child(ChildSAKeys)
    case exchange(ExchangeSecret)
  }

  private func preSharedKey(_ entry: JSONNode) throws(KeyProblem) -> Addition {
    guard let node = entry["psk"], let text = node.string else {
      throw KeyProblem(origin(entry), "an entry of psk needs the member psk, a string")
    }
    return .psk(
      PreSharedKey(
        local: try optionalText(entry, "local"), remote: try optionalText(entry, "remote"),
        value: PreSharedKey.Value(written: text), origin: origin(node)))
  }

  private func ikeSA(_ entry: JSONNode) throws(KeyProblem) -> Addition {
    var keys = IKESAKeys(
      version: entry["ike_version"]?.integer, initiatorSPI: try ikeSPI(entry, "spi_i"),
      responderSPI: try ikeSPI(entry, "spi_r"), origin: origin(entry))
    if let version = keys.version, version != 1, version != 2 {
      throw KeyProblem(origin(entry), "ike_version must be 1 or 2, it is \(version)")
    }
    keys.initiator = try optionalText(entry, "initiator").flatMap { IPAddress($0) }
    keys.responder = try optionalText(entry, "responder").flatMap { IPAddress($0) }
    keys.encryption = try optionalText(entry, "encryption")
    keys.encryptionBits = entry["encryption_bits"]?.integer
    keys.integrity = try optionalText(entry, "integrity")
    keys.prf = try optionalText(entry, "prf")
    // `dh` is what strongSwan calls it: MODP_2048, ECP_256.
    let dh = try optionalText(entry, "dh").map { $0.lowercased().filter { $0 != "_" } }
    keys.group = try optionalText(entry, "group") ?? dh
    keys.derivedBy = entry["derived_by"]?.array?.compactMap(\.string) ?? []
    guard let secrets = entry["keys"] else {
      throw KeyProblem(origin(entry), "an entry of ike_sas needs the member keys")
    }
    for name in IKESecret.allCases {
      guard let bytes = try hex(secrets, name.rawValue), !bytes.isEmpty else { continue }
      keys[name] = Secret(bytes)
    }
    guard !keys.secrets.isEmpty else {
      throw KeyProblem(
        origin(secrets),
        "keys holds none of "
          + IKESecret.allCases.map(\.rawValue).joined(separator: ", "))
    }
    try check(keys, at: secrets)
    return .ike(keys)
  }

  /// Lengths are checked where the algorithm is named.
  private func check(_ keys: IKESAKeys, at node: JSONNode) throws(KeyProblem) {
    if let name = keys.encryption {
      guard let cipher = CipherAlgorithm(identifier: name) else {
        throw KeyProblem(origin(node), "the encryption algorithm \(printable(name)) is not known")
      }
      for secret in [IKESecret.encryptionKey, .skEi, .skEr] {
        guard let value = keys[secret] else { continue }
        do {
          _ = try cipher.split(value)
        } catch {
          throw KeyProblem(origin(node), "\(secret.rawValue): \(error)")
        }
      }
    }
    if let name = keys.integrity, keys.version == 2 {
      for secret in [IKESecret.skAi, .skAr] {
        guard let value = keys[secret] else { continue }
        try KeyValues.checkIntegrity(name, key: value.exposed(), origin: origin(node))
      }
    }
    if let name = keys.prf, PseudoRandomFunction(identifier: name) == nil {
      throw KeyProblem(origin(node), "the PRF \(printable(name)) is not known")
    }
  }

  private func childSA(_ entry: JSONNode) throws(KeyProblem) -> Addition {
    let name = try optionalText(entry, "protocol") ?? "esp"
    guard let proto = ChildProtocol(rawValue: name.lowercased()) else {
      throw KeyProblem(origin(entry), "protocol must be esp or ah, it is \(printable(name))")
    }
    guard let text = try optionalText(entry, "spi"), let spi = childSPI(text) else {
      throw KeyProblem(origin(entry), "spi must be up to 8 hexadecimal digits")
    }
    if let secret = try exchangeSecret(entry, spi) { return .exchange(secret) }
    var keys = ChildSAKeys(proto, spi: spi, origin: origin(entry))
    keys.source = try address(entry, "src")
    keys.destination = try address(entry, "dst")
    keys.mode = try optionalText(entry, "mode").flatMap { ChildMode(rawValue: $0.lowercased()) }
    keys.esn = entry["esn"]?.boolean
    keys.ikeInitiatorSPI = try ikeSPI(entry, "ike_spi_i")
    if let name = try optionalText(entry, "integrity"), name != "none" {
      let key = try hex(entry, "integrity_key") ?? []
      try KeyValues.checkIntegrity(name, key: key, origin: origin(entry))
      (keys.integrity, keys.integrityKey) = (name, Secret(key))
    }
    let encryption = try optionalText(entry, "encryption")
    if proto == .esp {
      let name = encryption ?? "null"
      guard let cipher = CipherAlgorithm(identifier: name) else {
        throw KeyProblem(
          origin(entry), "the encryption algorithm \(printable(name)) is not known")
      }
      let material = (try hex(entry, "encryption_key") ?? []) + (try hex(entry, "salt") ?? [])
      (keys.encryptionKey, keys.salt) = try KeyValues.checkedSplit(
        material, cipher: cipher, origin: origin(entry))
      keys.encryption = name
    }
    return .child(keys)
  }

  /// An entry that gives no keys and instead what the child's own key exchange had.
  private func exchangeSecret(
    _ entry: JSONNode, _ spi: SPIPattern
  ) throws(KeyProblem) -> ExchangeSecret? {
    guard try hex(entry, "encryption_key") == nil, try hex(entry, "integrity_key") == nil else {
      return nil
    }
    for (name, make) in [
      ("dh_secret", ExchangeSecret.Value.shared), ("dh_private", ExchangeSecret.Value.private),
    ] {
      guard let bytes = try hex(entry, name), !bytes.isEmpty else { continue }
      guard let spi = spi.exact else {
        throw KeyProblem(origin(entry), "\(name) belongs to one child: give its whole spi")
      }
      return ExchangeSecret(spi: spi, make(Secret(bytes)), origin: origin(entry))
    }
    return nil
  }

  private func childSPI(_ text: String) -> SPIPattern? {
    if text == "*" { return .any }
    if text.contains("*") { return SPIPattern(text) }
    return KeyValues.childSPI(text).map { SPIPattern($0) }
  }

  private func address(_ entry: JSONNode, _ name: String) throws(KeyProblem) -> AddressPattern? {
    guard let text = try optionalText(entry, name), text != "*", text != "any" else { return nil }
    guard let pattern = AddressPattern(text) else {
      throw KeyProblem(origin(entry), "\(name) must be an address, it is \(printable(text))")
    }
    return pattern
  }

  /// A string member; absent, null and empty are the same.
  private func optionalText(_ entry: JSONNode, _ name: String) throws(KeyProblem) -> String? {
    guard let node = entry[name], !node.isNull else { return nil }
    guard let text = node.string else {
      throw KeyProblem(origin(node), "\(name) must be a string")
    }
    return text.isEmpty ? nil : text
  }

  private func hex(_ entry: JSONNode, _ name: String) throws(KeyProblem) -> [UInt8]? {
    guard let node = entry[name], let text = try optionalText(entry, name) else { return nil }
    guard let bytes = KeyValues.hex(text) else {
      throw KeyProblem(
        origin(node), "\(name) must be an even number of hexadecimal digits")
    }
    return bytes
  }

  private func ikeSPI(_ entry: JSONNode, _ name: String) throws(KeyProblem) -> UInt64? {
    guard let node = entry[name], let text = try optionalText(entry, name), text != "*" else {
      return nil
    }
    guard let spi = KeyValues.ikeSPI(text) else {
      throw KeyProblem(origin(node), "\(name) must be 16 hexadecimal digits")
    }
    return spi
  }
}
