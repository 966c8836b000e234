import Bytes
import Registries

extension Notify {
  /// What the notify says, fact by fact.
  var fields: [Field] {
    var fields = [Field("type", "\(name) (\(type))")]
    if protocolID.rawValue != 0 { fields.append(Field("protocol", protocolID.id)) }
    if !spi.isEmpty { fields.append(.bytes("spi", spi)) }
    if let meaning {
      fields.append(contentsOf: meaning.fields)
    } else if !data.isEmpty {
      fields.append(.bytes("data", data))
    }
    return fields
  }
}

extension NotifyMeaning {
  fileprivate var fields: [Field] {
    switch self {
    case .group(let group): [Field("group", "\(group.id) (\(group.rawValue))")]
    case .natHash(let hash): [.bytes("hash", hash)]
    case .address(let address): [Field("address", address.description)]
    case .port(let port): [Field("port", String(port))]
    case .windowSize(let size): [Field("window", String(size))]
    case .seconds(let seconds): [Field("seconds", String(seconds))]
    case .hashAlgorithms(let hashes):
      [Field("hashes", hashes.map(\.id).joined(separator: " "))]
    case .redirect(let gateway, let nonce):
      [Field("gateway", gateway.description)] + (nonce.isEmpty ? [] : [.bytes("nonce", nonce)])
    case .ipcomp(let cpi, let transform):
      [
        Field("cpi", hexadecimal(cpi)),
        Field(
          "transform",
          SmallRegistries.registry.entry(UInt32(transform), in: "ipcomp-transform")?.id
            ?? "unknown-\(transform)"),
      ]
    case .payloadType(let type): [Field("payload type", String(type))]
    case .messageID(let id): [Field("message ID", String(id))]
    case .spi(let spi): [Field("unknown spi", hexadecimal(spi))]
    case .sequence(let number): [Field("sequence", String(number))]
    case .lifetime(let seconds, let kilobytes):
      (seconds.map { [Field("seconds", String($0))] } ?? [])
        + (kilobytes.map { [Field("kilobytes", String($0))] } ?? [])
    case .replayDetection(let isOn): [Field("replay detection", isOn ? "on" : "off")]
    case .messageIDSync(let nonce, let send, let receive):
      [
        Field("nonce", hexadecimal(nonce)), Field("expected send", String(send)),
        Field("expected receive", String(receive)),
      ]
    case .token(let token): [.bytes("token", token)]
    case .windowsError(let code): [Field("Windows error", "0x" + hexadecimal(code))]
    case .text(let text): [Field("text", text)]
    }
  }
}
