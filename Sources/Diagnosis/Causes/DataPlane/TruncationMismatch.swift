import Tracking

extension Cause {
  /// SHA-256 cut at 96 bits at one end and at 128 at the other.
  static let truncationMismatch = Cause(
    id: "truncation_mismatch", family: .dataPlane, severity: .error,
    title: "The integrity value has another length",
    meaning: """
      HMAC-SHA-256 is cut to 128 bits by RFC 4868 and to 96 bits by old implementations; ends that \
      differ reject each other's packets.
      """,
    shows: "With ESP keys: the check passes at 96 bits and not at 128, or the reverse.",
    remedy: Remedy("Update the end that cuts to 96 bits, or use SHA-1 or GCM with it."),
    lookAlikes: ["esp_integrity_failure"], explains: ["esp_integrity_failure"],
    rule: .flow { flow, scene in
      verifiedOtherwise("trunc", flow, scene, "with an integrity value of another length")
    })
}
