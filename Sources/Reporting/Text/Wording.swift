import Bytes
import Timeline

/// A count with its noun, such as `1 packet` or `12 packets`.
func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
  "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
}

/// Bytes for a person, such as `980 B`, `12.4 kB` or `3.1 MB`.
func byteCount(_ bytes: Int) -> String {
  let units = ["kB", "MB", "GB", "TB", "PB", "EB"]
  guard bytes >= 1000 else { return "\(bytes) B" }
  var scale = 1000
  var unit = 0
  while unit + 1 < units.count, bytes / 1000 >= scale {
    scale *= 1000
    unit += 1
  }
  let tenths = bytes / (scale / 10)
  return "\(tenths / 10).\(tenths % 10) \(units[unit])"
}

/// A span of time in seconds with three digits, such as `8.012`.
func secondsText(_ nanoseconds: Int64) -> String {
  let milliseconds = nanoseconds.magnitude / 1_000_000
  let fraction = String(milliseconds % 1000)
  let zeros = String(repeating: "0", count: 3 - fraction.utf8.count)
  let sign = nanoseconds < 0 && milliseconds > 0 ? "-" : ""
  return "\(sign)\(milliseconds / 1000).\(zeros)\(fraction)"
}

/// A short span of time, such as `0.3 ms` or `125.0 ms`.
func millisecondsText(microseconds: Int) -> String {
  let tenths = microseconds / 100
  return tenths == 0 ? "\(microseconds) µs" : "\(tenths / 10).\(tenths % 10) ms"
}

/// A moment as date and time of day in UTC with milliseconds: `2026-11-22 00:29:37.263 UTC`.
func momentText(_ moment: Moment) -> String {
  let text = moment.time.rfc3339(digits: 6)
  guard let divide = text.firstIndex(of: "T") else { return text }
  return "\(text[..<divide]) \(text[text.index(after: divide)...].dropLast(4)) UTC"
}

/// The mode of a tunnel for a person.
func modeText(_ tunnel: TunnelRecord) -> String {
  switch tunnel.mode {
  case "main": "IKEv1 main mode"
  case "aggressive": "IKEv1 aggressive mode"
  case "base": "IKEv1 base mode"
  case "ikev2": "IKEv2"
  case "none" where tunnel.messages == 0: "no IKE seen"
  case "none": "IKEv\(tunnel.ikeVersion), from its middle"
  default: "IKEv\(tunnel.ikeVersion) \(tunnel.mode)"
  }
}

/// The mode of a tunnel in a table.
func shortMode(_ tunnel: TunnelRecord) -> String {
  switch tunnel.mode {
  case "main": "v1 main"
  case "aggressive": "v1 aggr."
  case "base": "v1 base"
  case "ikev2": "v2"
  case "none" where tunnel.messages == 0: "no IKE"
  case "none": "v\(tunnel.ikeVersion)"
  default: "v\(tunnel.ikeVersion) \(tunnel.mode)"
  }
}

/// The ends of a tunnel, the initiator first; ports where they are not IKE's own.
func peersText(_ tunnel: TunnelRecord) -> String {
  "\(endText(tunnel.initiator)) → \(endText(tunnel.responder))"
}

private func endText(_ end: EndpointRecord) -> String {
  switch end.port {
  case 0, 500, 4500: end.address
  default: end.address.contains(":") ? "[\(end.address)]:\(end.port)" : "\(end.address):\(end.port)"
  }
}

/// How an outcome is coloured.
func role(ofOutcome outcome: String) -> Role {
  switch outcome {
  case "established", "rekeyed": .good
  case "failed": .bad
  case "incomplete": .caution
  default: .plain
  }
}

/// How a severity is coloured.
func role(ofSeverity severity: String) -> Role {
  switch severity {
  case "error": .bad
  case "warning": .caution
  default: .accent
  }
}

/// The algorithms of a proposal in one line: `aes-cbc-256 hmac-sha1-96 modp2048`.
func algorithmsText(_ proposal: ProposalRecord) -> String {
  proposal.transforms.map { transform in
    transform.keyBits.map { "\(transform.name)-\($0)" } ?? transform.name
  }.joined(separator: " ")
}

/// What would help to decide, in the words of the command line.
func needText(_ need: String) -> String {
  switch need {
  case "ike-keys": "the IKE keys (--keys)"
  case "esp-keys": "the ESP keys (--keys)"
  case "keys": "the keys (--keys)"
  case "psk": "the pre-shared key (--keys or --config)"
  case "config": "a device's configuration (--config)"
  case "initiator-config": "the initiator's configuration (--config)"
  case "responder-config": "the responder's configuration (--config)"
  case "peer-config": "the peer's configuration (--config)"
  case "capture-at-the-other-end": "a capture at the other end"
  default: need
  }
}
