import Analysis
import CiscoConfig
import Foundation
import Keys
import Policy
import Testing
import Timeline

/// Captures of real daemons beside the configuration of one of their ends.
@Suite("Configurations joined to captures")
struct PolicyJoinTests {
  private static let captures = LabelledCapture.withTruth.filter {
    $0.has("keys.json") && configuration($0) != nil
  }

  private static func configuration(_ capture: LabelledCapture) -> String? {
    ["asa.cfg", "ios.cfg"].first { capture.has($0) }.map { capture.url($0).path }
  }

  /// The part of a truth file that says what the configuration must answer.
  private struct PolicyTruth: Decodable {
    struct Entry: Decodable {
      var child: String
      var crypto_map: String
      var sequence: Int
      var acl: String
    }
    struct Policy: Decodable {
      var side: String
      var crypto_map_entries: [Entry]
    }
    var root_cause: String?
    var policy: Policy?
  }

  private func truth(of capture: LabelledCapture) throws -> PolicyTruth {
    try JSONDecoder().decode(PolicyTruth.self, from: Data(contentsOf: capture.url("truth.json")))
  }

  private func analysed(_ capture: LabelledCapture, withKeys: Bool = true) throws -> Analysed {
    let path = try #require(Self.configuration(capture))
    let configuration = try CryptoConfiguration(
      parsing: Data(contentsOf: URL(filePath: path)), path: path)
    return try Analysed(
      [capture.path], keys: withKeys ? capture.keys() : .init(), configurations: [configuration])
  }

  @Test(
    "every flow and child SA has the map, sequence and ACE of the truth, from either end",
    arguments: captures)
  func entries(_ capture: LabelledCapture) throws {
    guard let policy = try truth(of: capture).policy else { return }
    let wanted = Set(
      policy.crypto_map_entries.map { "\($0.crypto_map) \($0.sequence) \($0.acl)" })
    let got = try analysed(capture)
    for flow in got.timeline.flows where flow.seen != "clear" {
      guard let verdict = flow.policy, ["protect", "accept"].contains(verdict.verdict) else {
        continue
      }
      let place = "\(verdict.map ?? "-") \(verdict.sequence ?? 0) \(verdict.acl ?? "-")"
      #expect(wanted.contains(place), "\(flow.id): \(place)")
      #expect(verdict.ace != nil, "\(flow.id)")
      #expect(verdict.observed == "agrees", "\(flow.id)")
    }
    for child in got.childSAs {
      guard let verdict = child.policy, ["protect", "accept"].contains(verdict.verdict) else {
        continue
      }
      let place = "\(verdict.map ?? "-") \(verdict.sequence ?? 0) \(verdict.acl ?? "-")"
      #expect(wanted.contains(place), "\(child.id): \(place)")
      #expect(verdict.ace != nil, "\(child.id)")
    }
  }

  /// What the truth calls a refusal, and the field or reason that the configuration shows.
  private static let refusals: [String: String] = [
    "phase1_encryption_mismatch": "encryption", "phase1_cipher_mismatch": "encryption",
    "phase1_hash_mismatch": "hash", "phase1_group_mismatch": "group",
    "phase1_auth_method_mismatch": "authentication",
    "phase2_encryption_mismatch": "transform-mismatch",
    "phase2_hash_mismatch": "transform-mismatch", "pfs_required_not_offered": "pfs-missing",
    "proxy_id_mismatch": "proxy-not-permitted",
  ]

  @Test("a refused negotiation names the field that differs", arguments: captures)
  func refusals(_ capture: LabelledCapture) throws {
    guard let cause = try truth(of: capture).root_cause, let field = Self.refusals[cause] else {
      return
    }
    let tunnels = try analysed(capture).timeline.tunnels
    let verdicts = tunnels.compactMap(\.policy) + tunnels.flatMap(\.childSAs).compactMap(\.policy)
    let refused = verdicts.filter { $0.verdict == "refuse" }
    #expect(
      refused.contains { verdict in
        verdict.reason == field
          || verdict.tried.contains { attempt in
            if case .policy(_, _, let differs) = attempt { differs.contains(field) } else { false }
          }
      }, "\(cause): \(verdicts.map { "\($0.verdict) \($0.reason) \($0.sentence)" })")
    #expect(refused.contains { $0.observed == "agrees" }, "\(cause)")
  }

  @Test("without keys an SA's entries are candidates", arguments: captures.prefix(12))
  func hidden(_ capture: LabelledCapture) throws {
    let got = try analysed(capture, withKeys: false)
    for child in got.childSAs where child.selectors.initiator.isEmpty {
      #expect(child.policy?.verdict == "cannot-tell", "\(child.id)")
      #expect(child.policy?.candidates.isEmpty == false, "\(child.id)")
    }
  }
}

/// Which end a configuration belongs to, where its interfaces do not say it.
@Suite("The end that a configuration belongs to")
struct ConfigurationEndTests {
  private func judged(_ name: String, _ change: (String) -> String) throws -> Analysed {
    let capture = try #require(LabelledCapture.own.first { $0.name == name })
    let text = change(try String(contentsOf: capture.url("asa.cfg"), encoding: .utf8))
    let configuration = try CryptoConfiguration(parsing: Array(text.utf8), path: "device.cfg")
    return try Analysed(
      [capture.path], keys: capture.keys(), configurations: [configuration])
  }

  private static let change: [@Sendable (String) -> String] = [
    // Behind a NAT: the outside address is another one.
    { $0.replacing("ip address 198.51.100.", with: "ip address 192.168.77.") },
    // A part of a file: no addresses at all.
    { text in
      text.split(separator: "\n", omittingEmptySubsequences: false)
        .filter { !$0.contains("ip address") }.joined(separator: "\n")
    },
  ]

  @Test("the peers of its entries tell it", arguments: change)
  func byPeer(_ change: @Sendable (String) -> String) throws {
    let plain = try judged("ikev1-main-psk-ok") { $0 }
    let changed = try judged("ikev1-main-psk-ok", change)
    #expect(changed.timeline.tunnels.first?.policy?.ikePolicy?.number == 10)
    let texts = changed.timeline.flows.map { $0.policy?.ace?.text }
    #expect(texts == plain.timeline.flows.map { $0.policy?.ace?.text })
    #expect(changed.timeline.flows.allSatisfy { $0.policy?.ace != nil })
  }
}
