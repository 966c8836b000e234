import Bytes
import Tracking

extension IKESA {
  /// `t1`, `t2`, … in the order of first messages.
  var id: String { "t" + String(ordinal + 1) }
}

extension ChildSA {
  /// `t1.c1`, …
  var id: String { "\(ikeSA?.id ?? "t0").c\(ordinal + 1)" }
}

extension InnerFlow {
  /// `f1`, `f2`, … in the order of first packets.
  var id: String { "f\(ordinal + 1)" }
}

extension InnerFlowKey {
  /// `tcp 10.0.0.5:1025 > 10.1.1.9:443`.
  var text: String {
    let hasPorts = sourcePort != 0 || destinationPort != 0
    let from = hasPorts ? Endpoint(source, port: sourcePort).description : source.description
    let to =
      hasPorts
      ? Endpoint(destination, port: destinationPort).description : destination.description
    return "\(protocolName(ipProtocol)) \(from) > \(to)"
  }
}

extension SecurityFlow {
  /// `ESP` or `AH`.
  var protocolWord: String { key.ipProtocol == 51 ? "AH" : "ESP" }
}

extension IKESA.State {
  /// The contract's word, as far as the messages alone tell.
  var name: String {
    switch self {
    case .negotiating: "incomplete"
    case .established: "established"
    case .failed: "failed"
    case .deleted: "deleted"
    }
  }
}

extension ChildSA.State {
  /// The contract's word.
  var name: String {
    switch self {
    case .negotiating: "incomplete"
    case .established: "established"
    case .refused: "failed"
    case .deleted: "deleted"
    case .rekeyed: "rekeyed"
    }
  }
}

extension SeenICMPError {
  /// What the error says, in words.
  var text: String {
    let what = quotedProtocol == 50 ? "ESP" : "UDP port \(quotedDestinationPort)"
    if isTooBig { return "ICMP: \(what) packet too big\(mtu.map { ", MTU \($0)" } ?? "")" }
    guard isUnreachable else { return "ICMP: type \(type) code \(code) for \(what)" }
    let reason: String
    switch (isICMPv6, code) {
    case (false, 0), (true, 0): reason = "network unreachable"
    case (false, 1), (true, 3): reason = "host unreachable"
    case (false, 2): reason = "protocol unreachable"
    case (false, 3), (true, 4): reason = "port unreachable"
    case (false, 9...10), (false, 13), (true, 1): reason = "administratively prohibited"
    default: reason = "unreachable, code \(code)"
    }
    return "ICMP: \(reason), quoting \(what)"
  }
}
