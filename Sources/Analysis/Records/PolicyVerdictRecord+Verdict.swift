package import Policy
package import Timeline

extension PolicyVerdictRecord {
  /// A verdict as the timeline has it; `observed` is left to whoever saw a capture.
  package init(_ verdict: Verdict) {
    self.init()
    self.verdict = verdict.outcome.rawValue
    reason = verdict.reason?.rawValue ?? ""
    sentence = verdict.sentence
    interface = verdict.interface
    map = verdict.map
    sequence = verdict.sequence
    entryLine = verdict.entryLine?.line
    dynamicMap = verdict.dynamicMap
    dynamicSequence = verdict.dynamicSequence
    acl = verdict.acl
    ace = verdict.ace.map(ACERecord.init)
    peer = verdict.peer
    saScope = verdict.saScope.map(SAScopeRecord.init)
    negotiates = verdict.negotiates
    transformSet = verdict.transformSet
    proposal = verdict.proposal
    lifetimeSeconds = verdict.lifetimeSeconds.map(Int.init(clamping:))
    lifetimeKilobytes = verdict.lifetimeKilobytes.map(Int.init(clamping:))
    if !verdict.chosen.isEmpty {
      chosen = verdict.chosen.map { AlgorithmRecord(kind: $0.kind, name: $0.name) }
    }
    notify = verdict.notify
    ikePolicy = verdict.ikePolicy.map(IKEPolicyReference.init)
    tunnelGroup = verdict.tunnelGroup
    findings = verdict.findings.map(\.rawValue)
    rules = verdict.rules
    tried = verdict.tried.map(AttemptRecord.init)
    trace = verdict.trace.map(StepRecord.init)
    notes = verdict.detail.notes
    candidates = verdict.detail.candidates.map(sentence(of:))
    nearest =
      verdict.detail.nearest.map { AttemptRecord($0).description } ?? verdict.detail.nearestMiss
    why = verdict.detail.why
    wouldWork = verdict.detail.wouldWork
  }

  private func sentence(of candidate: Verdict.Candidate) -> String {
    let reason = candidate.reason.map { " (\($0.rawValue))" } ?? ""
    let map = candidate.map.map { " by \($0)" } ?? ""
    let sequence = candidate.sequence.map { " \($0)" } ?? ""
    let ace = candidate.ace.map { ", ACE \($0)" } ?? ""
    return "\(candidate.outcome.rawValue)\(reason)\(map)\(sequence)\(ace): \(candidate.condition)"
  }
}

extension ACERecord {
  fileprivate init(_ ace: Verdict.ACEReference) {
    self.init()
    index = ace.index
    line = ace.line
    text = ace.text
  }
}

extension IKEPolicyReference {
  fileprivate init(_ policy: Verdict.IKEPolicyReference) {
    self.init()
    number = policy.number
    line = policy.line
  }
}

extension SAScopeRecord {
  fileprivate init(_ scope: SAScope) {
    self.init()
    source = scope.source
    destination = scope.destination
    self.protocol = scope.protocol
    sourcePort = scope.sourcePort?.description
    destinationPort = scope.destinationPort?.description
  }
}

extension AttemptRecord {
  fileprivate init(_ attempt: Attempt) {
    switch attempt {
    case .policy(let offered, let own, let differs):
      self = .policy(offered: offered, own: own, differs: differs)
    case .entry(let sequence, let dynamicSequence, let stage):
      self = .entry(sequence: sequence, dynamicSequence: dynamicSequence, stage: stage.rawValue)
    }
  }
}

extension StepRecord {
  fileprivate init(_ step: Step) {
    self.init()
    label = step.label
    what = step.what
    result = step.result.rawValue
    if let cited = step.config {
      var line = StepLineRecord()
      line.line = cited.line
      line.text = cited.text
      config = line
    }
    fields = step.fields.map(FieldRecord.init)
    steps = step.steps.map(StepRecord.init)
    rule = step.rule
  }
}

extension FieldRecord {
  fileprivate init(_ field: Step.Field) {
    self.init()
    name = field.name
    wanted = field.wanted
    got = field.got
    equal = field.equal
    relation = field.relation
  }
}
