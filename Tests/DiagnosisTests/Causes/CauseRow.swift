import Testing

/// A cause with a capture that shows it, and one that only looks like it.
struct CauseRow: Sendable, CustomTestStringConvertible {
  var cause: String
  var positive: Sample
  var negative: Sample
  /// What the negative capture shows instead; nil where it is healthy.
  var lookAlike: String?
  /// Findings that are as right in the positive capture.
  var beside: Set<String>

  init(
    _ cause: String, _ positive: Sample, not negative: Sample, but lookAlike: String? = nil,
    beside: Set<String> = []
  ) {
    self.cause = cause
    self.positive = positive
    self.negative = negative
    self.lookAlike = lookAlike
    self.beside = beside
  }

  var testDescription: String { cause }

  /// A row for every cause of the catalogue.
  static let all: [CauseRow] =
    noAnswer + phase1 + authentication + certificates + phase2 + path + dataPlane + integrity
    + policy + liveness + notices
}
