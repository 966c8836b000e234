import CiscoConfig
import Foundation
import TestSupport
import Testing

/// The configurations of the laboratory's captures, and those of the policy cases.
@Suite("Laboratory configurations and policy cases")
struct LaboratoryTests {
  @Test(
    "Every line of every laboratory configuration is understood",
    .enabled(if: SharedMaterial.folder("captures/lab") != nil))
  func laboratory() throws {
    let folder = try #require(SharedMaterial.folder("captures/lab"))
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil
    ).filter { $0.pathExtension == "cfg" }
    #expect(files.count > 90)
    for file in files {
      let text = [UInt8](try Data(contentsOf: file))
      let configuration = try CryptoConfiguration(parsing: text, path: file.lastPathComponent)
      #expect(configuration.notUnderstood.isEmpty, "\(file.lastPathComponent)")
      #expect(configuration.notes.isEmpty, "\(file.lastPathComponent) \(configuration.notes)")
      let isASA = file.lastPathComponent.hasSuffix(".asa.cfg")
      #expect(configuration.dialect == (isASA ? .asa : .ios), "\(file.lastPathComponent)")
      #expect(!configuration.cryptoMaps.isEmpty, "\(file.lastPathComponent)")
      for map in configuration.cryptoMaps {
        #expect(!map.interfaces.isEmpty)
        for entry in map.entries {
          #expect(!entry.peers.isEmpty)
          let name = try #require(entry.accessList?.value)
          let list = try #require(configuration.accessLists[name])
          #expect(!list.entries.isEmpty)
        }
      }
    }
  }

  @Test(
    "Every line of the policy cases is understood but for those that are wrong on purpose",
    .enabled(if: SharedMaterial.folder("policy/examples") != nil))
  func cases() throws {
    let folder = try #require(SharedMaterial.folder("policy/examples"))
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil
    ).filter { $0.pathExtension == "json" }
    var texts = 0
    for file in files {
      let object = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
      for one in Self.cases(in: object) {
        let platform = one["platform"] as? String ?? ""
        for (device, text) in one["configs"] as? [String: String] ?? [:] {
          texts += 1
          let what = "\(one["id"] ?? "") \(device)"
          let configuration = try CryptoConfiguration(
            parsing: Array(text.utf8), path: what, dialect: Dialect(rawValue: platform))
          #expect(configuration.notUnderstood.isEmpty, "\(what) \(configuration.notUnderstood)")
        }
      }
    }
    #expect(texts > 100)
  }

  private static func cases(in object: Any) -> [[String: Any]] {
    if let list = object as? [[String: Any]] { return list }
    return (object as? [String: Any])?["cases"] as? [[String: Any]] ?? []
  }
}
