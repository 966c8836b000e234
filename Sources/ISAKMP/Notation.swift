import Registries

extension Message {
  /// The payloads in the field's short form: `[ SA KE No N(NATD_S_IP) ]`, `[ SK { … } ]`, and
  /// `[ encrypted ]` for an IKEv1 message that was not opened.
  ///
  /// - Parameter opened: What was inside, where the message was decrypted.
  /// - Returns: The words in brackets, separated by spaces.
  package func notation(opened: [Payload]? = nil) -> String {
    if encryptedBody != nil {
      guard let opened else { return "[ encrypted ]" }
      return bracketed(opened.notationWords())
    }
    if opened == nil, isSealed { return Self.sealedNotation }
    return bracketed(payloads.notationWords(opened: opened))
  }

  /// The notation of a sealed message that was not opened.
  package static let sealedNotation = "[ SK { … } ]"

  private func bracketed(_ words: [String]) -> String {
    var text = "[ "
    for word in shortened(collapsed(words)) {
      text += word
      text += " "
    }
    if isMalformed { text += "malformed " }
    text += "]"
    return text
  }
}

extension [Payload] {
  /// The payloads' words, separated by spaces, equal ones in a row collapsed.
  package var notationText: String { collapsed(notationWords()).joined(separator: " ") }

  /// One word a payload, such as `N(NO_PROPOSAL_CHOSEN)`.
  func notationWords(opened: [Payload]? = nil) -> [String] {
    map { $0.notation(opened: opened) }
  }
}

/// The first forty words, and how many more there were: nobody sends that many payloads in earnest.
private func shortened(_ words: [String]) -> [String] {
  words.count <= 40 ? words : words.prefix(40) + ["…+\(words.count - 40)"]
}

/// Three and more equal words in a row become one with a count: `VID×4`.
private func collapsed(_ words: [String]) -> [String] {
  guard words.count > 2 else { return words }
  var result: [String] = []
  var index = 0
  while index < words.count {
    var end = index + 1
    while end < words.count, words[end] == words[index] { end += 1 }
    if end - index >= 3 {
      result.append("\(words[index])×\(end - index)")
    } else {
      result.append(contentsOf: words[index..<end])
    }
    index = end
  }
  return result
}

extension Payload {
  /// The payload's word in a ladder: `SA`, `N(COOKIE)`, `SKF(1/3)`, `EAP/RES/ID`.
  ///
  /// - Parameter opened: What was inside an SK payload, where it was decrypted.
  /// - Returns: One word, or `SK { … }` with the words inside.
  package func notation(opened: [Payload]? = nil) -> String {
    switch body {
    case .notify(let notify): "N(\(notify.notation))"
    case .encrypted:
      if let opened {
        "SK { \((shortened(collapsed(opened.notationWords())) + ["}"]).joined(separator: " "))"
      } else {
        "SK { … }"
      }
    case .encryptedFragment(let fragment): "SKF(\(fragment.number)/\(fragment.total))"
    case .ciscoFragment(let fragment):
      "FRAG(\(fragment.number)\(fragment.isLast ? ", last" : ""))"
    case .configuration(let configuration):
      "\(type.notation)(\(configuration.type.name)\(configuration.isXAUTH ? ", XAUTH" : ""))"
    case .eap(let packet): packet.notation
    case .natDiscovery: "NAT-D"
    case .natOriginalAddress: "NAT-OA"
    case .nonce where type.version == .v2: "No"
    case .opaque where type.entry == nil: "payload-\(type.rawValue)"
    default: type.notation
    }
  }
}

extension EAPPacket {
  /// `EAP/REQ/ID`, `EAP/RES/MSCHAPV2`, `EAP/SUCC`.
  var notation: String {
    let code =
      switch self.code {
      case .request: "REQ"
      case .response: "RES"
      case .success: "SUCC"
      case .failure: "FAIL"
      default: String(self.code.rawValue)
      }
    guard let type else { return "EAP/\(code)" }
    return "EAP/\(code)/\(type == .identity ? "ID" : type.id.uppercased())"
  }
}

extension Notify {
  /// The type's name, abbreviated where the field does so.
  var notation: String {
    guard let type = typeV2 else {
      return NotifyTypeV1(rawValue: type).isKnown ? name : String(self.type)
    }
    guard type.isKnown else { return String(type.rawValue) }
    return Self.abbreviations[type] ?? type.name
  }

  /// Charon's short words, for statuses only: an error is worth its whole name.
  private static let abbreviations: [NotifyTypeV2: String] = [
    .initialContact: "INIT_CONTACT", .setWindowSize: "SET_WINSIZE",
    .additionalTSPossible: "ADD_TS_POSS", .ipcompSupported: "IPCOMP_SUP",
    .natDetectionSourceIP: "NATD_S_IP", .natDetectionDestinationIP: "NATD_D_IP",
    .useTransportMode: "USE_TRANSP", .httpCertLookupSupported: "HTTP_CERT_LOOK",
    .espTFCPaddingNotSupported: "ESP_TFC_PAD_N", .nonFirstFragmentsAlso: "NON_FIRST_FRAG",
    .mobikeSupported: "MOBIKE_SUP", .additionalIP4Address: "ADD_4_ADDR",
    .additionalIP6Address: "ADD_6_ADDR", .noAdditionalAddresses: "NO_ADD_ADDR",
    .updateSAAddresses: "UPD_SA_ADDR", .noNatsAllowed: "NO_NATS", .authLifetime: "AUTH_LFT",
    .multipleAuthSupported: "MULT_AUTH", .anotherAuthFollows: "AUTH_FOLLOWS",
    .redirectSupported: "REDIR_SUP", .redirectedFrom: "REDIR_FROM",
    .eapOnlyAuthentication: "EAP_ONLY", .childlessIKEv2Supported: "CHDLESS_SUP",
    .quickCrashDetection: "QCD", .ikev2MessageIDSyncSupported: "MSG_ID_SYN_SUP",
    .ikev2FragmentationSupported: "FRAG_SUP", .signatureHashAlgorithms: "HASH_ALG",
    .intermediateExchangeSupported: "INTERMEDIATE_SUP", .additionalKeyExchange: "ADD_KE",
    .supportedAuthMethods: "SUP_AUTH",
  ]
}
