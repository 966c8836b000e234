import Timeline
import Tracking

/// The answer of a cause that a configuration's verdict on a flow stands for.
func verdictAnswer(
  _ certainty: Certainty, _ input: InnerFlowInput, _ verdict: PolicyVerdictRecord, _ reason: String,
  _ scene: Scene
) -> Answer {
  var text = "\(flowText(input.flow)) (\(count(input.flow.packets, "packet"))): \(reason)"
  if !verdict.sentence.isEmpty { text += " \(verdict.sentence)" }
  var answer = Answer(
    certainty, text, side: .local, evidence: [Evidence(input.flow.first, "the flow's first packet")]
  )
  answer.config = lines(verdict, input.path)
  if answer.config.isEmpty, let entry = verdict.entryLine {
    var line = ConfigLineRecord()
    line.path = input.path
    line.line = entry
    line.text = "crypto map \(verdict.map ?? "") \(verdict.sequence.map(String.init) ?? "")"
    answer.config = [line]
  }
  answer.tunnel = scene.tunnels.first { $0.isEstablished }
  answer.device = device(input, verdict)
  return answer
}

/// The configured device that a flow's verdict is of, with its names for the entry and its list.
func device(_ input: InnerFlowInput, _ verdict: PolicyVerdictRecord) -> KnownDevice? {
  guard let dialect = input.dialect else { return nil }
  var names = ConfigurationNames()
  (names.map, names.sequence, names.accessList) = (verdict.map, verdict.sequence, verdict.acl)
  names.interface = verdict.interface
  names.transformSet = verdict.transformSet
  names.peer = verdict.peer
  names.networks = input.networks
  let name = input.path.split(separator: "/").last.map(String.init) ?? input.path
  return KnownDevice(dialect: dialect, name: name, names: names)
}
