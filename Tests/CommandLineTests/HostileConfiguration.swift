import Foundation

/// Configurations in which every name, remark and description is hostile.
enum HostileConfiguration {
  /// An ASA's, with the text wherever one can stand.
  static func asa(_ text: [UInt8]) -> Data {
    fill(asaLines, with: text)
  }

  /// The same with all texts, each in names and numbers of its own.
  static func allTexts() -> Data {
    var file = Data()
    for text in HostileText.all {
      // A line break would begin a command, which is another matter.
      file += fill(asaLines, with: text.filter { $0 != 10 && $0 != 13 })
    }
    return file
  }

  /// An IOS router's with all texts.
  static func ios() -> Data {
    var file = Data("version 15.7\n".utf8)
    for text in HostileText.all { file += fill(iosLines, with: text.filter { $0 != 10 }) }
    return file
  }

  /// The template with the text for each `~`, and without its blanks for each `@`.
  static func fill(_ template: String, with text: [UInt8]) -> Data {
    let word = text.filter { $0 != 32 }
    var bytes: [UInt8] = []
    for byte in template.utf8 {
      switch byte {
      case UInt8(ascii: "@"): bytes += word.isEmpty ? [0x78] : word
      case UInt8(ascii: "~"): bytes += text
      default: bytes.append(byte)
      }
    }
    return Data(bytes)
  }

  private static let asaLines = """
    ASA Version 9.16(4)
    hostname @
    domain-name @
    names
    name 192.0.2.77 @ description ~
    interface GigabitEthernet0/0
     description ~
     nameif @
     ip address 198.51.100.2 255.255.255.0
    interface GigabitEthernet0/1
     nameif in@
     ip address 10.1.0.1 255.255.255.0
    object network @
     subnet 10.1.0.0 255.255.255.0
     description ~
    object network two@
     host @
    object-group network g@
     description ~
     network-object object @
     network-object object missing@
    object service s@
     service tcp destination eq @
    access-list @ remark ~
    access-list @ extended permit ip object @ object-group g@
    access-list @ extended permit ip 10.1.0.0 255.255.255.0 10.2.0.0 255.255.255.0 time-range @
    access-list @ extended permit tcp any any eq @
    access-list a@ extended deny ip object nothing@ any
    crypto ipsec ikev1 transform-set t@ esp-aes esp-@-hmac
    crypto ipsec ikev1 transform-set weak@ esp-des esp-md5-hmac
    crypto map m@ 10 match address @
    crypto map m@ 10 set peer 198.51.100.1 @
    crypto map m@ 10 set ikev1 transform-set t@ weak@ none@
    crypto map m@ 10 set pfs @
    crypto map m@ 20 match address nolist@
    crypto map m@ 20 set trustpoint @
    crypto map m@ 30 ipsec-isakmp dynamic d@
    crypto map m@ interface @
    crypto dynamic-map d@ 1 set ikev1 transform-set nowhere@
    crypto ikev1 enable @
    crypto ikev1 policy 10
     authentication pre-share
     encryption @
     hash @
     group @
    crypto ca trustpoint @
     subject-name CN=~
     fqdn @
    crypto ca certificate map @ 10
     subject-name attr cn eq ~
    tunnel-group @ type ipsec-l2l
    tunnel-group @ general-attributes
     default-group-policy p@
    tunnel-group @ ipsec-attributes
     ikev1 pre-shared-key @
    tunnel-group-map @ 10 @
    group-policy p@ internal
    group-policy p@ attributes
     banner value ~
     vpn-filter value nofilter@
    nat (in@,@) source static @ two@ destination static g@ g@ description ~
    route @ 0.0.0.0 0.0.0.0 198.51.100.1
    banner motd ~
    crypto strange @ ~
    @ ~

    """

  private static let iosLines = """
    hostname @
    crypto isakmp policy 10
     encr @
     group @
    crypto isakmp key @ address @
    crypto isakmp key 6 @ hostname @
    crypto keyring k@
     description ~
     pre-shared-key address 198.51.100.2 key ~
    crypto isakmp profile p@
     keyring nokeys@
     match identity user-fqdn @
     self-identity fqdn @
    crypto ikev2 profile q@
     match identity remote key-id @
     identity local email @
    crypto ipsec transform-set T@ esp-aes esp-@-hmac
    crypto map V@ 10 ipsec-isakmp
     description ~
     set peer @
     set transform-set T@ nothing@
     match address l@
    ip access-list extended l@
     remark ~
     permit ip host @ any
     permit tcp any any eq @
     permit ip 10.1.0.0 0.0.0.255 object-group o@
    object-group network o@
     description ~
     host @
    interface Tunnel0
     description ~
     tunnel protection ipsec profile x@
    interface GigabitEthernet0/0
     ip address 198.51.100.1 255.255.255.0
     crypto map V@
    interface @
     crypto map none@

    """
}
