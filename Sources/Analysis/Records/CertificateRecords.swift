import Timeline
import Tracking

/// The certificates that the ends of an IKE SA sent.
func certificateRecords(_ sa: IKESA) -> [CertificateRecord] {
  []
}
