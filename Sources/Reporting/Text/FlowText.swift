import Timeline

/// Writes inner and clear flows with the crypto map entry and ACE that each hit.
struct FlowText {
  let canvas: Canvas
  /// Flows shown at most.
  let most: Int

  /// All flows.
  func write(_ flows: FlowRecords) {
    guard !flows.isEmpty else { return }
    canvas.line(Piece("Flows", .strong))
    // Those that a configuration contradicts come first when not all are shown.
    let shown = flows.count <= most ? Array(flows.indices) : important(flows)
    for place in shown { write(flows[place]) }
    if flows.count > shown.count {
      let text = "… \(counted(flows.count - shown.count, "flow")) left out; --all shows them"
      canvas.line(Piece("  \(text)", .dim))
    }
    canvas.blank()
  }

  /// The places of those that a configuration contradicts, and of the first others where there is
  /// room.
  private func important(_ flows: FlowRecords) -> [Int] {
    var marked: [Int] = []
    var rest: [Int] = []
    for (place, flow) in flows.enumerated() {
      if flow.policy?.observed == "contradicts" {
        marked.append(place)
        if marked.count == most { break }
      } else if rest.count < most {
        rest.append(place)
      }
    }
    return marked + rest.prefix(most - marked.count)
  }

  private func write(_ flow: FlowRecord) {
    let place =
      switch (flow.childSA, flow.seen) {
      case (let child?, "decrypted"): "in \(child)"
      case (let child?, _): "\(flow.seen) in \(child)"
      case (nil, _): flow.seen
      }
    let text =
      "\(flowText(flow))  \(counted(flow.packets, "packet")), \(byteCount(flow.bytes)), \(place), "
      + "frames \(flow.firstFrame)–\(flow.lastFrame)"
    canvas.paragraph([Piece("  \(padded(flow.id, to: 5))", .strong)], text)
    if let policy = flow.policy {
      PolicyLine(canvas: canvas).write(policy, indent: 7)
    }
  }
}

/// A flow as `tcp 10.1.0.10:40000 → 10.2.0.10:80`.
func flowText(_ flow: FlowRecord) -> String {
  let source = endpointText(flow.source, flow.sourcePort)
  let destination = endpointText(flow.destination, flow.destinationPort)
  return "\(flow.protocol) \(source) → \(destination)"
}

private func endpointText(_ address: String, _ port: Int?) -> String {
  guard let port else { return address }
  return address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)"
}
