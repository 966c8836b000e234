/// Values of the phase 2 attributes (RFC 2407 §4.5), by attribute identifier.
package enum Phase2Values {
  /// The table.
  package static let registry = Registry(
    """
    attribute|number|name|id|status|rfc
    life-type|1|seconds|seconds||RFC 2407
    life-type|2|kilobytes|kilobytes||RFC 2407
    encapsulation-mode|1|Tunnel|tunnel||RFC 2407
    encapsulation-mode|2|Transport|transport||RFC 2407
    encapsulation-mode|3|UDP-Encapsulated-Tunnel|udp-tunnel||RFC 3947
    encapsulation-mode|4|UDP-Encapsulated-Transport|udp-transport||RFC 3947
    encapsulation-mode|61440|Check Point IPsec UDP Encapsulation|checkpoint-udp||-
    encapsulation-mode|61443|UDP-Encapsulated-Tunnel (drafts)|udp-tunnel-draft|historic|draft-ietf-ipsec-nat-t-ike-00..03
    encapsulation-mode|61444|UDP-Encapsulated-Transport (drafts)|udp-transport-draft|historic|draft-ietf-ipsec-nat-t-ike-00..03
    authentication-algorithm|1|HMAC-MD5|hmac-md5-96|broken|RFC 2403
    authentication-algorithm|2|HMAC-SHA|hmac-sha1-96|mandatory|RFC 2404
    authentication-algorithm|3|DES-MAC|des-mac|broken|RFC 2407
    authentication-algorithm|4|KPDK|kpdk-md5|broken|RFC 2407
    authentication-algorithm|5|HMAC-SHA2-256|hmac-sha256-128|mandatory|RFC 4868
    authentication-algorithm|6|HMAC-SHA2-384|hmac-sha384-192|optional|RFC 4868
    authentication-algorithm|7|HMAC-SHA2-512|hmac-sha512-256|recommended|RFC 4868
    authentication-algorithm|8|HMAC-RIPEMD|hmac-ripemd160-96|optional|RFC 2857
    authentication-algorithm|9|AES-XCBC-MAC|aes-xcbc-96|recommended|RFC 3566
    authentication-algorithm|10|SIG-RSA|rsa-sig||RFC 4359
    authentication-algorithm|11|AES-128-GMAC|aes-128-gmac|optional|RFC 4543
    authentication-algorithm|12|AES-192-GMAC|aes-192-gmac||RFC 4543
    authentication-algorithm|13|AES-256-GMAC|aes-256-gmac|optional|RFC 4543
    ecn-tunnel|1|Allowed|allowed||RFC 3168
    ecn-tunnel|2|Forbidden|forbidden||RFC 3168
    esn|1|64-bit Sequence Number|esn||RFC 4304
    signature-encoding|1|RSASSA-PKCS1-v1_5|rsa-pkcs1||RFC 4359
    signature-encoding|2|RSASSA-PSS|rsa-pss||RFC 4359
    address-preservation|1|None|none||RFC 6407
    address-preservation|2|Source-Only|source||RFC 6407
    address-preservation|3|Destination-Only|destination||RFC 6407
    address-preservation|4|Source-and-Destination|both||RFC 6407
    sa-direction|1|Sender-Only|sender||RFC 6407
    sa-direction|2|Receiver-Only|receiver||RFC 6407
    sa-direction|3|Symmetric|symmetric||RFC 6407
    """, space: "attribute")
}
