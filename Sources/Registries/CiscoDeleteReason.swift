/// Why a Cisco peer deletes an SA, sent where "delete with reason" was announced.
package struct CiscoDeleteReason: RegistryNumber {
  /// The number on the wire.
  package let rawValue: UInt16

  /// Any number is valid.
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// IKE_DELETE_RESERVED.
  package static let reserved = Self(rawValue: 0)
  /// IKE_DELETE_BY_ERROR.
  package static let byError = Self(rawValue: 1)
  /// IKE_DELETE_BY_USER_COMMAND.
  package static let byUserCommand = Self(rawValue: 2)
  /// IKE_DELETE_BY_EXPIRED_LIFETIME.
  package static let byExpiredLifetime = Self(rawValue: 3)
  /// IKE_DELETE_NO_ERROR.
  package static let noError = Self(rawValue: 4)
  /// IKE_DELETE_SERVER_SHUTDOWN.
  package static let serverShutdown = Self(rawValue: 5)
  /// IKE_DELETE_SERVER_IN_FLAMES.
  package static let serverInFlames = Self(rawValue: 6)
  /// IKE_DELETE_MAX_CONNECT_TIME.
  package static let maxConnectTime = Self(rawValue: 7)
  /// IKE_DELETE_IDLE_TIMEOUT.
  package static let idleTimeout = Self(rawValue: 8)
  /// IKE_DELETE_SERVER_REBOOT.
  package static let serverReboot = Self(rawValue: 9)
  /// IKE_DELETE_P2_PROPOSAL_MISMATCH.
  package static let p2ProposalMismatch = Self(rawValue: 10)
  /// IKE_DELETE_FIREWALL_MISMATCH.
  package static let firewallMismatch = Self(rawValue: 11)
  /// IKE_DELETE_CERT_EXPIRED.
  package static let certExpired = Self(rawValue: 12)
  /// IKE_DELETE_CLIENT_NOT_ALLOWED.
  package static let clientNotAllowed = Self(rawValue: 13)
  /// IKE_DELETE_FW_SERVER_FAIL.
  package static let fwServerFail = Self(rawValue: 14)
  /// IKE_DELETE_ACL_ERROR.
  package static let aclError = Self(rawValue: 15)

  /// What it means, in a few words; nil when unknown.
  package var meaning: String? { entry?["meaning"] }

  /// The table of names and facts.
  package static let registry = Registry(
    """
    number|name|id|meaning
    0|IKE_DELETE_RESERVED|reserved|not to be sent
    1|IKE_DELETE_BY_ERROR|by-error|connection lost: keepalive or acknowledgement missing
    2|IKE_DELETE_BY_USER_COMMAND|by-user-command|administrator disconnected it
    3|IKE_DELETE_BY_EXPIRED_LIFETIME|by-expired-lifetime|lifetime of the SA over
    4|IKE_DELETE_NO_ERROR|no-error|unknown error
    5|IKE_DELETE_SERVER_SHUTDOWN|server-shutdown|server is shut down
    6|IKE_DELETE_SERVER_IN_FLAMES|server-in-flames|server has severe trouble
    7|IKE_DELETE_MAX_CONNECT_TIME|max-connect-time|maximum connect time of the session
    8|IKE_DELETE_IDLE_TIMEOUT|idle-timeout|idle timeout of the session
    9|IKE_DELETE_SERVER_REBOOT|server-reboot|server reboots
    10|IKE_DELETE_P2_PROPOSAL_MISMATCH|p2-proposal-mismatch|phase 2 proposal mismatch
    11|IKE_DELETE_FIREWALL_MISMATCH|firewall-mismatch|firewall parameter mismatch
    12|IKE_DELETE_CERT_EXPIRED|cert-expired|certificate expired
    13|IKE_DELETE_CLIENT_NOT_ALLOWED|client-not-allowed|client type or version not allowed
    14|IKE_DELETE_FW_SERVER_FAIL|fw-server-fail|policy server of the firewall not reached
    15|IKE_DELETE_ACL_ERROR|acl-error|ACL from AAA cannot be installed
    """)
}
