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
  /// Captures that their list calls failed and in which nothing shows, and why that is right.
  private static let hidden: [String: String] = [
    "openswan-conversations/lp205-ca-h2hI3.pcap":
      "the initiator's own log refuses the selectors after a complete, encrypted IKE_AUTH; on the "
      + "wire an encrypted INFORMATIONAL request follows, as a liveness check would",
    "openswan/lp08-parentR1__parentI1badKE.pcap": "a lone request, before anybody refuses it",
    "openswan/lp08-parentR1__parentI1syntax.pcap": "a lone request, before anybody refuses it",
    "openswan/lp08-parentR1__parentR1notify.pcap": "a lone answer: INVALID_KE_PAYLOAD and no retry",
    "openswan/lp117-childanypolicy__parentI2_allzero.pcap":
      "a lone encrypted request, before anybody refuses it",
    "openswan/lp21-certreplyselfR2__parentI2_wrongchildpolicy.pcap":
      "a lone encrypted request, before anybody refuses it",
    "ndpi/ipsec_isakmp_esp.pcap": "COOKIE and INVALID_KE_PAYLOAD are met by a retry each time",
    "tcpdump/ikev2four.pcap": "both short refusals of CREATE_CHILD_SA are followed by a success",
  ]
  /// Captures with a message that breaks its format.
  private static let damaged: Set<String> = [
    "corelight-spicy-ipsec/ipsec-ikev1-payload-bad-length.pcap",
    "ndpi/ipsec_isakmp_esp.pcap", "tcpdump/ikev2pI2-segfault.pcapng",
  ]

  private static let names: [String] = {
    guard let folder = SharedMaterial.folder("corpus/captures") else { return [] }
    let all = FileManager.default.enumerator(atPath: folder.path)?.allObjects ?? []
    let endings = [".pcap", ".pcapng", ".cap", ".pcap.gz", ".pcapng.gz", ".cap.gz", ".snoop"]
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
      let source = try openCaptures([folder.appending(path: name).path])
      try Analyzer(options: AnalysisOptions(), sink: sink).run(source)
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

extension PublicCaptureTests {
  @Test("say something of every capture that the corpus's list calls a failed negotiation")
  func everyFailure() throws {
    let folder = try #require(SharedMaterial.folder("corpus"))
    let list = try String(contentsOf: folder.appending(path: "MANIFEST.tsv"), encoding: .utf8)
    let rows = list.split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    let column = try #require(rows.first?.firstIndex(of: "failed_negotiation"))
    let named = rows.dropFirst().filter { $0.count > column && !$0[column].isEmpty }
      .map { String($0[0].dropFirst("captures/".count)) }
    #expect(named.count >= 16)
    for name in named {
      let isKnown = Self.failed[name] != nil || Self.hidden[name] != nil
      #expect(isKnown, "\(name): what must be found?")
    }
  }
}

private final class FindingSink: TimelineSink {
  private(set) var findings: [FindingRecord] = []

  func event(_ event: EventRecord) {}
  func tunnelChanged(_ tunnel: TunnelRecord) {}
  func finished(_ timeline: TimelineRecords) { findings = timeline.findings }
}
