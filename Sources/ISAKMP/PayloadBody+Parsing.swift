import Bytes
import Registries

extension PayloadBody {
  /// Reads the body of one payload; a body that cannot be read is kept as bytes, with the reason
  /// in `notes`.
  init(
    parsing bytes: RawSpan, type: PayloadType, offset: Int, index: Int, context: PayloadContext,
    notes: inout DecodingNotes
  ) {
    var reader = WireReader(
      bytes, layer: "", base: context.base + offset, boundedBy: "the payload length")
    notes.payload = (index, type)
    defer { notes.payload = nil }
    do throws(WireError) {
      self =
        switch type.version {
        case .v1: try Self.v1(type, &reader, offset: offset, context, &notes)
        case .v2: try Self.v2(type, &reader, offset: offset, context, &notes)
        }
    } catch {
      notes.fail(error)
      self = .opaque(bytes.copy())
    }
  }

  private static func v1(
    _ type: PayloadType, _ reader: inout WireReader, offset: Int, _ context: PayloadContext,
    _ notes: inout DecodingNotes
  ) throws(WireError) -> PayloadBody {
    switch resolved(type, reader.remaining, context) {
    case .saV1: .securityAssociation(try SecurityAssociation(parsingV1: &reader, offset, &notes))
    case .keV1: .keyExchange(KeyExchange(group: nil, data: reader.takeRest()))
    case .idV1: .identification(try Identification(parsingV1: &reader, &notes))
    case .certV1: .certificate(try Certificate(parsing: &reader))
    case .certReqV1: .certificateRequest(try CertificateRequest(parsingV1: &reader))
    case .hashV1: .hash(reader.takeRest())
    case .sigV1: .signature(reader.takeRest())
    case .nonceV1: .nonce(Self.nonce(&reader, type.version, &notes))
    case .notifyV1: .notify(try Notify(parsingV1: &reader, &notes))
    case .deleteV1: .delete(try Delete(parsingV1: &reader, &notes))
    case .vendorIDV1: .vendorID(reader.takeRest())
    case .attributesV1: .configuration(try Configuration(parsing: &reader, .v1, &notes))
    case .natDV1, .natDDraft00V1: .natDiscovery(reader.takeRest())
    case .natOAV1, .natOADraft00V1:
      .natOriginalAddress(try Identification(parsingOriginalAddress: &reader))
    case .ciscoFragmentV1: .ciscoFragment(try CiscoFragment(parsing: &reader, offset))
    default: .opaque(reader.takeRest())
    }
  }

  /// 8 to 256 bytes in IKEv1 (RFC 2409 §5), 16 to 256 in IKEv2 (RFC 7296 §3.9).
  private static func nonce(
    _ reader: inout WireReader, _ version: IKEVersion, _ notes: inout DecodingNotes
  ) -> [UInt8] {
    let data = reader.takeRest()
    if data.count < (version == .v1 ? 8 : 16) || data.count > 256 {
      notes.oddity("a nonce of \(data.count) bytes", at: reader)
    }
    return data
  }

  /// Numbers 15 and 16 were NAT-D and NAT-OA in draft-ietf-ipsec-nat-t-ike-04 to 08 and are GDOI's
  /// SAK and SAT since; GDOI has them inside a SA payload only, never in phase 1, and a NAT-OA is
  /// 8 or 20 bytes that start with an address type.
  private static func resolved(
    _ type: PayloadType, _ bodyBytes: Int, _ context: PayloadContext
  ) -> PayloadType {
    switch type.rawValue {
    case 15 where context.exchange == .main || context.exchange == .aggressive: .natDV1
    case 16 where context.exchange == .quick && (bodyBytes == 8 || bodyBytes == 20): .natOAV1
    default: type
    }
  }

  private static func v2(
    _ type: PayloadType, _ reader: inout WireReader, offset: Int, _ context: PayloadContext,
    _ notes: inout DecodingNotes
  ) throws(WireError) -> PayloadBody {
    switch type {
    case .saV2: .securityAssociation(try SecurityAssociation(parsingV2: &reader, offset, &notes))
    case .keV2: .keyExchange(try KeyExchange(parsingV2: &reader, &notes))
    case .idIV2, .idRV2, .strongswanIDPeerV2, .idGV2:
      .identification(try Identification(parsingV2: &reader, &notes))
    case .certV2: .certificate(try Certificate(parsing: &reader))
    case .certReqV2: .certificateRequest(try CertificateRequest(parsingV2: &reader))
    case .authV2: .authentication(try Authentication(parsing: &reader, &notes))
    case .nonceV2: .nonce(Self.nonce(&reader, type.version, &notes))
    case .notifyV2: .notify(try Notify(parsingV2: &reader))
    case .deleteV2: .delete(try Delete(parsingV2: &reader, &notes))
    case .vendorIDV2: .vendorID(reader.takeRest())
    case .tsIV2, .tsRV2: .trafficSelectors(try TrafficSelector.list(parsing: &reader, &notes))
    case .skV2: .encrypted(EncryptedPayload(offset: offset, count: reader.remaining))
    case .skfV2: .encryptedFragment(try EncryptedFragment(parsing: &reader, offset))
    case .cpV2: .configuration(try Configuration(parsing: &reader, .v2, &notes))
    case .eapV2: .eap(try EAPPacket(parsing: &reader, &notes))
    case .ciscoFragmentV2: .ciscoFragment(try CiscoFragment(parsing: &reader, offset))
    default: .opaque(reader.takeRest())
    }
  }
}
