/// Transform identifiers of phase 2 (RFC 2407 §4.4), by the protocol of their proposal:
/// `isakmp`, `ah`, `esp`, `ipcomp`, and the small tables of GDOI. The identifiers are those of
/// IKEv2 wherever the algorithm is the same.
package enum IPsecTransformsV1 {
  /// The table.
  package static let registry = Registry(
    """
    protocol|number|name|id|status|rfc|pairs_with
    isakmp|1|KEY_IKE|key-ike||RFC 2407|
    ah|2|AH_MD5|hmac-md5-96|broken|RFC 2403|AUTH attribute 1
    ah|3|AH_SHA|hmac-sha1-96|mandatory|RFC 2404|AUTH attribute 2
    ah|4|AH_DES|des-mac|broken|RFC 2407|AUTH attribute 3
    ah|5|AH_SHA2-256|hmac-sha256-128|mandatory|RFC 4868|AUTH attribute 5
    ah|6|AH_SHA2-384|hmac-sha384-192|optional|RFC 4868|AUTH attribute 6
    ah|7|AH_SHA2-512|hmac-sha512-256|recommended|RFC 4868|AUTH attribute 7
    ah|8|AH_RIPEMD|hmac-ripemd160-96|optional|RFC 2857|AUTH attribute 8
    ah|9|AH_AES-XCBC-MAC|aes-xcbc-96|recommended|RFC 3566|AUTH attribute 9
    ah|10|AH_RSA|rsa-sig||RFC 4359|AUTH attribute 10
    ah|11|AH_AES-128-GMAC|aes-128-gmac|optional|RFC 4543|AUTH attribute 11
    ah|12|AH_AES-192-GMAC|aes-192-gmac||RFC 4543|AUTH attribute 12
    ah|13|AH_AES-256-GMAC|aes-256-gmac|optional|RFC 4543|AUTH attribute 13
    ah|250|AES-CMAC-96 (private)|aes-cmac-96||-|
    ah|251|NULL (private)|null||-|
    ah|252|SHA2-256 truncated to 96 (private)|hmac-sha256-96||-|
    esp|1|ESP_DES_IV64|des-iv64|broken|RFC 1829|
    esp|2|ESP_DES|des-cbc|broken|RFC 2405|
    esp|3|ESP_3DES|3des-cbc|deprecated|RFC 2451|
    esp|4|ESP_RC5|rc5-cbc|deprecated|RFC 2451|
    esp|5|ESP_IDEA|idea-cbc|deprecated|RFC 2451|
    esp|6|ESP_CAST|cast-cbc|deprecated|RFC 2451|
    esp|7|ESP_BLOWFISH|blowfish-cbc|broken|RFC 2451|
    esp|8|ESP_3IDEA|3idea-cbc|broken|RFC 2407|
    esp|9|ESP_DES_IV32|des-iv32|broken|RFC 1829|
    esp|10|ESP_RC4|rc4|broken|RFC 2407|
    esp|11|ESP_NULL|null|mandatory|RFC 2410|
    esp|12|ESP_AES-CBC|aes-cbc|mandatory|RFC 3602|
    esp|13|ESP_AES-CTR|aes-ctr|optional|RFC 3686|
    esp|14|ESP_AES-CCM_8|aes-ccm-8|recommended|RFC 4309|
    esp|15|ESP_AES-CCM_12|aes-ccm-12|optional|RFC 4309|
    esp|16|ESP_AES-CCM_16|aes-ccm-16|optional|RFC 4309|
    esp|18|ESP_AES-GCM_8|aes-gcm-8|optional|RFC 4106|
    esp|19|ESP_AES-GCM_12|aes-gcm-12|optional|RFC 4106|
    esp|20|ESP_AES-GCM_16|aes-gcm-16|mandatory|RFC 4106|
    esp|21|ESP_SEED_CBC|seed-cbc|optional|RFC 4196|
    esp|22|ESP_CAMELLIA|camellia-cbc|optional|RFC 4312|
    esp|23|ESP_NULL_AUTH_AES-GMAC|null-auth-aes-gmac|optional|RFC 4543|
    esp|249|MARS (private)|mars-cbc||-|
    esp|250|RC6 (private)|rc6-cbc||-|
    esp|251|Rijndael or NULL (private)|private-251||-|
    esp|252|Serpent (private)|serpent-cbc||-|
    esp|253|Twofish (private)|twofish-cbc||-|
    ipcomp|1|IPCOMP_OUI|oui||RFC 2407|
    ipcomp|2|IPCOMP_DEFLATE|deflate|optional|RFC 2394|
    ipcomp|3|IPCOMP_LZS|lzs|optional|RFC 2395|
    ipcomp|4|IPCOMP_LZJH|lzjh|optional|RFC 3051|
    gdoi-kek|1|KEK_ALG_DES|des-cbc|broken|RFC 6407|
    gdoi-kek|2|KEK_ALG_3DES|3des-cbc|deprecated|RFC 6407|
    gdoi-kek|3|KEK_ALG_AES|aes-cbc||RFC 6407|
    gdoi-tek|1|GDOI_PROTO_IPSEC_ESP|esp||RFC 6407|
    gdoi-tek|2|GDOI_PROTO_IPSEC_AH|ah||RFC 6407|
    gdoi-key-packet|1|TEK|tek||RFC 6407|
    gdoi-key-packet|2|KEK|kek||RFC 6407|
    gdoi-key-packet|3|LKH|lkh||RFC 6407|
    gdoi-key-packet|4|SID|sid||RFC 6407|
    """, space: "protocol")
}
