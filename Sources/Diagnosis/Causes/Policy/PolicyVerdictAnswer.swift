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
  return answer
}
