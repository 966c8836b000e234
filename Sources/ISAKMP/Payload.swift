package import Registries

/// One payload of a message: its generic header (RFC 2408 §3.2, RFC 7296 §3.2) and what it holds.
package struct Payload: Sendable {
  /// Its type, as the payload before it or the header said.
  package let type: PayloadType
  /// The type of the next payload that its header names; of SK and SKF, the first one inside.
  package let nextPayload: UInt8
  /// IKEv2's critical bit.
  package let isCritical: Bool
  /// The whole payload within the bytes given to the parser, generic header included; ends early
  /// where the bytes do.
  package let range: Range<Int>
  /// What it holds.
  package let body: PayloadBody

  /// What follows the generic header: the bytes that HASH and AUTH computations take (SAi_b,
  /// IDii_b, …).
  package var bodyRange: Range<Int> {
    min(range.lowerBound + 4, range.upperBound)..<range.upperBound
  }

  /// True for a payload type that no registry names.
  package var isUnknown: Bool {
    if case .opaque = body { type.entry == nil } else { false }
  }

  /// From its parts.
  package init(
    type: PayloadType, nextPayload: UInt8, isCritical: Bool, range: Range<Int>, body: PayloadBody
  ) {
    self.type = type
    self.nextPayload = nextPayload
    self.isCritical = isCritical
    self.range = range
    self.body = body
  }
}

/// What a payload holds, by family; IKEv1 and IKEv2 share a family wherever they share a meaning.
package enum PayloadBody: Sendable {
  /// SA, both versions.
  case securityAssociation(SecurityAssociation)
  /// KE, both versions.
  case keyExchange(KeyExchange)
  /// ID of IKEv1; IDi, IDr (and strongSwan's IDp, RFC 9838's IDg) of IKEv2: the type tells which.
  case identification(Identification)
  /// CERT, both versions.
  case certificate(Certificate)
  /// CERTREQ, both versions.
  case certificateRequest(CertificateRequest)
  /// HASH of IKEv1.
  case hash([UInt8])
  /// SIG of IKEv1.
  case signature([UInt8])
  /// NONCE, both versions.
  case nonce([UInt8])
  /// AUTH of IKEv2.
  case authentication(Authentication)
  /// N, both versions.
  case notify(Notify)
  /// D, both versions.
  case delete(Delete)
  /// VID, both versions.
  case vendorID([UInt8])
  /// NAT-D of IKEv1, RFC 3947 and all drafts: HASH(cookies | address | port).
  case natDiscovery([UInt8])
  /// NAT-OA of IKEv1, RFC 3947 and all drafts.
  case natOriginalAddress(Identification)
  /// Attributes of IKEv1 (mode configuration, XAUTH) and CP of IKEv2.
  case configuration(Configuration)
  /// EAP of IKEv2.
  case eap(EAPPacket)
  /// TSi and TSr of IKEv2: the type tells which.
  case trafficSelectors([TrafficSelector])
  /// SK of IKEv2: IV, ciphertext and integrity check value.
  case encrypted(EncryptedPayload)
  /// SKF of IKEv2 (RFC 7383).
  case encryptedFragment(EncryptedFragment)
  /// A piece of a message in Cisco's IKEv1 fragmentation (type 132).
  case ciscoFragment(CiscoFragment)
  /// A payload known by name (GSPM, GDOI's SAK, SAT, KD, SEQ, POP, GAP, G-IKEv2's GSA and KD),
  /// an unknown one, or one whose structure could not be read: its bytes.
  case opaque([UInt8])
}
