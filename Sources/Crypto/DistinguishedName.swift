// Unsafe here: libcrypto's X509_NAME, parsed from borrowed bytes and freed in the same function, or
// borrowed from a certificate for the call.

import Bytes
import CLibcrypto

/// An X.500 name: of a certificate's subject or issuer, or an ID_DER_ASN1_DN identity.
package struct DistinguishedName: Hashable, Sendable {
  /// One attribute, such as `CN` and `gw.example.com`.
  package struct Attribute: Hashable, Sendable {
    /// The short name where libcrypto knows the type, else the object identifier in dots.
    package var type: String
    /// The value, safe to show.
    package var value: String
    /// True where it stands in one relative name with the attribute before it.
    package var isJoined: Bool
  }

  /// In the order they are encoded in.
  package let attributes: [Attribute]

  /// The first value of a type, such as `OU`.
  package func value(_ type: String) -> String? {
    attributes.first { $0.type == type }?.value
  }

  /// A name in DER; nil for anything else, and for bytes left over.
  package init?(der: [UInt8]) {
    let parsed = unsafe der.withUnsafeBufferPointer { buffer -> OpaquePointer? in
      var start = buffer.baseAddress
      let name = unsafe d2i_X509_NAME(nil, &start, buffer.count)
      guard let name = unsafe name,
        let base = buffer.baseAddress, let end = unsafe start, unsafe end - base == buffer.count
      else {
        unsafe X509_NAME_free(name)
        return nil
      }
      return unsafe name
    }
    ERR_clear_error()
    guard let parsed = unsafe parsed else { return nil }
    unsafe self.init(parsed)
    unsafe X509_NAME_free(parsed)
  }

  init(_ name: OpaquePointer?) {
    var attributes: [Attribute] = []
    var lastSet: Int32 = -1
    for index in 0..<max(0, unsafe X509_NAME_entry_count(name)) {
      let entry = unsafe X509_NAME_get_entry(name, index)
      let set = unsafe X509_NAME_ENTRY_set(entry)
      attributes.append(
        Attribute(
          type: unsafe Self.typeName(X509_NAME_ENTRY_get_object(entry)),
          value: unsafe text(of: X509_NAME_ENTRY_get_data(entry)), isJoined: set == lastSet))
      lastSet = set
    }
    self.attributes = attributes
  }

  private static func typeName(_ object: OpaquePointer?) -> String {
    let nid = unsafe OBJ_obj2nid(object)
    if nid != NID_undef, let name = unsafe OBJ_nid2sn(nid) { return unsafe String(cString: name) }
    var buffer = [CChar](repeating: 0, count: 128)
    let count = Int(unsafe OBJ_obj2txt(&buffer, Int32(buffer.count), object, 1))
    return String(
      decoding: buffer.prefix(min(max(count, 0), 127)).map { UInt8(bitPattern: $0) },
      as: UTF8.self)
  }
}

extension DistinguishedName: CustomStringConvertible {
  /// `C=CH, O=Example, CN=gw`, in encoded order.
  package var description: String {
    var text = ""
    for attribute in attributes {
      if !text.isEmpty { text += attribute.isJoined ? "+" : ", " }
      text += attribute.type + "=" + attribute.value
    }
    return text
  }
}

/// A string of ASN.1 as UTF-8, safe to show; its raw bytes where it cannot be converted.
func text(of string: UnsafeMutablePointer<ASN1_STRING>?) -> String {
  var utf8: UnsafeMutablePointer<UInt8>?
  let count = unsafe ASN1_STRING_to_UTF8(&utf8, string)
  defer { unsafe CRYPTO_free(utf8, #file, #line) }
  guard count >= 0, let utf8 = unsafe utf8 else { return unsafe printable(octets(of: string)) }
  return unsafe printable(Array(UnsafeBufferPointer(start: utf8, count: Int(count))))
}

/// The bytes of a string of ASN.1.
func octets(of string: UnsafePointer<ASN1_STRING>?) -> [UInt8] {
  guard let string = unsafe string, let data = unsafe ASN1_STRING_get0_data(string) else {
    return []
  }
  let count = Int(unsafe ASN1_STRING_length(string))
  return unsafe Array(UnsafeBufferPointer(start: data, count: max(count, 0)))
}
