/// Notify message types of IKEv2 (RFC 7296 §3.10.1). Private numbers collide between vendors:
/// the first named is the one printed, `entries(of:)` gives all.
package struct NotifyTypeV2: RegistryNumber {
  /// The number on the wire.
  package let rawValue: UInt16

  /// Any number is valid.
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// UNSUPPORTED_CRITICAL_PAYLOAD, RFC 7296.
  package static let unsupportedCriticalPayload = Self(rawValue: 1)
  /// INVALID_IKE_SPI, RFC 7296.
  package static let invalidIKESPI = Self(rawValue: 4)
  /// INVALID_MAJOR_VERSION, RFC 7296.
  package static let invalidMajorVersion = Self(rawValue: 5)
  /// INVALID_SYNTAX, RFC 7296.
  package static let invalidSyntax = Self(rawValue: 7)
  /// INVALID_MESSAGE_ID, RFC 7296.
  package static let invalidMessageID = Self(rawValue: 9)
  /// INVALID_SPI, RFC 7296.
  package static let invalidSPI = Self(rawValue: 11)
  /// NO_PROPOSAL_CHOSEN, RFC 7296.
  package static let noProposalChosen = Self(rawValue: 14)
  /// INVALID_KE_PAYLOAD, RFC 7296.
  package static let invalidKEPayload = Self(rawValue: 17)
  /// AUTHENTICATION_FAILED, RFC 7296.
  package static let authenticationFailed = Self(rawValue: 24)
  /// SINGLE_PAIR_REQUIRED, RFC 7296.
  package static let singlePairRequired = Self(rawValue: 34)
  /// NO_ADDITIONAL_SAS, RFC 7296.
  package static let noAdditionalSAs = Self(rawValue: 35)
  /// INTERNAL_ADDRESS_FAILURE, RFC 7296.
  package static let internalAddressFailure = Self(rawValue: 36)
  /// FAILED_CP_REQUIRED, RFC 7296.
  package static let failedCPRequired = Self(rawValue: 37)
  /// TS_UNACCEPTABLE, RFC 7296.
  package static let tsUnacceptable = Self(rawValue: 38)
  /// INVALID_SELECTORS, RFC 7296.
  package static let invalidSelectors = Self(rawValue: 39)
  /// UNACCEPTABLE_ADDRESSES, RFC 4555.
  package static let unacceptableAddresses = Self(rawValue: 40)
  /// UNEXPECTED_NAT_DETECTED, RFC 4555.
  package static let unexpectedNATDetected = Self(rawValue: 41)
  /// USE_ASSIGNED_HoA, RFC 5026.
  package static let useAssignedHoa = Self(rawValue: 42)
  /// TEMPORARY_FAILURE, RFC 7296.
  package static let temporaryFailure = Self(rawValue: 43)
  /// CHILD_SA_NOT_FOUND, RFC 7296.
  package static let childSANotFound = Self(rawValue: 44)
  /// INVALID_GROUP_ID, RFC 9838.
  package static let invalidGroupID = Self(rawValue: 45)
  /// AUTHORIZATION_FAILED, RFC 9838.
  package static let authorizationFailed = Self(rawValue: 46)
  /// STATE_NOT_FOUND, RFC 9370.
  package static let stateNotFound = Self(rawValue: 47)
  /// TS_MAX_QUEUE, RFC 9611.
  package static let tsMaxQueue = Self(rawValue: 48)
  /// REGISTRATION_FAILED, RFC 9838.
  package static let registrationFailed = Self(rawValue: 49)
  /// ME_CONNECT_FAILED.
  package static let strongswanMEConnectFailed = Self(rawValue: 8192)
  /// INITIAL_CONTACT, RFC 7296.
  package static let initialContact = Self(rawValue: 16384)
  /// SET_WINDOW_SIZE, RFC 7296.
  package static let setWindowSize = Self(rawValue: 16385)
  /// ADDITIONAL_TS_POSSIBLE, RFC 7296.
  package static let additionalTSPossible = Self(rawValue: 16386)
  /// IPCOMP_SUPPORTED, RFC 7296.
  package static let ipcompSupported = Self(rawValue: 16387)
  /// NAT_DETECTION_SOURCE_IP, RFC 7296.
  package static let natDetectionSourceIP = Self(rawValue: 16388)
  /// NAT_DETECTION_DESTINATION_IP, RFC 7296.
  package static let natDetectionDestinationIP = Self(rawValue: 16389)
  /// COOKIE, RFC 7296.
  package static let cookie = Self(rawValue: 16390)
  /// USE_TRANSPORT_MODE, RFC 7296.
  package static let useTransportMode = Self(rawValue: 16391)
  /// HTTP_CERT_LOOKUP_SUPPORTED, RFC 7296.
  package static let httpCertLookupSupported = Self(rawValue: 16392)
  /// REKEY_SA, RFC 7296.
  package static let rekeySA = Self(rawValue: 16393)
  /// ESP_TFC_PADDING_NOT_SUPPORTED, RFC 7296.
  package static let espTFCPaddingNotSupported = Self(rawValue: 16394)
  /// NON_FIRST_FRAGMENTS_ALSO, RFC 7296.
  package static let nonFirstFragmentsAlso = Self(rawValue: 16395)
  /// MOBIKE_SUPPORTED, RFC 4555.
  package static let mobikeSupported = Self(rawValue: 16396)
  /// ADDITIONAL_IP4_ADDRESS, RFC 4555.
  package static let additionalIP4Address = Self(rawValue: 16397)
  /// ADDITIONAL_IP6_ADDRESS, RFC 4555.
  package static let additionalIP6Address = Self(rawValue: 16398)
  /// NO_ADDITIONAL_ADDRESSES, RFC 4555.
  package static let noAdditionalAddresses = Self(rawValue: 16399)
  /// UPDATE_SA_ADDRESSES, RFC 4555.
  package static let updateSAAddresses = Self(rawValue: 16400)
  /// COOKIE2, RFC 4555.
  package static let cookie2 = Self(rawValue: 16401)
  /// NO_NATS_ALLOWED, RFC 4555.
  package static let noNatsAllowed = Self(rawValue: 16402)
  /// AUTH_LIFETIME, RFC 4478.
  package static let authLifetime = Self(rawValue: 16403)
  /// MULTIPLE_AUTH_SUPPORTED, RFC 4739.
  package static let multipleAuthSupported = Self(rawValue: 16404)
  /// ANOTHER_AUTH_FOLLOWS, RFC 4739.
  package static let anotherAuthFollows = Self(rawValue: 16405)
  /// REDIRECT_SUPPORTED, RFC 5685.
  package static let redirectSupported = Self(rawValue: 16406)
  /// REDIRECT, RFC 5685.
  package static let redirect = Self(rawValue: 16407)
  /// REDIRECTED_FROM, RFC 5685.
  package static let redirectedFrom = Self(rawValue: 16408)
  /// TICKET_LT_OPAQUE, RFC 5723.
  package static let ticketLtOpaque = Self(rawValue: 16409)
  /// TICKET_REQUEST, RFC 5723.
  package static let ticketRequest = Self(rawValue: 16410)
  /// TICKET_ACK, RFC 5723.
  package static let ticketAck = Self(rawValue: 16411)
  /// TICKET_NACK, RFC 5723.
  package static let ticketNack = Self(rawValue: 16412)
  /// TICKET_OPAQUE, RFC 5723.
  package static let ticketOpaque = Self(rawValue: 16413)
  /// LINK_ID, RFC 5739.
  package static let linkID = Self(rawValue: 16414)
  /// USE_WESP_MODE, RFC 5840.
  package static let useWESPMode = Self(rawValue: 16415)
  /// ROHC_SUPPORTED, RFC 5857.
  package static let rohcSupported = Self(rawValue: 16416)
  /// EAP_ONLY_AUTHENTICATION, RFC 5998.
  package static let eapOnlyAuthentication = Self(rawValue: 16417)
  /// CHILDLESS_IKEV2_SUPPORTED, RFC 6023.
  package static let childlessIKEv2Supported = Self(rawValue: 16418)
  /// QUICK_CRASH_DETECTION, RFC 6290.
  package static let quickCrashDetection = Self(rawValue: 16419)
  /// IKEV2_MESSAGE_ID_SYNC_SUPPORTED, RFC 6311.
  package static let ikev2MessageIDSyncSupported = Self(rawValue: 16420)
  /// IPSEC_REPLAY_COUNTER_SYNC_SUPPORTED, RFC 6311.
  package static let ipsecReplayCounterSyncSupported = Self(rawValue: 16421)
  /// IKEV2_MESSAGE_ID_SYNC, RFC 6311.
  package static let ikev2MessageIDSync = Self(rawValue: 16422)
  /// IPSEC_REPLAY_COUNTER_SYNC, RFC 6311.
  package static let ipsecReplayCounterSync = Self(rawValue: 16423)
  /// SECURE_PASSWORD_METHODS, RFC 6467.
  package static let securePasswordMethods = Self(rawValue: 16424)
  /// PSK_PERSIST, RFC 6631.
  package static let pskPersist = Self(rawValue: 16425)
  /// PSK_CONFIRM, RFC 6631.
  package static let pskConfirm = Self(rawValue: 16426)
  /// ERX_SUPPORTED, RFC 6867.
  package static let erxSupported = Self(rawValue: 16427)
  /// IFOM_CAPABILITY, 3GPP TS 24.303.
  package static let ifomCapability = Self(rawValue: 16428)
  /// GROUP_SENDER, RFC 9838.
  package static let groupSender = Self(rawValue: 16429)
  /// IKEV2_FRAGMENTATION_SUPPORTED, RFC 7383.
  package static let ikev2FragmentationSupported = Self(rawValue: 16430)
  /// SIGNATURE_HASH_ALGORITHMS, RFC 7427.
  package static let signatureHashAlgorithms = Self(rawValue: 16431)
  /// CLONE_IKE_SA_SUPPORTED, RFC 7791.
  package static let cloneIKESASupported = Self(rawValue: 16432)
  /// CLONE_IKE_SA, RFC 7791.
  package static let cloneIKESA = Self(rawValue: 16433)
  /// PUZZLE, RFC 8019.
  package static let puzzle = Self(rawValue: 16434)
  /// USE_PPK, RFC 8784.
  package static let usePPK = Self(rawValue: 16435)
  /// PPK_IDENTITY, RFC 8784.
  package static let ppkIdentity = Self(rawValue: 16436)
  /// NO_PPK_AUTH, RFC 8784.
  package static let noPPKAuth = Self(rawValue: 16437)
  /// INTERMEDIATE_EXCHANGE_SUPPORTED, RFC 9242.
  package static let intermediateExchangeSupported = Self(rawValue: 16438)
  /// IP4_ALLOWED, RFC 8983.
  package static let ip4Allowed = Self(rawValue: 16439)
  /// IP6_ALLOWED, RFC 8983.
  package static let ip6Allowed = Self(rawValue: 16440)
  /// ADDITIONAL_KEY_EXCHANGE, RFC 9370.
  package static let additionalKeyExchange = Self(rawValue: 16441)
  /// USE_AGGFRAG, RFC 9347.
  package static let useAggfrag = Self(rawValue: 16442)
  /// SUPPORTED_AUTH_METHODS, RFC 9593.
  package static let supportedAuthMethods = Self(rawValue: 16443)
  /// SA_RESOURCE_INFO, RFC 9611.
  package static let saResourceInfo = Self(rawValue: 16444)
  /// USE_PPK_INT, RFC 9867.
  package static let usePPKInt = Self(rawValue: 16445)
  /// PPK_IDENTITY_KEY, RFC 9867.
  package static let ppkIdentityKey = Self(rawValue: 16446)
  /// NULL_AUTH.
  package static let libreswanNullAuth = Self(rawValue: 40960)
  /// USE_BEET_MODE.
  package static let strongswanUseBeetMode = Self(rawValue: 40961)
  /// ME_MEDIATION.
  package static let strongswanMEMediation = Self(rawValue: 40962)
  /// ME_ENDPOINT.
  package static let strongswanMEEndpoint = Self(rawValue: 40963)
  /// ME_CALLBACK.
  package static let strongswanMECallback = Self(rawValue: 40964)
  /// ME_CONNECTID.
  package static let strongswanMEConnectid = Self(rawValue: 40965)
  /// ME_CONNECTKEY.
  package static let strongswanMEConnectkey = Self(rawValue: 40966)
  /// ME_CONNECTAUTH.
  package static let strongswanMEConnectauth = Self(rawValue: 40967)
  /// ME_RESPONSE.
  package static let strongswanMEResponse = Self(rawValue: 40968)
  /// RADIUS_ATTRIBUTE.
  package static let strongswanRadiusAttribute = Self(rawValue: 40969)

  /// True for the error types, 0 to 16383 (RFC 7296 §3.10.1).
  package var isError: Bool { rawValue < 16384 }

  /// The table of names and facts.
  package static let registry = Registry(
    """
    number|name|id|kind|rfc
    1|UNSUPPORTED_CRITICAL_PAYLOAD|unsupported-critical-payload|error|RFC 7296
    4|INVALID_IKE_SPI|invalid-ike-spi|error|RFC 7296
    5|INVALID_MAJOR_VERSION|invalid-major-version|error|RFC 7296
    7|INVALID_SYNTAX|invalid-syntax|error|RFC 7296
    9|INVALID_MESSAGE_ID|invalid-message-id|error|RFC 7296
    11|INVALID_SPI|invalid-spi|error|RFC 7296
    14|NO_PROPOSAL_CHOSEN|no-proposal-chosen|error|RFC 7296
    17|INVALID_KE_PAYLOAD|invalid-ke-payload|error|RFC 7296
    24|AUTHENTICATION_FAILED|authentication-failed|error|RFC 7296
    34|SINGLE_PAIR_REQUIRED|single-pair-required|error|RFC 7296
    35|NO_ADDITIONAL_SAS|no-additional-sas|error|RFC 7296
    36|INTERNAL_ADDRESS_FAILURE|internal-address-failure|error|RFC 7296
    37|FAILED_CP_REQUIRED|failed-cp-required|error|RFC 7296
    38|TS_UNACCEPTABLE|ts-unacceptable|error|RFC 7296
    39|INVALID_SELECTORS|invalid-selectors|error|RFC 7296
    40|UNACCEPTABLE_ADDRESSES|unacceptable-addresses|error|RFC 4555
    41|UNEXPECTED_NAT_DETECTED|unexpected-nat-detected|error|RFC 4555
    42|USE_ASSIGNED_HoA|use-assigned-hoa|error|RFC 5026
    43|TEMPORARY_FAILURE|temporary-failure|error|RFC 7296
    44|CHILD_SA_NOT_FOUND|child-sa-not-found|error|RFC 7296
    45|INVALID_GROUP_ID|invalid-group-id|error|RFC 9838
    46|AUTHORIZATION_FAILED|authorization-failed|error|RFC 9838
    47|STATE_NOT_FOUND|state-not-found|error|RFC 9370
    48|TS_MAX_QUEUE|ts-max-queue|error|RFC 9611
    49|REGISTRATION_FAILED|registration-failed|error|RFC 9838
    8192|PDN_CONNECTION_REJECTION|3gpp-pdn-connection-rejection|error|3GPP TS 24.302
    8192|ME_CONNECT_FAILED|strongswan-me-connect-failed|error|-
    8193|MAX_CONNECTION_REACHED|3gpp-max-connection-reached|error|3GPP TS 24.302
    8241|SEMANTIC_ERROR_IN_THE_TFT_OPERATION|3gpp-semantic-error-in-the-tft-operation|error|3GPP TS 24.302
    8242|SYNTACTICAL_ERROR_IN_THE_TFT_OPERATION|3gpp-syntactical-error-in-the-tft-operation|error|3GPP TS 24.302
    8244|SEMANTIC_ERRORS_IN_PACKET_FILTERS|3gpp-semantic-errors-in-packet-filters|error|3GPP TS 24.302
    8245|SYNTACTICAL_ERRORS_IN_PACKET_FILTERS|3gpp-syntactical-errors-in-packet-filters|error|3GPP TS 24.302
    9000|NON_3GPP_ACCESS_TO_EPC_NOT_ALLOWED|3gpp-non-3gpp-access-to-epc-not-allowed|error|3GPP TS 24.302
    9001|USER_UNKNOWN|3gpp-user-unknown|error|3GPP TS 24.302
    9002|NO_APN_SUBSCRIPTION|3gpp-no-apn-subscription|error|3GPP TS 24.302
    9003|AUTHORIZATION_REJECTED|3gpp-authorization-rejected|error|3GPP TS 24.302
    9006|ILLEGAL_ME|3gpp-illegal-me|error|3GPP TS 24.302
    10500|NETWORK_FAILURE|3gpp-network-failure|error|3GPP TS 24.302
    11001|RAT_TYPE_NOT_ALLOWED|3gpp-rat-type-not-allowed|error|3GPP TS 24.302
    11005|IMEI_NOT_ACCEPTED|3gpp-imei-not-accepted|error|3GPP TS 24.302
    11011|PLMN_NOT_ALLOWED|3gpp-plmn-not-allowed|error|3GPP TS 24.302
    11055|UNAUTHENTICATED_EMERGENCY_NOT_SUPPORTED|3gpp-unauthenticated-emergency-not-supported|error|3GPP TS 24.302
    12345|MS_NOTIFY_STATUS|ms-notify-status|error|-
    15500|CONGESTION|3gpp-congestion|error|3GPP TS 24.502
    16384|INITIAL_CONTACT|initial-contact|status|RFC 7296
    16385|SET_WINDOW_SIZE|set-window-size|status|RFC 7296
    16386|ADDITIONAL_TS_POSSIBLE|additional-ts-possible|status|RFC 7296
    16387|IPCOMP_SUPPORTED|ipcomp-supported|status|RFC 7296
    16388|NAT_DETECTION_SOURCE_IP|nat-detection-source-ip|status|RFC 7296
    16389|NAT_DETECTION_DESTINATION_IP|nat-detection-destination-ip|status|RFC 7296
    16390|COOKIE|cookie|status|RFC 7296
    16391|USE_TRANSPORT_MODE|use-transport-mode|status|RFC 7296
    16392|HTTP_CERT_LOOKUP_SUPPORTED|http-cert-lookup-supported|status|RFC 7296
    16393|REKEY_SA|rekey-sa|status|RFC 7296
    16394|ESP_TFC_PADDING_NOT_SUPPORTED|esp-tfc-padding-not-supported|status|RFC 7296
    16395|NON_FIRST_FRAGMENTS_ALSO|non-first-fragments-also|status|RFC 7296
    16396|MOBIKE_SUPPORTED|mobike-supported|status|RFC 4555
    16397|ADDITIONAL_IP4_ADDRESS|additional-ip4-address|status|RFC 4555
    16398|ADDITIONAL_IP6_ADDRESS|additional-ip6-address|status|RFC 4555
    16399|NO_ADDITIONAL_ADDRESSES|no-additional-addresses|status|RFC 4555
    16400|UPDATE_SA_ADDRESSES|update-sa-addresses|status|RFC 4555
    16401|COOKIE2|cookie2|status|RFC 4555
    16402|NO_NATS_ALLOWED|no-nats-allowed|status|RFC 4555
    16403|AUTH_LIFETIME|auth-lifetime|status|RFC 4478
    16404|MULTIPLE_AUTH_SUPPORTED|multiple-auth-supported|status|RFC 4739
    16405|ANOTHER_AUTH_FOLLOWS|another-auth-follows|status|RFC 4739
    16406|REDIRECT_SUPPORTED|redirect-supported|status|RFC 5685
    16407|REDIRECT|redirect|status|RFC 5685
    16408|REDIRECTED_FROM|redirected-from|status|RFC 5685
    16409|TICKET_LT_OPAQUE|ticket-lt-opaque|status|RFC 5723
    16410|TICKET_REQUEST|ticket-request|status|RFC 5723
    16411|TICKET_ACK|ticket-ack|status|RFC 5723
    16412|TICKET_NACK|ticket-nack|status|RFC 5723
    16413|TICKET_OPAQUE|ticket-opaque|status|RFC 5723
    16414|LINK_ID|link-id|status|RFC 5739
    16415|USE_WESP_MODE|use-wesp-mode|status|RFC 5840
    16416|ROHC_SUPPORTED|rohc-supported|status|RFC 5857
    16417|EAP_ONLY_AUTHENTICATION|eap-only-authentication|status|RFC 5998
    16418|CHILDLESS_IKEV2_SUPPORTED|childless-ikev2-supported|status|RFC 6023
    16419|QUICK_CRASH_DETECTION|quick-crash-detection|status|RFC 6290
    16420|IKEV2_MESSAGE_ID_SYNC_SUPPORTED|ikev2-message-id-sync-supported|status|RFC 6311
    16421|IPSEC_REPLAY_COUNTER_SYNC_SUPPORTED|ipsec-replay-counter-sync-supported|status|RFC 6311
    16422|IKEV2_MESSAGE_ID_SYNC|ikev2-message-id-sync|status|RFC 6311
    16423|IPSEC_REPLAY_COUNTER_SYNC|ipsec-replay-counter-sync|status|RFC 6311
    16424|SECURE_PASSWORD_METHODS|secure-password-methods|status|RFC 6467
    16425|PSK_PERSIST|psk-persist|status|RFC 6631
    16426|PSK_CONFIRM|psk-confirm|status|RFC 6631
    16427|ERX_SUPPORTED|erx-supported|status|RFC 6867
    16428|IFOM_CAPABILITY|ifom-capability|status|3GPP TS 24.303
    16429|GROUP_SENDER|group-sender|status|RFC 9838
    16430|IKEV2_FRAGMENTATION_SUPPORTED|ikev2-fragmentation-supported|status|RFC 7383
    16431|SIGNATURE_HASH_ALGORITHMS|signature-hash-algorithms|status|RFC 7427
    16432|CLONE_IKE_SA_SUPPORTED|clone-ike-sa-supported|status|RFC 7791
    16433|CLONE_IKE_SA|clone-ike-sa|status|RFC 7791
    16434|PUZZLE|puzzle|status|RFC 8019
    16435|USE_PPK|use-ppk|status|RFC 8784
    16436|PPK_IDENTITY|ppk-identity|status|RFC 8784
    16437|NO_PPK_AUTH|no-ppk-auth|status|RFC 8784
    16438|INTERMEDIATE_EXCHANGE_SUPPORTED|intermediate-exchange-supported|status|RFC 9242
    16439|IP4_ALLOWED|ip4-allowed|status|RFC 8983
    16440|IP6_ALLOWED|ip6-allowed|status|RFC 8983
    16441|ADDITIONAL_KEY_EXCHANGE|additional-key-exchange|status|RFC 9370
    16442|USE_AGGFRAG|use-aggfrag|status|RFC 9347
    16443|SUPPORTED_AUTH_METHODS|supported-auth-methods|status|RFC 9593
    16444|SA_RESOURCE_INFO|sa-resource-info|status|RFC 9611
    16445|USE_PPK_INT|use-ppk-int|status|RFC 9867
    16446|PPK_IDENTITY_KEY|ppk-identity-key|status|RFC 9867
    40960|NULL_AUTH|libreswan-null-auth|status|-
    40961|REACTIVATION_REQUESTED_CAUSE|3gpp-reactivation-requested-cause|status|3GPP TS 24.302
    40961|USE_BEET_MODE|strongswan-use-beet-mode|status|-
    40962|ME_MEDIATION|strongswan-me-mediation|status|-
    40963|ME_ENDPOINT|strongswan-me-endpoint|status|-
    40964|ME_CALLBACK|strongswan-me-callback|status|-
    40965|ME_CONNECTID|strongswan-me-connectid|status|-
    40966|ME_CONNECTKEY|strongswan-me-connectkey|status|-
    40967|ME_CONNECTAUTH|strongswan-me-connectauth|status|-
    40968|ME_RESPONSE|strongswan-me-response|status|-
    40969|RADIUS_ATTRIBUTE|strongswan-radius-attribute|status|-
    41041|BACKOFF_TIMER|3gpp-backoff-timer|status|3GPP TS 24.302
    41050|PDN_TYPE_IPv4_ONLY_ALLOWED|3gpp-pdn-type-ipv4-only-allowed|status|3GPP TS 24.302
    41051|PDN_TYPE_IPv6_ONLY_ALLOWED|3gpp-pdn-type-ipv6-only-allowed|status|3GPP TS 24.302
    41101|DEVICE_IDENTITY|3gpp-device-identity|status|3GPP TS 24.302
    41112|EMERGENCY_SUPPORT|3gpp-emergency-support|status|3GPP TS 24.302
    41134|EMERGENCY_CALL_NUMBERS|3gpp-emergency-call-numbers|status|3GPP TS 24.302
    41288|NBIFOM_GENERIC_CONTAINER|3gpp-nbifom-generic-container|status|3GPP TS 24.302
    41304|P-CSCF_RESELECTION_SUPPORT|3gpp-p-cscf-reselection-support|status|3GPP TS 24.302
    41501|PTI|3gpp-pti|status|3GPP TS 24.302
    42011|IKEV2_MULTIPLE_BEARER_PDN_CONNECTIVITY|3gpp-ikev2-multiple-bearer-pdn-connectivity|status|3GPP TS 24.302
    42014|EPS_QOS|3gpp-eps-qos|status|3GPP TS 24.302
    42015|EXTENDED_EPS_QOS|3gpp-extended-eps-qos|status|3GPP TS 24.302
    42017|TFT|3gpp-tft|status|3GPP TS 24.302
    42020|MODIFIED_BEARER|3gpp-modified-bearer|status|3GPP TS 24.302
    42094|APN_AMBR|3gpp-apn-ambr|status|3GPP TS 24.302
    42095|EXTENDED_APN_AMBR|3gpp-extended-apn-ambr|status|3GPP TS 24.302
    51015|N1_MODE_CAPABILITY|3gpp-n1-mode-capability|status|3GPP TS 24.302
    51115|N1_MODE_INFORMATION|3gpp-n1-mode-information|status|3GPP TS 24.302
    55501|5G_QOS_INFO|3gpp-5g-qos-info|status|3GPP TS 24.502
    55502|NAS_IP4_ADDRESS|3gpp-nas-ip4-address|status|3GPP TS 24.502
    55503|NAS_IP6_ADDRESS|3gpp-nas-ip6-address|status|3GPP TS 24.502
    55504|UP_IP4_ADDRESS|3gpp-up-ip4-address|status|3GPP TS 24.502
    55505|UP_IP6_ADDRESS|3gpp-up-ip6-address|status|3GPP TS 24.502
    55506|NAS_TCP_PORT|3gpp-nas-tcp-port|status|3GPP TS 24.502
    55507|N3GPP_BACKOFF_TIMER|3gpp-n3gpp-backoff-timer|status|3GPP TS 24.502
    """)
}
