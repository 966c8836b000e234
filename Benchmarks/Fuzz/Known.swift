import Analysis
import CiscoConfig
import Foundation
import Keys
import Policy
import Reporting
import TestSupport

/// The project's captures and what lies beside them, by the end of their names.
func files(_ ending: String) -> [URL] {
  let folder = SharedMaterial.captures
  let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
  return names.filter { $0.hasSuffix(ending) }.sorted().map { folder.appending(path: $0) }
}

/// The keys of a capture, so that what a seed holds is opened; the first is of none.
///
/// An input's byte chooses one of them: with the keys of all captures at once each message would be
/// tried with hundreds of keys that cannot fit.
struct KnownKeys {
  let names: [String]
  let sets: [KeyMaterial]

  init() {
    var names = [""]
    var sets = [KeyMaterial()]
    for file in files(".keys.json") {
      guard let text = try? Data(contentsOf: file) else { continue }
      names.append(String(file.lastPathComponent.dropLast(".keys.json".count)))
      sets.append(KeyFileReader.read(Array(text), file: file.path))
    }
    (self.names, self.sets) = (names, sets)
  }

  /// The byte that chooses the keys of a capture.
  func index(of capture: URL) -> UInt8 {
    let name = String(capture.lastPathComponent.dropLast(".pcap".count))
    return UInt8(truncatingIfNeeded: names.firstIndex(of: name) ?? 0)
  }

  subscript(byte: UInt8) -> KeyMaterial { sets[Int(byte) % sets.count] }
}

let knownKeys = KnownKeys()

/// An opener for each child SA whose keys are known, and its SPI.
nonisolated(unsafe) let openers: [(spi: UInt32, opener: ESPOpener)] = knownKeys.sets
  .flatMap(\.childSAs).compactMap { keys in
    guard let spi = keys.spi.exact, let opener = try? ESPOpener(keys) else { return nil }
    return (spi, opener)
  }

/// A configuration of eight tunnels.
let knownConfiguration: CryptoConfiguration? = files("mix-8-peers.asa.cfg").first.flatMap {
  guard let text = try? Data(contentsOf: $0) else { return nil }
  return try? CryptoConfiguration(parsing: Array(text), path: "asa.cfg", dialect: nil)
}

/// The same, to be asked.
let knownPolicy = knownConfiguration.map { PolicyEngine($0) }

/// Where reports go.
nonisolated(unsafe) let nowhere = try? OutputTarget(file: "/dev/null")
