import Tracking

extension Cause {
  /// ESP is fragmented after encryption.
  static let espFragmented = Cause(
    id: "esp_fragmented", family: .path, severity: .warning,
    title: "ESP is fragmented after encryption",
    meaning: """
      Encrypted packets are too large for the link and go out in IP fragments. The receiver has to \
      put them together before it can decrypt, which costs it dearly, and one lost fragment loses \
      the packet.
      """,
    shows: "IP fragments of protocol 50, or of UDP 4500 with ESP.",
    remedy: Remedy(
      "Fragment before encryption, and clamp TCP's segment size.",
      asa: "crypto ipsec fragmentation before-encryption OUTSIDE; sysopt connection tcpmss 1350",
      ios:
        "crypto ipsec fragmentation before-encryption; ip tcp adjust-mss 1350 on the inside interface"
    ),
    lookAlikes: ["pmtu_black_hole"], rule: .flow(find))
}

private func find(_ flow: SecurityFlow, _ scene: Scene) -> Answer? {
  guard flow.fragmented > 0, let first = flow.firstFragmented else { return nil }
  let text =
    "\(flow.fragmented) of \(count(flow.packets, "packet")) of SPI \(spiText(flow)) from "
    + "\(flow.source) to \(flow.key.destination) came in IP fragments: encrypted first and "
    + "fragmented afterwards."
  var answer = Answer(
    .certain, text, side: .local, evidence: [Evidence(first, "the first fragmented one")])
  // A few among many are what path MTU discovery looks like while it works.
  if flow.fragmented * 50 < flow.packets { answer.severity = .info }
  return answer
}

/// `0x5a31c0de`.
func spiText(_ flow: SecurityFlow) -> String { spiText(flow.key.spi) }

func spiText(_ spi: UInt32) -> String {
  let digits = String(spi, radix: 16)
  return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
}
