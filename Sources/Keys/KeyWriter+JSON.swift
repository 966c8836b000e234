import Bytes
import Crypto

extension KeyWriter {
  /// ikescope's own key file, which reads back to the same material. One entry a line.
  package static func json(_ material: KeyMaterial) -> String {
    let lists: [(String, [String])] = [
      ("psk", material.preSharedKeys.compactMap(entry)),
      ("ike_sas", material.ikeSAs.map(entry)),
      ("child_sas", material.childSAs.map(entry)),
    ]
    let body = lists.map { name, entries in
      entries.isEmpty
        ? " \"\(name)\": []"
        : " \"\(name)\": [\n  " + entries.joined(separator: ",\n  ") + "\n ]"
    }
    return "{\n" + body.joined(separator: ",\n") + "\n}\n"
  }

  /// Members in order; nil ones are left out.
  private static func object(_ members: [(String, String?)]) -> String {
    "{"
      + members.compactMap { name, value in value.map { "\"\(name)\": \($0)" } }
      .joined(separator: ", ") + "}"
  }

  /// A string of JSON (RFC 8259 §7).
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.isHarmless: result.unicodeScalars.append(scalar)
      default:
        // Controls, turned and invisible characters: the same value, and nothing for a terminal.
        for unit in String(scalar).utf16 { result += "\\u" + hexadecimal(unit) }
      }
    }
    return result + "\""
  }

  private static func hex(_ secret: Secret?) -> String? {
    secret.map { quoted(hexadecimal($0.exposed())) }
  }

  /// A masked or encrypted key is nothing to write.
  private static func entry(_ key: PreSharedKey) -> String? {
    guard let bytes = key.secret?.exposed() else { return nil }
    // A key that is not text, or would read back as something else, is written in hexadecimal.
    let text = String(validating: bytes, as: UTF8.self)
    let isPlain = text.map { $0.isEmpty || !$0.hasPrefix("0x") && !$0.allSatisfy { $0 == "*" } }
    return object([
      ("local", key.local.map(quoted)), ("remote", key.remote.map(quoted)),
      ("psk", isPlain == true ? text.map(quoted) : quoted("0x" + hexadecimal(bytes))),
    ])
  }

  private static func entry(_ keys: IKESAKeys) -> String {
    let secrets = IKESecret.allCases.map { ($0.rawValue, hex(keys[$0])) }
    return object([
      ("ike_version", keys.version.map(String.init)),
      ("spi_i", keys.initiatorSPI.map { quoted(hexadecimal($0)) }),
      ("spi_r", keys.responderSPI.map { quoted(hexadecimal($0)) }),
      ("initiator", keys.initiator.map { quoted($0.description) }),
      ("responder", keys.responder.map { quoted($0.description) }),
      ("encryption", keys.encryption.map(quoted)),
      ("encryption_bits", keys.encryptionBits.map(String.init)),
      ("integrity", keys.integrity.map(quoted)), ("prf", keys.prf.map(quoted)),
      ("group", keys.group.map(quoted)), ("keys", object(secrets)),
      (
        "derived_by",
        keys.derivedBy.isEmpty
          ? nil : "[" + keys.derivedBy.map(quoted).joined(separator: ", ") + "]"
      ),
    ])
  }

  private static func entry(_ keys: ChildSAKeys) -> String {
    let isESP = keys.protocol == .esp
    return object([
      ("spi", quoted(keys.spi.exact.map { hexadecimal($0) } ?? keys.spi.description)),
      ("protocol", quoted(keys.protocol.rawValue)), ("mode", keys.mode.map { quoted($0.rawValue) }),
      ("src", keys.source.map { quoted($0.description) }),
      ("dst", keys.destination.map { quoted($0.description) }),
      ("encryption", isESP ? keys.encryption.map(quoted) : nil),
      ("encryption_key", isESP ? hex(keys.encryptionKey) : nil),
      ("salt", keys.salt.isEmpty ? nil : hex(keys.salt)),
      ("integrity", keys.integrity.map(quoted)),
      ("integrity_key", keys.integrity == nil ? nil : hex(keys.integrityKey)),
      ("esn", keys.esn.map { $0 ? "true" : "false" }),
      ("ike_spi_i", keys.ikeInitiatorSPI.map { quoted(hexadecimal($0)) }),
    ])
  }
}
