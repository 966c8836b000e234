import ISAKMP
import Registries
import Tracking

/// A notify by what it says, whichever version's number it has.
struct NotifyKind {
  let v1: NotifyTypeV1?
  let v2: NotifyTypeV2?

  static let noProposalChosen = NotifyKind(v1: .noProposalChosen, v2: .noProposalChosen)
  static let authenticationFailed = NotifyKind(
    v1: .authenticationFailed, v2: .authenticationFailed)
  static let invalidMajorVersion = NotifyKind(v1: .invalidMajorVersion, v2: .invalidMajorVersion)
  static let malformed = NotifyKind(v1: .payloadMalformed, v2: .invalidSyntax)
  static let selectorsRefused = NotifyKind(v1: .invalidIDInformation, v2: .tsUnacceptable)
  static let invalidSPI = NotifyKind(v1: .invalidSPI, v2: .invalidSPI)
  static let unknownIKESA = NotifyKind(v1: .invalidCookie, v2: .invalidIKESPI)
  static let invalidMessageID = NotifyKind(v1: .invalidMessageID, v2: .invalidMessageID)
  static let invalidKE = NotifyKind(v1: .invalidKeyInformation, v2: .invalidKEPayload)
  static let unsupportedExchange = NotifyKind(v1: .unsupportedExchangeType, v2: nil)
  static let invalidExchange = NotifyKind(v1: .invalidExchangeType, v2: nil)
  static let invalidHash = NotifyKind(v1: .invalidHashInformation, v2: nil)
  static let invalidSignature = NotifyKind(v1: .invalidSignature, v2: nil)
  static let invalidCertificate = NotifyKind(v1: .invalidCertificate, v2: nil)
  static let unknownAuthority = NotifyKind(v1: .invalidCertAuthority, v2: nil)
  static let certificateUnavailable = NotifyKind(v1: .certificateUnavailable, v2: nil)
  static let responderLifetime = NotifyKind(v1: .responderLifetime, v2: nil)
  static let areYouThere = NotifyKind(v1: .dpdRUThere, v2: nil)
  static let areYouThereAck = NotifyKind(v1: .dpdRUThereAck, v2: nil)
  static let cookie = NotifyKind(v1: nil, v2: .cookie)
  static let singlePair = NotifyKind(v1: nil, v2: .singlePairRequired)
  static let addressFailure = NotifyKind(v1: nil, v2: .internalAddressFailure)
  static let configurationRequired = NotifyKind(v1: nil, v2: .failedCPRequired)
  static let temporaryFailure = NotifyKind(v1: nil, v2: .temporaryFailure)
  static let childNotFound = NotifyKind(v1: nil, v2: .childSANotFound)
  static let transportMode = NotifyKind(v1: nil, v2: .useTransportMode)
  static let addressUpdate = NotifyKind(v1: nil, v2: .updateSAAddresses)
  static let mobike = NotifyKind(v1: nil, v2: .mobikeSupported)
  static let criticalPayload = NotifyKind(v1: nil, v2: .unsupportedCriticalPayload)

  func matches(_ notify: Notify) -> Bool {
    if let type = notify.typeV1 { return type == v1 }
    if let type = notify.typeV2 { return type == v2 }
    return false
  }
}

extension SeenNotify {
  func says(_ kinds: NotifyKind...) -> Bool { kinds.contains { $0.matches(notify) } }

  /// True for an error that speaks of a negotiation.
  var isRefusal: Bool {
    notify.isError && !says(.invalidSPI, .unknownIKESA, .invalidMessageID)
  }
}
