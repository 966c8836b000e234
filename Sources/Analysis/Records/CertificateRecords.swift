import Bytes
import ISAKMP
import Registries
import Timeline
import Tracking

/// The certificates that the ends of an IKE SA sent.
func certificateRecords(_ sa: IKESA) -> [CertificateRecord] {
  sa.certificates.map { seen in
    var record = CertificateRecord()
    record.frame = seen.sighting.frame
    record.from = seen.from.name
    guard let facts = seen.facts else {
      record.subject = "not read: \(seen.certificate.encoding.name)"
      return record
    }
    record.subject = facts.subject
    record.issuer = facts.issuer
    record.serial = facts.serial
    record.names = facts.alternativeNames
    record.notBefore = facts.notBefore.rfc3339()
    record.notAfter = facts.notAfter.rfc3339()
    record.key = facts.key
    return record
  }
}
