import Bytes
import Crypto
import Registries

extension Payload {
  /// What the payload says, fact by fact, for a verbose report.
  package var fields: [Field] {
    switch body {
    case .securityAssociation(let association): association.fields
    case .keyExchange(let exchange):
      (exchange.group.map { [Field("group", "\($0.id) (\($0.rawValue))")] } ?? [])
        + [Field("bytes", String(exchange.data.count))]
    case .identification(let identity), .natOriginalAddress(let identity):
      [Field("type", identity.type.name), Field("identity", identity.selectorText)]
    case .certificate(let certificate): certificate.fields
    case .certificateRequest(let request): request.fields(version: type.version)
    case .hash(let data), .signature(let data), .nonce(let data), .natDiscovery(let data):
      [.bytes("data", data)]
    case .authentication(let authentication): authentication.fields
    case .notify(let notify): notify.fields
    case .delete(let delete): delete.fields
    case .vendorID(let data): Self.vendorFields(data)
    case .configuration(let configuration): configuration.fields
    case .eap(let packet): packet.fields
    case .trafficSelectors(let selectors):
      selectors.map { Field("selector", $0.description) }
    case .encrypted(let encrypted): [Field("bytes", String(encrypted.range.count))]
    case .encryptedFragment(let fragment):
      [
        Field("fragment", "\(fragment.number) of \(fragment.total)"),
        Field("bytes", String(fragment.range.count)),
      ]
    case .ciscoFragment(let fragment):
      [
        Field("id", String(fragment.id)),
        Field("fragment", "\(fragment.number)\(fragment.isLast ? " (last)" : "")"),
        Field("bytes", String(fragment.range.count)),
      ]
    case .opaque(let data): [.bytes("data", data)]
    }
  }

  private static func vendorFields(_ data: [UInt8]) -> [Field] {
    guard let known = VendorID.identified(by: data) else { return [.bytes("data", data)] }
    return [Field("vendor", "\(known.vendor): \(known.meaning)"), .bytes("data", data)]
      + (known.capability.map { [Field("capability", $0)] } ?? [])
  }
}

extension SecurityAssociation {
  fileprivate var fields: [Field] {
    (domain.map { [Field("domain", $0.name)] } ?? [])
      + suites.map { suite in
        Field(
          suite.transformNumber.map { "proposal \(suite.proposalNumber) transform \($0)" }
            ?? "proposal \(suite.proposalNumber)", suite.description)
      } + (foreign.isEmpty ? [] : [.bytes("data", foreign)])
  }
}

extension Suite: CustomStringConvertible {
  /// `esp 1a2b3c4d: aes-cbc-256 hmac-sha1-96 tunnel, 3600 s, 4608000 kB`.
  package var description: String {
    let head = spi.isEmpty ? protocolID.id : "\(protocolID.id) \(hexadecimal(spi))"
    let words =
      algorithms.prefix(64).map(\.description)
      + (algorithms.count > 64 ? ["…+\(algorithms.count - 64)"] : [])
      + (encapsulation.map { [$0.id] } ?? [])
    let limits =
      (lifetimeSeconds.map { ["\($0) s"] } ?? []) + (lifetimeKilobytes.map { ["\($0) kB"] } ?? [])
    return "\(head): " + ([words.joined(separator: " ")] + limits).joined(separator: ", ")
  }
}

extension SuiteAlgorithm: CustomStringConvertible {
  /// `aes-cbc-256`, `modp2048`.
  package var description: String { keyBits.map { "\(name)-\($0)" } ?? name }
}

extension Certificate {
  fileprivate var fields: [Field] {
    let head = [Field("encoding", encoding.name), Field("bytes", String(data.count))]
    guard let hashAndURL else { return head }
    return head + [.bytes("hash", hashAndURL.hash), Field("url", hashAndURL.url)]
  }
}

extension CertificateRequest {
  fileprivate func fields(version: IKEVersion) -> [Field] {
    let head = [Field("encoding", encoding.name)]
    if version == .v2 {
      return head + keyHashes.map { .bytes("authority key SHA-1", $0) }
        + (keyHashes.isEmpty && !authority.isEmpty ? [.bytes("authority", authority)] : [])
    }
    guard !authority.isEmpty else { return head + [Field("authority", "any")] }
    let name = DistinguishedName(der: authority)?.description
    return head + [name.map { Field("authority", $0) } ?? .bytes("authority", authority)]
  }
}

extension Authentication {
  fileprivate var fields: [Field] {
    let head = [Field("method", "\(method.name) (\(method.rawValue))")]
    guard let algorithmIdentifier else { return head + [.bytes("data", data)] }
    let algorithm =
      signatureAlgorithm.map { Field("algorithm", $0.id) }
      ?? .bytes("algorithm identifier", algorithmIdentifier)
    return head + [algorithm, .bytes("data", data)]
  }
}

extension Delete {
  fileprivate var fields: [Field] {
    [Field("protocol", protocolID.id)] + spis.map { .bytes("spi", $0) }
      + (reason.map { [Field("reason", $0.meaning ?? $0.name)] } ?? [])
  }
}

extension EAPPacket {
  /// Method data may be what a password can be guessed from, so it is never shown.
  fileprivate var fields: [Field] {
    [Field("code", code.name), Field("identifier", String(identifier))]
      + (type.map { [Field("type", $0.name)] } ?? [])
      + (identity.map { [Field("identity", $0)] } ?? [])
      + (identity == nil && !data.isEmpty ? [Field("data", Field.hidden)] : [])
  }
}

extension TrafficSelector: CustomStringConvertible {
  /// `10.1.0.0/24`, `10.1.0.0/24/6/443`, `10.1.0.5-10.1.0.9/17/1000-2000`; a selector without
  /// addresses by its type's name.
  package var description: String {
    guard let start, let end else { return "\(type.name) \(hexadecimal(data.prefix(64)))" }
    let addresses = range.map(IPAddress.text) ?? "\(start)-\(end)"
    guard ipProtocol != 0 || !isAnyPort else { return addresses }
    if isAnyPort { return "\(addresses)/\(ipProtocol)/0" }
    if startPort == 65535, endPort == 0 { return "\(addresses)/\(ipProtocol)/opaque" }
    return startPort == endPort
      ? "\(addresses)/\(ipProtocol)/\(startPort)"
      : "\(addresses)/\(ipProtocol)/\(startPort)-\(endPort)"
  }
}
