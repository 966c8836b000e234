package import Keys
package import Layers
package import Tracking

/// What an analysis is told beside the frames.
package struct AnalysisOptions {
  /// Key material; empty for none.
  package var keys = KeyMaterial()
  /// Configurations of one end or of both.
  package var configurations: [GivenConfiguration] = []
  /// Judge hygiene as a warning instead of a note.
  package var isAudit = false
  /// What the tracker may remember.
  package var limits = TrackerLimits()
  /// What the layers may remember.
  package var layerLimits = LayerLimits()
  /// Give every payload's fields with each message.
  package var verbose = false
  /// Asked before every batch of frames: true ends the analysis early, with all that was seen.
  package var shouldStop: () -> Bool = { false }

  /// Given every packet and IKE message that is opened; nil for nobody.
  package var opened: ((ClearPacket) -> Void)?
  /// Leave passwords readable in the IKE messages given to `opened`.
  package var showsSecrets = false

  package init() {}
}
