import Bytes
import ISAKMP
import Registries
import TestSupport
import Testing

@Suite("Configuration attributes")
struct ConfigurationTests {
  private func fields(version: UInt8, _ attributes: [[UInt8]]) -> [String] {
    let payload = IKEBuilder.configuration(
      version: version, type: 2, identifier: 0x1234, attributes)
    let read = single(version: version, exchange: version == 1 ? 6 : 35, payload).payload
    return (read?.fields ?? []).map { "\($0.name)=\($0.value)" }
  }

  @Test("of XAUTH show the user and hide the password")
  func xauth() {
    #expect(
      fields(
        version: 1,
        [
          IKEBuilder.attribute(16520, 0), IKEBuilder.attribute(16521, bytes: Array("jo".utf8)),
          IKEBuilder.attribute(16522, bytes: Array("hunter2".utf8)),
          IKEBuilder.attribute(16523, bytes: Array("123456".utf8)),
          IKEBuilder.attribute(16527, 1),
        ]) == [
          "type=CFG_REPLY", "xauth-type=generic", "xauth-user-name=jo",
          "xauth-user-password=(hidden)", "xauth-passcode=(hidden)", "xauth-status=ok",
        ])
  }

  @Test("of mode configuration and Unity read as addresses, texts and subnets")
  func modeConfig() {
    #expect(
      fields(
        version: 1,
        [
          IKEBuilder.attribute(1, bytes: [10, 9, 0, 5]), IKEBuilder.attribute(2, bytes: []),
          IKEBuilder.attribute(28672, bytes: Array("Hi\u{07}".utf8)),
          IKEBuilder.attribute(
            28676,
            bytes: [10, 1, 0, 0, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0] + [
              10, 2, 0, 0, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0,
            ]),
          IKEBuilder.attribute(28677, 10000), IKEBuilder.attribute(99, bytes: [1, 2]),
        ]) == [
          "type=CFG_REPLY", "internal-ip4-address=10.9.0.5", "internal-ip4-netmask=",
          "unity-banner=Hi\\u{7}", "unity-split-include=10.1.0.0/16 10.2.0.0/24",
          "unity-natt-port=10000", "unknown-99=0x0102",
        ])
  }

  @Test("of IKEv2's CP read by their own numbers")
  func version2() {
    let prefix: [UInt8] = [0x20, 1, 0xd, 0xb8] + [UInt8](repeating: 0, count: 11) + [7, 64]
    #expect(
      fields(
        version: 2,
        [
          IKEBuilder.attribute(1, bytes: [10, 9, 0, 5]), IKEBuilder.attribute(8, bytes: prefix),
          IKEBuilder.attribute(13, bytes: [10, 0, 0, 0, 255, 0, 0, 0]),
          IKEBuilder.attribute(14, bytes: [0, 1, 0, 3]),
          IKEBuilder.attribute(1, bytes: [10, 9]),
        ]) == [
          "type=CFG_REPLY", "internal-ip4-address=10.9.0.5",
          "internal-ip6-address=2001:db8::7/64", "internal-ip4-subnet=10.0.0.0/8",
          "supported-attributes=internal-ip4-address internal-ip4-dns",
          "internal-ip4-address=0x0a09",
        ])
  }

  @Test("stand in ladders with the configuration's type")
  func notation() {
    let request = IKEBuilder.configuration(version: 1, type: 1, [])
    #expect(single(version: 1, exchange: 6, request).message?.notation() == "[ ATTR(CFG_REQUEST) ]")
    let xauth = IKEBuilder.configuration(version: 1, type: 1, [IKEBuilder.attribute(16520, 0)])
    #expect(
      single(version: 1, exchange: 6, xauth).message?.notation() == "[ ATTR(CFG_REQUEST, XAUTH) ]")
    let set = IKEBuilder.configuration(version: 2, type: 3, [])
    #expect(single(version: 2, exchange: 37, set).message?.notation() == "[ CP(CFG_SET) ]")
  }
}
