/// One step of an evaluation: what was asked, what came of it, the line that decided and every
/// field compared.
package struct Step: Sendable, Equatable {
  /// What is looked at, in a word or two: `egress`, `entry 10`, `CRY#1`; empty where the sentence
  /// says it.
  package let label: String
  /// A sentence.
  package let what: String
  package let result: Result
  package let config: CitedLine?
  package let fields: [Field]
  package let steps: [Step]
  /// The rule that was applied, such as `A-CM-12`.
  package let rule: String?

  package init(
    _ what: String, _ result: Result, label: String = "", at config: CitedLine? = nil,
    rule: String? = nil, fields: [Field] = [], steps: [Step] = []
  ) {
    self.label = label
    self.what = what
    self.result = result
    self.config = config
    self.rule = rule
    self.fields = fields
    self.steps = steps
  }

  /// What a step led to.
  package enum Result: String, Sendable {
    case match
    case noMatch = "no-match"
    case skip
    case stop
  }

  /// One field compared.
  package struct Field: Sendable, Equatable {
    package let name: String
    /// What the configuration asks for.
    package let wanted: String
    /// What the packet or the offer has.
    package let got: String
    package let equal: Bool
    /// `=`, `in`, `not in`, `wider`, `narrower`, `disjoint`, `>=`, `<`, `?`.
    package let relation: String

    package init(_ name: String, wanted: String, got: String, _ relation: Relation) {
      self.name = name
      self.wanted = wanted
      self.got = got
      self.relation = relation.rawValue
      equal = relation.holds
    }
  }

  /// How what was got stands to what was wanted.
  package enum Relation: String, Sendable {
    case same = "="
    case inside = "in"
    case narrower
    case greaterOrEqual = ">="
    case less = "<"
    case differs = "!="
    case outside = "not in"
    case wider
    case overlaps
    case disjoint
    case unknown = "?"

    /// True when the relation counts as a match.
    package var holds: Bool {
      switch self {
      case .same, .inside, .narrower, .greaterOrEqual: true
      case .less, .differs, .outside, .wider, .overlaps, .disjoint, .unknown: false
      }
    }
  }
}
