import Testing

@testable import Registries

@Suite("Numbers on the wire")
struct NumberTests {
  @Test("survive and print when nobody knows them")
  func unknownNumbers() {
    #expect(NotifyTypeV2(rawValue: 60000).name == "unknown 60000")
    #expect(NotifyTypeV2(rawValue: 60000).id == "unknown-60000")
    #expect(NotifyTypeV1(rawValue: 12000).description == "unknown 12000")
    #expect(EncryptionAlgorithm(rawValue: 999).id == "unknown-999")
    #expect(EncryptionAlgorithm(rawValue: 999).cipher == nil)
    #expect(PayloadType(.v2, 241).name == "unknown 241")
    #expect(PayloadType(.v2, 241).notation == "241")
    #expect(ExchangeType(rawValue: 200).name == "unknown 200")
    #expect(!ExchangeType(rawValue: 200).isKnown)
    #expect(DomainOfInterpretation(rawValue: .max).name == "unknown 4294967295")
    #expect(ConfigurationAttribute(.v1, 9999).id == "unknown-9999")
  }

  @Test("have the names of the RFCs")
  func names() {
    #expect(NotifyTypeV1.noProposalChosen.name == "NO-PROPOSAL-CHOSEN")
    #expect(NotifyTypeV2.noProposalChosen.name == "NO_PROPOSAL_CHOSEN")
    #expect(NotifyTypeV1.dpdRUThere.name == "R-U-THERE")
    #expect(ExchangeType.main.id == "main")
    #expect(ExchangeType.quick.name == "Quick Mode")
    #expect(ExchangeType.ikeSAInit.name == "IKE_SA_INIT")
    #expect(ExchangeType.informationalV2.name == "INFORMATIONAL")
    #expect(PayloadType.natDV1.notation == "NAT-D")
    #expect(PayloadType(.v1, 130).notation == "NAT-D")
    #expect(PayloadType.tsIV2.notation == "TSi")
    #expect(SecurityProtocol.esp.id == "esp")
    #expect(SecurityProtocol(rawValue: 1).id == "isakmp")
    #expect(SecurityProtocol(rawValue: 1).name(in: .v2) == "IKE")
    #expect(IdentificationType(.v1, 3).name == "ID_USER_FQDN")
    #expect(IdentificationType(.v2, 3).name == "ID_RFC822_ADDR")
    #expect(EAPCode.success.name == "Success")
    #expect(EAPType.identity.name == "Identity")
    #expect(CiscoDeleteReason(rawValue: 8).meaning == "idle timeout of the session")
    #expect(DomainOfInterpretation.ipsec.name == "IPSEC")
  }

  @Test("say which notifies are errors")
  func errors() {
    #expect(NotifyTypeV1.noProposalChosen.isError)
    #expect(!NotifyTypeV1.connected.isError)
    #expect(!NotifyTypeV1.dpdRUThere.isError)
    #expect(NotifyTypeV2.tsUnacceptable.isError)
    #expect(NotifyTypeV2(rawValue: 12345).isError)
    #expect(!NotifyTypeV2.initialContact.isError)
  }

  @Test("tell what an XAUTH method is underneath")
  func xauth() {
    #expect(AuthenticationMethodV1(rawValue: 65001).baseMethod == "psk")
    #expect(AuthenticationMethodV1(rawValue: 65001).isFollowedByXAUTH)
    #expect(AuthenticationMethodV1(rawValue: 64221).baseMethod == "rsa-sig")
    #expect(!AuthenticationMethodV1.psk.isFollowedByXAUTH)
  }

  @Test("name header flags by version, unknown bits in hexadecimal")
  func flags() {
    #expect(HeaderFlags(rawValue: 0x28).notation(in: .v2) == "IR")
    #expect(HeaderFlags(rawValue: 0x01).notation(in: .v1) == "E")
    #expect(HeaderFlags(rawValue: 0x81).notation(in: .v1) == "E+0x80")
    #expect(HeaderFlags().notation(in: .v2) == "")
  }

  @Test(
    "mark passwords, passcodes, PINs and answers as secrets",
    arguments: [16522, 16523, 16528, 15, 16529])
  func secrets(number: UInt16) {
    #expect(ConfigurationAttribute(.v1, number).isSecret)
  }

  @Test("do not mark names and addresses as secrets", arguments: [1, 7, 16521, 28672])
  func harmless(number: UInt16) {
    #expect(!ConfigurationAttribute(.v1, number).isSecret)
  }
}
