/// Notify message types of IKEv1 (RFC 2408 §3.14.1, RFC 2407 §4.6.3) and private ones.
package struct NotifyTypeV1: RegistryNumber {
  /// The number on the wire.
  package let rawValue: UInt16

  /// Any number is valid.
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// INVALID-PAYLOAD-TYPE, RFC 2408.
  package static let invalidPayloadType = Self(rawValue: 1)
  /// DOI-NOT-SUPPORTED, RFC 2408.
  package static let doiNotSupported = Self(rawValue: 2)
  /// SITUATION-NOT-SUPPORTED, RFC 2408.
  package static let situationNotSupported = Self(rawValue: 3)
  /// INVALID-COOKIE, RFC 2408.
  package static let invalidCookie = Self(rawValue: 4)
  /// INVALID-MAJOR-VERSION, RFC 2408.
  package static let invalidMajorVersion = Self(rawValue: 5)
  /// INVALID-MINOR-VERSION, RFC 2408.
  package static let invalidMinorVersion = Self(rawValue: 6)
  /// INVALID-EXCHANGE-TYPE, RFC 2408.
  package static let invalidExchangeType = Self(rawValue: 7)
  /// INVALID-FLAGS, RFC 2408.
  package static let invalidFlags = Self(rawValue: 8)
  /// INVALID-MESSAGE-ID, RFC 2408.
  package static let invalidMessageID = Self(rawValue: 9)
  /// INVALID-PROTOCOL-ID, RFC 2408.
  package static let invalidProtocolID = Self(rawValue: 10)
  /// INVALID-SPI, RFC 2408.
  package static let invalidSPI = Self(rawValue: 11)
  /// INVALID-TRANSFORM-ID, RFC 2408.
  package static let invalidTransformID = Self(rawValue: 12)
  /// ATTRIBUTES-NOT-SUPPORTED, RFC 2408.
  package static let attributesNotSupported = Self(rawValue: 13)
  /// NO-PROPOSAL-CHOSEN, RFC 2408.
  package static let noProposalChosen = Self(rawValue: 14)
  /// BAD-PROPOSAL-SYNTAX, RFC 2408.
  package static let badProposalSyntax = Self(rawValue: 15)
  /// PAYLOAD-MALFORMED, RFC 2408.
  package static let payloadMalformed = Self(rawValue: 16)
  /// INVALID-KEY-INFORMATION, RFC 2408.
  package static let invalidKeyInformation = Self(rawValue: 17)
  /// INVALID-ID-INFORMATION, RFC 2408.
  package static let invalidIDInformation = Self(rawValue: 18)
  /// INVALID-CERT-ENCODING, RFC 2408.
  package static let invalidCertEncoding = Self(rawValue: 19)
  /// INVALID-CERTIFICATE, RFC 2408.
  package static let invalidCertificate = Self(rawValue: 20)
  /// CERT-TYPE-UNSUPPORTED, RFC 2408.
  package static let certTypeUnsupported = Self(rawValue: 21)
  /// INVALID-CERT-AUTHORITY, RFC 2408.
  package static let invalidCertAuthority = Self(rawValue: 22)
  /// INVALID-HASH-INFORMATION, RFC 2408.
  package static let invalidHashInformation = Self(rawValue: 23)
  /// AUTHENTICATION-FAILED, RFC 2408.
  package static let authenticationFailed = Self(rawValue: 24)
  /// INVALID-SIGNATURE, RFC 2408.
  package static let invalidSignature = Self(rawValue: 25)
  /// ADDRESS-NOTIFICATION, RFC 2408.
  package static let addressNotification = Self(rawValue: 26)
  /// NOTIFY-SA-LIFETIME, RFC 2408.
  package static let notifySALifetime = Self(rawValue: 27)
  /// CERTIFICATE-UNAVAILABLE, RFC 2408.
  package static let certificateUnavailable = Self(rawValue: 28)
  /// UNSUPPORTED-EXCHANGE-TYPE, RFC 2408.
  package static let unsupportedExchangeType = Self(rawValue: 29)
  /// UNEQUAL-PAYLOAD-LENGTHS, RFC 2408.
  package static let unequalPayloadLengths = Self(rawValue: 30)
  /// CONNECTED, RFC 2408.
  package static let connected = Self(rawValue: 16384)
  /// RESPONDER-LIFETIME, RFC 2407.
  package static let responderLifetime = Self(rawValue: 24576)
  /// REPLAY-STATUS, RFC 2407.
  package static let replayStatus = Self(rawValue: 24577)
  /// INITIAL-CONTACT, RFC 2407.
  package static let initialContact = Self(rawValue: 24578)
  /// CISCO-HELLO.
  package static let ciscoHello = Self(rawValue: 30000)
  /// CISCO-WWTEBR.
  package static let ciscoWwtebr = Self(rawValue: 30001)
  /// CISCO-SHUT-UP.
  package static let ciscoShutUp = Self(rawValue: 30002)
  /// IOS-KEEP-ALIVE-REQ.
  package static let iosKeepaliveRequest = Self(rawValue: 32768)
  /// IOS-KEEP-ALIVE-ACK.
  package static let iosKeepaliveAck = Self(rawValue: 32769)
  /// R-U-THERE, RFC 3706.
  package static let dpdRUThere = Self(rawValue: 36136)
  /// R-U-THERE-ACK, RFC 3706.
  package static let dpdRUThereAck = Self(rawValue: 36137)
  /// NETSCREEN-NHTB-INFORM.
  package static let netscreenNHTBInform = Self(rawValue: 40001)
  /// NOTIFY_STATUS, MS-IKEE.
  package static let msNotifyStatus = Self(rawValue: 40003)
  /// NOTIFY_DOS_COOKIE, MS-IKEE.
  package static let msDosCookie = Self(rawValue: 40004)
  /// EXCHANGE_INFO, MS-IKEE.
  package static let msExchangeInfo = Self(rawValue: 40005)
  /// UNITY-HEARTBEAT.
  package static let unityHeartbeat = Self(rawValue: 40500)
  /// UNITY-LOAD-BALANCE.
  package static let unityLoadBalance = Self(rawValue: 40501)
  /// UNITY-UNKNOWN.
  package static let unityUnknown = Self(rawValue: 40502)
  /// UNITY-GROUP-HASH.
  package static let unityGroupHash = Self(rawValue: 40503)

  /// True for the error types: 1 to 8191, and private errors up to 16383 (RFC 2408 §3.14.1).
  package var isError: Bool { rawValue > 0 && rawValue < 16384 }

  /// The table of names and facts.
  package static let registry = Registry(
    """
    number|name|id|kind|rfc
    1|INVALID-PAYLOAD-TYPE|invalid-payload-type|error|RFC 2408
    2|DOI-NOT-SUPPORTED|doi-not-supported|error|RFC 2408
    3|SITUATION-NOT-SUPPORTED|situation-not-supported|error|RFC 2408
    4|INVALID-COOKIE|invalid-cookie|error|RFC 2408
    5|INVALID-MAJOR-VERSION|invalid-major-version|error|RFC 2408
    6|INVALID-MINOR-VERSION|invalid-minor-version|error|RFC 2408
    7|INVALID-EXCHANGE-TYPE|invalid-exchange-type|error|RFC 2408
    8|INVALID-FLAGS|invalid-flags|error|RFC 2408
    9|INVALID-MESSAGE-ID|invalid-message-id|error|RFC 2408
    10|INVALID-PROTOCOL-ID|invalid-protocol-id|error|RFC 2408
    11|INVALID-SPI|invalid-spi|error|RFC 2408
    12|INVALID-TRANSFORM-ID|invalid-transform-id|error|RFC 2408
    13|ATTRIBUTES-NOT-SUPPORTED|attributes-not-supported|error|RFC 2408
    14|NO-PROPOSAL-CHOSEN|no-proposal-chosen|error|RFC 2408
    15|BAD-PROPOSAL-SYNTAX|bad-proposal-syntax|error|RFC 2408
    16|PAYLOAD-MALFORMED|payload-malformed|error|RFC 2408
    17|INVALID-KEY-INFORMATION|invalid-key-information|error|RFC 2408
    18|INVALID-ID-INFORMATION|invalid-id-information|error|RFC 2408
    19|INVALID-CERT-ENCODING|invalid-cert-encoding|error|RFC 2408
    20|INVALID-CERTIFICATE|invalid-certificate|error|RFC 2408
    21|CERT-TYPE-UNSUPPORTED|cert-type-unsupported|error|RFC 2408
    22|INVALID-CERT-AUTHORITY|invalid-cert-authority|error|RFC 2408
    23|INVALID-HASH-INFORMATION|invalid-hash-information|error|RFC 2408
    24|AUTHENTICATION-FAILED|authentication-failed|error|RFC 2408
    25|INVALID-SIGNATURE|invalid-signature|error|RFC 2408
    26|ADDRESS-NOTIFICATION|address-notification|error|RFC 2408
    27|NOTIFY-SA-LIFETIME|notify-sa-lifetime|error|RFC 2408
    28|CERTIFICATE-UNAVAILABLE|certificate-unavailable|error|RFC 2408
    29|UNSUPPORTED-EXCHANGE-TYPE|unsupported-exchange-type|error|RFC 2408
    30|UNEQUAL-PAYLOAD-LENGTHS|unequal-payload-lengths|error|RFC 2408
    16384|CONNECTED|connected|status|RFC 2408
    24576|RESPONDER-LIFETIME|responder-lifetime|status|RFC 2407
    24577|REPLAY-STATUS|replay-status|status|RFC 2407
    24578|INITIAL-CONTACT|initial-contact|status|RFC 2407
    30000|CISCO-HELLO|cisco-hello|status|-
    30001|CISCO-WWTEBR|cisco-wwtebr|status|-
    30002|CISCO-SHUT-UP|cisco-shut-up|status|-
    32768|IOS-KEEP-ALIVE-REQ|ios-keepalive-request|status|-
    32769|IOS-KEEP-ALIVE-ACK|ios-keepalive-ack|status|-
    36136|R-U-THERE|dpd-r-u-there|status|RFC 3706
    36137|R-U-THERE-ACK|dpd-r-u-there-ack|status|RFC 3706
    40001|NETSCREEN-NHTB-INFORM|netscreen-nhtb-inform|status|-
    40003|NOTIFY_STATUS|ms-notify-status|status|MS-IKEE
    40004|NOTIFY_DOS_COOKIE|ms-dos-cookie|status|MS-IKEE
    40005|EXCHANGE_INFO|ms-exchange-info|status|MS-IKEE
    40500|UNITY-HEARTBEAT|unity-heartbeat|status|-
    40501|UNITY-LOAD-BALANCE|unity-load-balance|status|-
    40502|UNITY-UNKNOWN|unity-unknown|status|-
    40503|UNITY-GROUP-HASH|unity-group-hash|status|-
    """)
}
