import Foundation
import TestSupport
import Testing

@testable import Registries

/// One file of the shared registries and the table that has to say the same.
struct SharedTable: CustomTestStringConvertible, Sendable {
  let file: String
  let registry: Registry
  /// The least number of rows that the committed table has.
  let rows: Int
  var testDescription: String { file }

  static let all = [
    SharedTable(file: "payload-types", registry: PayloadType.registry, rows: 51),
    SharedTable(file: "exchange-types", registry: ExchangeType.registry, rows: 27),
    SharedTable(file: "header-flags", registry: HeaderFlags.registry, rows: 6),
    SharedTable(file: "ikev1-attributes", registry: Phase1Attribute.registry, rows: 20),
    SharedTable(file: "ikev1-encryption", registry: EncryptionAlgorithmV1.registry, rows: 16),
    SharedTable(file: "ikev1-hash", registry: HashAlgorithmV1.registry, rows: 7),
    SharedTable(file: "ikev1-auth-methods", registry: AuthenticationMethodV1.registry, rows: 27),
    SharedTable(file: "ikev1-attribute-values", registry: Phase1Values.registry, rows: 7),
    SharedTable(file: "doi", registry: DomainOfInterpretation.registry, rows: 6),
    SharedTable(file: "security-protocols", registry: SecurityProtocol.registry, rows: 13),
    SharedTable(file: "ikev1-transforms", registry: IPsecTransformsV1.registry, rows: 50),
    SharedTable(file: "ikev1-sa-attributes", registry: Phase2Attribute.registry, rows: 16),
    SharedTable(file: "ikev1-sa-attribute-values", registry: Phase2Values.registry, rows: 30),
    SharedTable(file: "identification-types", registry: IdentificationType.registry, rows: 21),
    SharedTable(file: "certificate-encodings", registry: CertificateEncoding.registry, rows: 15),
    SharedTable(file: "traffic-selector-types", registry: TrafficSelectorType.registry, rows: 4),
    SharedTable(file: "eap", registry: EAPType.registry, rows: 60),
    SharedTable(file: "ikev2-hash-algorithms", registry: HashAlgorithmV2.registry, rows: 7),
    SharedTable(file: "ikev2-auth-methods", registry: AuthenticationMethodV2.registry, rows: 10),
    SharedTable(file: "ikev1-notify", registry: NotifyTypeV1.registry, rows: 45),
    SharedTable(file: "ikev2-notify", registry: NotifyTypeV2.registry, rows: 143),
    SharedTable(file: "ikev2-transform-types", registry: TransformType.registry, rows: 14),
    SharedTable(file: "ikev2-transform-attributes", registry: TransformAttribute.registry, rows: 1),
    SharedTable(file: "ikev2-encryption", registry: EncryptionAlgorithm.registry, rows: 35),
    SharedTable(file: "ikev2-prf", registry: PseudorandomFunction.registry, rows: 9),
    SharedTable(file: "ikev2-integrity", registry: IntegrityAlgorithm.registry, rows: 16),
    SharedTable(file: "ikev2-other-transforms", registry: OtherTransforms.registry, rows: 9),
    SharedTable(file: "key-exchange-groups", registry: DiffieHellmanGroup.registry, rows: 38),
    SharedTable(file: "signature-algorithms", registry: SignatureAlgorithm.registry, rows: 16),
    SharedTable(file: "config-types", registry: ConfigurationType.registry, rows: 4),
    SharedTable(file: "config-attributes", registry: ConfigurationAttribute.registry, rows: 75),
    SharedTable(file: "xauth-values", registry: XAUTHValues.registry, rows: 6),
    SharedTable(file: "cisco-delete-reasons", registry: CiscoDeleteReason.registry, rows: 16),
    SharedTable(file: "ikev2-small-registries", registry: SmallRegistries.registry, rows: 19),
    SharedTable(file: "protocols-and-ports", registry: ProtocolsAndPorts.registry, rows: 24),
  ]
}

/// The rows of a file beside the checkout, each by column.
func sharedRows(_ file: String) throws -> [[String: String]] {
  let folder = try #require(SharedMaterial.folder("registries"))
  let text = try String(contentsOf: folder.appending(path: "\(file).tsv"), encoding: .utf8)
  let lines = text.split(separator: "\n").map {
    $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
  }
  let header = try #require(lines.first)
  return lines.dropFirst().map { Dictionary(zip(header, $0)) { first, _ in first } }
}

@Suite("Registry tables")
struct RegistryTableTests {
  @Test("are read in full, every row with a number or identifier", arguments: SharedTable.all)
  func wholeTable(table: SharedTable) {
    #expect(table.registry.entries.count >= table.rows)
    for entry in table.registry.entries {
      #expect(!entry.name.isEmpty || !entry.id.isEmpty)
    }
  }

  @Test(
    "say what the shared registries say, cell by cell",
    .enabled(if: SharedMaterial.folder("registries") != nil, "no shared registries here"),
    arguments: SharedTable.all)
  func equalsShared(table: SharedTable) throws {
    let rows = try sharedRows(table.file)
    #expect(rows.count == table.registry.entries.count)
    for (row, entry) in zip(rows, table.registry.entries) {
      for column in table.registry.columns {
        let cell = try #require(row[column], "\(table.file) has no column \(column)")
        #expect((entry[column] ?? "") == cell, "\(table.file) \(column) of \(entry.id)")
      }
    }
  }

  @Test("find the first of two rows with one number, and both on request")
  func collisions() {
    #expect(NotifyTypeV2(rawValue: 8192).id == "3gpp-pdn-connection-rejection")
    #expect(
      NotifyTypeV2.registry.entries(of: 8192).map(\.id) == [
        "3gpp-pdn-connection-rejection", "strongswan-me-connect-failed",
      ])
  }

  @Test("take a line that is not a row, and an empty text, without harm")
  func oddText() {
    #expect(Registry("").entries.isEmpty)
    let registry = Registry("number|name|id\n1|one|a\nnonsense\n\n2|two")
    #expect(registry[1]?.id == "a")
    #expect(registry[2]?.name == "two")
    #expect(registry[2]?.id == "")
    #expect(registry[3] == nil)
  }
}
