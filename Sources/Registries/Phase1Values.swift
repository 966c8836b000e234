/// Values of the phase 1 attributes that have small tables of their own, by attribute
/// identifier.
package enum Phase1Values {
  /// The table.
  package static let registry = Registry(
    """
    attribute|number|name|id|rfc
    group-type|1|MODP|modp|RFC 2409
    group-type|2|ECP|ecp|RFC 2409
    group-type|3|EC2N|ec2n|RFC 2409
    life-type|1|seconds|seconds|RFC 2409
    life-type|2|kilobytes|kilobytes|RFC 2409
    asymmetric-algorithm|1|RSA|rsa|GM/T 0022
    asymmetric-algorithm|2|SM2|sm2|GM/T 0022
    """, space: "attribute")
}
