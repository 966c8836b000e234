import Bytes
package import Registries

extension ISAKMPHeader {
  /// True when a payload on one of IKE's own ports may be IKE, however damaged: a whole header of
  /// version 1.0 or 2.0.
  ///
  /// - Parameter bytes: The datagram's payload from the first SPI on, without a non-ESP marker.
  /// - Returns: False for anything that cannot be IKE at all.
  package static func isPlausible(_ bytes: RawSpan) -> Bool {
    guard bytes.byteCount >= byteCount else { return false }
    return bytes.byte(at: 17) == 0x10 || bytes.byte(at: 17) == 0x20
  }

  /// True when a payload of that header may be IKE: what a port number alone does not prove.
  ///
  /// Everything that a look-alike gets wrong is asked: version, an initiator's SPI, an exchange and
  /// a first payload of that version, flags that the version knows, and a length that the datagram
  /// bears out. A message cut by the snap length passes; a private exchange or payload does not.
  /// (IKEv1's flags are let pass in IKEv2: Openswan sets one of them.)
  ///
  /// - Parameters:
  ///   - bytes: The datagram's payload from the first SPI on, without a non-ESP marker.
  ///   - missing: Bytes that the datagram had and the capture does not hold.
  /// - Returns: False for anything that is not convincingly IKE.
  package static func isConvincing(_ bytes: RawSpan, missing: Int = 0) -> Bool {
    guard let header = try? ISAKMPHeader(parsing: bytes), let version = header.version,
      header.minorVersion == 0, header.initiatorSPI != 0,
      header.exchangeType.isKnown(in: version), header.exchangeType.rawValue != 0,
      header.flags.rawValue & (version == .v1 ? 0xf8 : 0xc0) == 0,
      Int(header.length) == bytes.byteCount + max(missing, 0)
    else { return false }
    if header.nextPayload == 0 { return Int(header.length) == byteCount || version == .v1 }
    guard PayloadType(version, header.nextPayload).entry != nil else { return false }
    guard !header.isEncryptedV1, bytes.byteCount >= byteCount + 4 else { return true }
    let length = Int(bytes.uint16(at: byteCount + 2))
    return length >= 4 && length <= Int(header.length) - byteCount
  }
}

extension ExchangeType {
  /// True when the version has an exchange of that number.
  package func isKnown(in version: IKEVersion) -> Bool {
    Self.registry.entries(of: UInt32(rawValue)).contains {
      $0["ike_version"] == String(version.rawValue)
    }
  }
}
