import CiscoConfig
import Foundation
import TestSupport
import Testing

@Suite("Text that is no configuration")
struct NotConfigurationTests {
  private func seems(_ text: [UInt8]) -> String? {
    do throws(ConfigurationError) {
      _ = try CryptoConfiguration(parsing: text, path: "x")
      return nil
    } catch {
      guard case .notConfiguration("x", let seems) = error else { return nil }
      return seems
    }
  }

  @Test(
    "What it seems to be is told",
    arguments: [
      ([], "empty"), (Array(" \n\r\n\t".utf8), "empty"),
      ([0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0], "packet capture"),
      ([0x0a, 0x0d, 0x0d, 0x0a, 1, 2, 3, 4], "pcapng"), ([0x1f, 0x8b, 8, 0], "gzip"),
      ((0..<2000).map { UInt8(truncatingIfNeeded: $0 &* 197) }, "binary"),
      (Array("Dear all,\n\nthe tunnel is down again since Monday.\n".utf8), "no command"),
      (Array("<?xml version='1.0'?><a/>".utf8), "XML"),
      (
        Array("interface: outside\n    Crypto map tag: M, local addr 192.0.2.1\n".utf8),
        "show command"
      ),
    ] as [([UInt8], String)])
  func kinds(_ text: [UInt8], _ kind: String) throws {
    let told = try #require(seems(text))
    #expect(told.contains(kind), "\(told)")
  }

  @Test("A long text in which a word here and there looks like a command is none")
  func words() throws {
    let text = (0..<20_000).map { $0 % 2000 == 0 ? "interface \($0)" : "zebra kiwi \($0)" }
    #expect(throws: ConfigurationError.self) {
      _ = try CryptoConfiguration(
        parsing: Array(text.joined(separator: "\n").utf8), path: "words.txt")
    }
    let real = text.joined(separator: "\n") + "\ncrypto map m 10 match address A\n"
    #expect(
      try CryptoConfiguration(parsing: Array(real.utf8), path: "words.txt").cryptoMaps.count == 1)
  }

  @Test("The message names the file and what to give instead")
  func message() {
    let error = ConfigurationError.notConfiguration(path: "a.pcap", seems: "it is empty")
    #expect(error.description.hasPrefix("a.pcap: not a Cisco configuration: it is empty."))
    #expect(error.description.contains("show running-config"))
  }

  @Test(
    "The output of show commands is told from a configuration",
    .enabled(if: SharedMaterial.folder("policy/configs/aux-show-output") != nil))
  func shown() throws {
    var taken: [String] = []
    let files = PublicConfigurationTests.files(["aux-show-output"])
    for file in files where seems([UInt8](try Data(contentsOf: file))) == nil {
      taken.append(file.lastPathComponent)
    }
    #expect(files.count > 90)
    #expect(taken.isEmpty, "\(taken)")
  }
}
