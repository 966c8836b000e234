package import Bytes
package import CiscoConfig
package import Diagnosis
package import Keys
package import Layers
package import Tracking

/// What an analysis is told beside the frames.
package struct AnalysisOptions {
  /// Key material; empty for none.
  package var keys = KeyMaterial()
  /// Configurations of one end or of both.
  package var configurations: [CryptoConfiguration] = []
  /// The address of the end that the first configuration belongs to, where the user says it.
  package var local: IPAddress?
  /// How findings are judged.
  package var diagnosis = DiagnosisOptions()
  /// What the tracker may remember.
  package var limits = TrackerLimits()
  /// What the layers may remember.
  package var layerLimits = LayerLimits()
  /// Give every payload's fields with each message.
  package var verbose = false
  /// Given every packet and IKE message that is opened; nil for nobody.
  package var opened: ((ClearPacket) -> Void)?
  /// Leave passwords readable in the IKE messages given to `opened`.
  package var showsSecrets = false
  /// Tell findings as events while packets come, and take back what later ones refute.
  package var diagnosesMeanwhile = false
  /// Tunnels that are looked at meanwhile, those heard last.
  package var tunnelsMeanwhile = 2_000
  /// Threads that open packets with keys, the analysis's own one among them.
  package var jobs = 1
  /// Frames of a batch that is worth handing to another thread.
  package var framesHandedOver = 32
  /// Asked before every batch of frames: true ends the analysis early, with all that was seen.
  package var shouldStop: () -> Bool = { false }

  package init() {}
}
