/// What a configuration says to a question, with everything that led there.
///
/// The fields are those of the contract's PolicyVerdict (`observed` is added by whoever saw a
/// capture); the few beyond it are named in `Detail`. What does not apply stays nil or empty.
package struct Verdict: Sendable, Equatable {
  /// The decision.
  package var outcome: Outcome
  /// Why, for everything but `protect`, `accept` and `retry` (rules §7).
  package var reason: ReasonCode?
  /// One sentence for a person.
  package var sentence: String = ""
  /// The interface the question was asked at.
  package var interface: String?
  /// The crypto map set that decided.
  package var map: String?
  /// The sequence number of the entry that decided.
  package var sequence: Int?
  /// The line on which that entry begins.
  package var entryLine: CitedLine?
  /// The dynamic map through which it decided.
  package var dynamicMap: String?
  /// The sequence number inside the dynamic map.
  package var dynamicSequence: Int?
  /// The line on which the dynamic entry begins.
  package var dynamicEntryLine: CitedLine?
  /// The access list that decided.
  package var acl: String?
  /// The access list element that decided.
  package var ace: ACEReference?
  /// The peer of the entry: an address, or a name as it is written.
  package var peer: String?
  /// What an SA made here would cover.
  package var saScope: SAScope?
  /// True when this packet makes the device start IKE.
  package var negotiates: Bool?
  /// The own transform set that was chosen, by its name.
  package var transformSet: String?
  /// The own IKEv2 IPsec proposal that was chosen, by its name.
  package var proposal: String?
  /// The lifetime in seconds that would be used.
  package var lifetimeSeconds: UInt64?
  /// The lifetime in kilobytes that would be used.
  package var lifetimeKilobytes: UInt64?
  /// The algorithms agreed on, by kind: `encryption`, `integrity`, `group`, …
  package var chosen: [Algorithm] = []
  /// The notify message type that a refusal puts on the wire.
  package var notify: Int?
  /// The own IKE policy that was chosen.
  package var ikePolicy: IKEPolicyReference?
  /// The priority the initiator gave the offer that was chosen.
  package var offeredPriority: Int?
  /// The tunnel group that was selected.
  package var tunnelGroup: String?
  /// Codes of the findings that bear on this answer, sorted.
  package var findings: [FindingCode] = []
  /// The rules that were used, in order of use, each once.
  package var rules: [String] = []
  /// The failures, in order.
  package var tried: [Attempt] = []
  /// How the answer was reached.
  package var trace: [Step] = []
  /// What was found out beyond the contract's fields.
  package var detail = Detail()

  package init(_ outcome: Outcome, _ reason: ReasonCode? = nil) {
    self.outcome = outcome
    self.reason = reason
  }
}

extension Verdict {
  /// The words of a verdict (`policy/semantics.md`, "Verdict vocabulary").
  package enum Outcome: String, Sendable, Hashable, CaseIterable {
    /// The packet is sent inside IPsec.
    case protect
    /// IPsec has no business with the packet: it goes or passes on clear.
    case bypass
    /// The packet is dropped.
    case drop
    /// A decrypted packet fits its SA, or an offer is taken.
    case accept
    /// IKE turns the offer down, by a notify or by silence.
    case refuse
    /// IKEv2: the offer must be sent again with another key exchange group.
    case retry
    /// IKE does not listen there.
    case noResponse = "no-response"
    /// What decides is hidden or missing.
    case cannotTell = "cannot-tell"
  }

  /// The access list element that decided: its place among the elements (1-based, remarks not
  /// counted), and its line.
  package struct ACEReference: Sendable, Hashable {
    package let index: Int
    package let line: Int
    package let text: String
  }

  /// The IKE policy that decided, by its number and the line on which it begins.
  package struct IKEPolicyReference: Sendable, Hashable {
    package let number: Int
    package let line: Int
  }

  /// One algorithm of what was agreed on.
  package struct Algorithm: Sendable, Hashable {
    /// `encryption`, `integrity`, `hash`, `prf`, `authentication`, `group`, …
    package let kind: String
    /// In the configuration's spelling: `aes-256`, `sha1`, `14`.
    package let name: String
  }

  /// Answers that the contract's fields have no place for.
  package struct Detail: Sendable, Equatable {
    /// What was tried at each entry, the deciding one last.
    package var trail: [TrailStep] = []
    /// The element of an expanded ACE that matched, and of how many.
    package var element: Element?
    /// The failure with the fewest differing fields.
    package var nearest: Attempt?
    /// True when the answer stands on a combination that the platform does not support.
    package var unsupportedByPlatform = false
    /// Remarks for the reader: elements that would have matched, readings chosen.
    package var notes: [String] = []
    /// Why it came so, where the verdict alone does not say it.
    package var why: [String] = []
    /// The permit element that came nearest to a packet that none matched, and what differs.
    package var nearestMiss: String?
    /// What would make a refused negotiation work.
    package var wouldWork: String?
    /// What else it could be, when the verdict is `cannot-tell` or two outcomes are lawful.
    package var candidates: [Candidate] = []
    /// The entry and ACE that the packet would have met had NAT not changed it.
    package var beforeNAT: (TrailStep)?
    /// The NAT rule that applied.
    package var nat: NATEffect?
    /// `tunnel` or `transport`.
    package var mode: String?
    /// The group named by an INVALID_KE_PAYLOAD answer.
    package var wantedGroup: Int?
    /// What lawful narrowing would have left of the traffic selectors.
    package var narrowed: SAScope?
  }

  /// What became of a packet at one entry.
  package struct TrailStep: Sendable, Hashable {
    package let sequence: Int
    package let dynamicSequence: Int?
    package let ace: Int?
    package let outcome: TrailOutcome
  }

  /// The word for what became of a packet at one entry.
  package enum TrailOutcome: String, Sendable {
    case permit, deny, none, incomplete
    case noACL = "no-acl"
    case missingACL = "acl-missing-or-empty"
  }

  /// One element of the cross product that object groups make of an ACE.
  package struct Element: Sendable, Hashable {
    package let source: String
    package let destination: String
    /// How many elements the ACE expands to.
    package let of: Int
  }

  /// One way it could be.
  package struct Candidate: Sendable, Hashable {
    package let outcome: Outcome
    package let reason: ReasonCode?
    package let map: String?
    package let sequence: Int?
    package let ace: Int?
    /// What would decide for this candidate.
    package let condition: String
  }

  /// What a NAT rule did to the packet before the crypto map saw it.
  package struct NATEffect: Sendable, Hashable {
    /// The rule without its keyword and options.
    package let rule: String
    /// `identity`, `static`, `dynamic`.
    package let effect: String
    package let line: CitedLine
  }
}

/// What an SA covers, as an ACE (or, per host, a packet) scopes it.
package struct SAScope: Sendable, Hashable {
  /// A prefix `10.0.0.0/24`, or a range `10.0.0.5-10.0.0.9`.
  package let source: String
  package let destination: String
  /// `ip`, or the protocol's keyword, or its number.
  package let `protocol`: String
  /// Ports where the ACE names them.
  package let sourcePort: PortScope?
  package let destinationPort: PortScope?
}

/// The ports of an SA's scope: one or a range (which IKEv1 cannot express, RFC 2407 §4.6.2).
package enum PortScope: Sendable, Hashable, CustomStringConvertible {
  case one(UInt16)
  case several(String)

  package var description: String {
    switch self {
    case .one(let port): "\(port)"
    case .several(let text): text
    }
  }
}

/// One failure on the way: an own IKE policy against an offer, or a map entry against a request.
package enum Attempt: Sendable, Hashable {
  /// An offered transform (by the initiator's priority) against an own policy: the fields that
  /// differ.
  case policy(offered: Int, own: Int, differs: [String])
  /// A map entry: the stage at which it failed.
  case entry(sequence: Int, dynamicSequence: Int?, stage: ReasonCode)
}

/// A line of the configuration, as it stands there.
package struct CitedLine: Sendable, Hashable {
  /// 1-based.
  package let line: Int
  /// The line's text without the blanks around it.
  package let text: String

  package init(line: Int, text: String) {
    self.line = line
    self.text = text
  }
}
