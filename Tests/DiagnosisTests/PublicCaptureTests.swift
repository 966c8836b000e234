import Analysis
import Capture
import Foundation
import TestSupport
import Testing
import Timeline

/// What must be found in the public captures of failed negotiations, without keys; everything else
/// there is healthy, a fragment, or made up, and has no error but for what `damaged` names.
@Suite(
  "Public captures",
  .enabled(
    if: SharedMaterial.folder("corpus/captures") != nil,
    "the public captures are not beside the checkout"))
struct PublicCaptureTests {
  /// Captures of refusals and failures, with the cause that is said first.
  private static let failed: [String: String] = [
    "cisco-joy/ikev1.pcap": "phase1_proposal_mismatch",
    "corelight-spicy-ipsec/ipsec.cap": "phase1_proposal_mismatch",
    "openswan-conversations/lp06-msg1nopropchosen.pcap": "phase1_proposal_mismatch",
    "openswan-conversations/lp101-v1rwnatQR1failed.pcap": "phase2_refused",
    "openswan-conversations/lp109-v1rwnatQR1.pcap": "phase2_refused",
    "openswan-conversations/lp204-ca-h2hR2.pcap": "authentication_failed",
    "openswan-conversations/lp44-h2hR1-deny-ikev1.pcap": "ike_version_mismatch",
    "openswan-conversations/lp70-invalid-init-msg.pcap": "message_id_desync",
    "scapy/ikev2_notify_redirect.pcap": "phase1_proposal_mismatch",
    "tcpdump/isakmp4500.pcap": "last_message_lost",
  ]
  /// Captures with a message that breaks its format.
  private static let damaged: Set<String> = [
    "corelight-spicy-ipsec/ipsec-ikev1-payload-bad-length.pcap",
    "ndpi/ipsec_isakmp_esp.pcap", "tcpdump/ikev2pI2-segfault.pcapng",
  ]

  private static let names: [String] = {
    guard let folder = SharedMaterial.folder("corpus/captures") else { return [] }
    let all = FileManager.default.enumerator(atPath: folder.path)?.allObjects ?? []
    let endings = [".pcap", ".pcapng", ".cap"]
    return all.compactMap { $0 as? String }.filter { name in
      endings.contains { name.hasSuffix($0) }
    }.sorted()
  }()

  @Test("name the failure where there is one, and raise no error where there is none")
  func findings() throws {
    let folder = try #require(SharedMaterial.folder("corpus/captures"))
    #expect(Self.names.count > 100)
    for name in Self.names {
      let sink = FindingSink()
      do {
        let source = try openCaptures([folder.appending(path: name).path])
        try Analyzer(options: AnalysisOptions(), sink: sink).run(source)
      } catch {
        continue  // no capture at all
      }
      let loud = sink.findings.filter { $0.severity != "info" }
      if let cause = Self.failed[name] {
        #expect(loud.first?.cause == cause, "\(name)")
      } else if Self.damaged.contains(name) {
        #expect(loud.allSatisfy { $0.cause == "malformed_message" }, "\(name)")
      } else {
        let errors = loud.filter { $0.severity == "error" }.map(\.cause)
        #expect(errors.isEmpty, "\(name)")
      }
    }
  }
}

private final class FindingSink: TimelineSink {
  private(set) var findings: [FindingRecord] = []

  func event(_ event: EventRecord) {}
  func tunnelChanged(_ tunnel: TunnelRecord) {}
  func finished(_ timeline: TimelineRecords) { findings = timeline.findings }
}
