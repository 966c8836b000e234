import Foundation
import TestSupport
import Testing

@testable import Diagnosis

@Suite("The catalogue of causes")
struct CatalogueTests {
  private static let sources = SharedMaterial.root.appending(path: "Sources/Diagnosis/Causes")

  @Test("has every identifier once")
  func uniqueIdentifiers() {
    #expect(Set(Catalogue.all.map(\.id)).count == Catalogue.all.count)
  }

  @Test("forgets no cause that has a file")
  func everyFileIsRegistered() throws {
    let files = try #require(
      FileManager.default.enumerator(at: Self.sources, includingPropertiesForKeys: nil))
    var written: Set<String> = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      guard text.contains("= Cause(") else { continue }
      let id = try #require(text.firstMatch(of: /id: "([a-z0-9_]+)"/)?.1)
      written.insert(String(id))
    }
    #expect(written == Set(Catalogue.all.map(\.id)))
  }

  @Test("names only look-alikes and consequences that exist")
  func referencesExist() {
    for cause in Catalogue.all {
      for id in cause.lookAlikes + cause.explains {
        #expect(Catalogue.cause(id) != nil, "\(cause.id) names \(id)")
      }
      #expect(!cause.explains.contains(cause.id))
    }
  }

  @Test("says in full sentences what each cause means, how it shows, and what to do")
  func wordsAreThere() {
    for cause in Catalogue.all {
      #expect(cause.title.count <= 64 && !cause.title.hasSuffix("."), "\(cause.id)")
      #expect(cause.meaning.hasSuffix(".") && cause.meaning.count > 30, "\(cause.id)")
      #expect(cause.shows.hasSuffix("."), "\(cause.id)")
      #expect(cause.remedy.text.hasSuffix("."), "\(cause.id)")
      #expect(!(cause.remedy.asa ?? "").hasSuffix(".") && !(cause.remedy.ios ?? "").hasSuffix("."))
    }
  }

  @Test("gives commands of the dialect that is known, and of both where none is")
  func remedyFollowsTheDialect() throws {
    let remedy = try #require(Catalogue.cause("pfs_group_mismatch")).remedy
    #expect(!remedy.text(for: "asa").contains("IOS:"))
    #expect(!remedy.text(for: "ios").contains("ASA:"))
    #expect(remedy.text(for: nil).contains("ASA:") && remedy.text(for: nil).contains("IOS:"))
  }

  @Test("has no remedy with a word left to fill in once the device's names are known")
  func remediesAreFilled() {
    var names = ConfigurationNames()
    (names.map, names.sequence, names.accessList) = ("outmap", 10, "vpnlist")
    (names.transformSet, names.interface, names.policy) = ("tset", "outside", 20)
    (names.tunnelGroup, names.trustpoint, names.peer) = ("192.0.2.9", "ownpoint", "192.0.2.9")
    let open: Set<Substring> = [
      "MAP", "SEQ", "ACL", "SET", "OUTSIDE", "NUMBER", "GROUP", "TRUSTPOINT", "ADDRESS",
    ]
    for cause in Catalogue.all {
      for dialect in ["asa", "ios"] {
        let device = KnownDevice(dialect: dialect, name: "hub.cfg", names: names)
        let text = cause.remedy.text(for: [device])
        let commands = text.dropFirst(cause.remedy.text.count)
        let words = Set(commands.split { !$0.isLetter && $0 != "-" })
        #expect(words.isDisjoint(with: open), "\(cause.id): \(commands)")
        #expect(!text.contains(dialect == "asa" ? "IOS:" : "ASA:"))
      }
      let both = [("asa", "left.cfg"), ("ios", "right.cfg")].map {
        KnownDevice(dialect: $0.0, name: $0.1, names: names)
      }
      let text = cause.remedy.text(for: both)
      if cause.remedy.asa != nil { #expect(text.contains("ASA, left.cfg:"), "\(cause.id)") }
      if cause.remedy.ios != nil { #expect(text.contains("IOS, right.cfg:"), "\(cause.id)") }
    }
  }

  @Test(
    "is the one that was agreed on",
    .enabled(if: SharedMaterial.folder("causes.tsv") != nil, "the list is not beside the checkout"))
  func matchesTheList() throws {
    let list = try #require(SharedMaterial.folder("causes.tsv"))
    let rows = try String(contentsOf: list, encoding: .utf8).split(separator: "\n").dropFirst()
    var listed: Set<String> = []
    for row in rows {
      let cells = row.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      let cause = try #require(Catalogue.cause(cells[0]), "\(cells[0]) is missing")
      listed.insert(cells[0])
      #expect(cause.family.rawValue == cells[1])
      #expect(cause.severity.rawValue == cells[3])
      for id in cells[7].split(separator: ",").map({ $0.trimmingCharacters(in: .whitespaces) })
      where Catalogue.cause(id) != nil {
        #expect(cause.lookAlikes.contains(id), "\(cause.id) does not name \(id)")
      }
    }
    #expect(listed == Set(Catalogue.all.map(\.id)))
  }
}
