/// Values of XAUTH_TYPE and XAUTH_STATUS (draft-beaulieu-ike-xauth-02), by attribute.
package enum XAUTHValues {
  /// The table.
  package static let registry = Registry(
    """
    attribute|number|name|id|rfc
    XAUTH_TYPE|0|Generic|generic|draft-beaulieu-ike-xauth-02
    XAUTH_TYPE|1|RADIUS-CHAP|radius-chap|draft-beaulieu-ike-xauth-02
    XAUTH_TYPE|2|OTP|otp|draft-beaulieu-ike-xauth-02
    XAUTH_TYPE|3|S/KEY|s-key|draft-beaulieu-ike-xauth-02
    XAUTH_STATUS|0|FAIL|fail|draft-beaulieu-ike-xauth-02
    XAUTH_STATUS|1|OK|ok|draft-beaulieu-ike-xauth-02
    """, space: "attribute")
}
