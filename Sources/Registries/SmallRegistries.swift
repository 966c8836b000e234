/// Small registries of IKEv2 notifies, by registry name.
package enum SmallRegistries {
  /// The table.
  package static let registry = Registry(
    """
    registry|number|name|id|rfc
    redirect-gateway-identity|1|IPv4 address of the VPN gateway|ipv4|RFC 5685
    redirect-gateway-identity|2|IPv6 address of the VPN gateway|ipv6|RFC 5685
    redirect-gateway-identity|3|FQDN of the VPN gateway|fqdn|RFC 5685
    ppk-id-type|1|PPK_ID_OPAQUE|opaque|RFC 8784
    ppk-id-type|2|PPK_ID_FIXED|fixed|RFC 8784
    ipcomp-transform|1|IPCOMP_OUI|oui|RFC 7296
    ipcomp-transform|2|IPCOMP_DEFLATE|deflate|RFC 2394
    ipcomp-transform|3|IPCOMP_LZS|lzs|RFC 2395
    ipcomp-transform|4|IPCOMP_LZJH|lzjh|RFC 3051
    rohc-attribute|1|MAX_CID|max-cid|RFC 5857
    rohc-attribute|2|ROHC_PROFILE|profile|RFC 5857
    rohc-attribute|3|ROHC_INTEG|integrity|RFC 5857
    rohc-attribute|4|ROHC_ICV_LEN|icv-length|RFC 5857
    rohc-attribute|5|MRRU|mrru|RFC 5857
    secure-password-method|1|PACE|pace|RFC 6631
    secure-password-method|2|AugPAKE|augpake|RFC 6628
    secure-password-method|3|Secure PSK Authentication|secure-psk|RFC 6617
    3gpp-device-identity|1|IMEI|imei|3GPP TS 24.302
    3gpp-device-identity|2|IMEISV|imeisv|3GPP TS 24.302
    """, space: "registry")
}
