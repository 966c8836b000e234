import Bytes
import Foundation
import Keys
import Testing

@Suite("Captures of the laboratory", .enabled(if: LabCapture.folder != nil, "no captures beside"))
struct LabTests {
  /// Counts of what the child keys of a key file made of a capture's packets.
  struct Count: Equatable {
    var good = 0
    var bad = 0
    var ipPackets = 0
    var withoutKeys = 0
  }

  @Test("Child keys open every ESP and AH packet", arguments: LabCapture.names)
  func childKeys(_ name: String) throws {
    let capture = try #require(LabCapture(name))
    let material = KeyFileReader.read(capture.keys, file: name)
    #expect(material.problems.isEmpty, "\(material.problems)")
    let count = try open(capture, material)
    // Six packets of this one were damaged on purpose.
    #expect(count.bad == (name == "ikev1-esp-bit-flipped" ? 6 : 0))
    #expect(count.ipPackets == count.good)
    #expect(count.good > 0 || material.childSAs.isEmpty || count.withoutKeys == 0)
  }

  private func open(_ capture: LabCapture, _ material: KeyMaterial) throws -> Count {
    var count = Count()
    var openers: [UInt32: ESPOpener] = [:]
    var verifiers: [UInt32: AHVerifier] = [:]
    var buffer: [UInt8] = []
    for datagram in capture.datagrams where datagram.kind != .ike && datagram.bytes.count > 8 {
      let packet = datagram.bytes
      let isAH = datagram.kind == .ah
      let start = isAH ? datagram.offset + 4 : 0
      let spi = packet[start..<(start + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      let fitting = material.childSAs(
        isAH ? .ah : .esp, spi: spi, source: datagram.source, destination: datagram.destination,
        ignoringAddresses: true)
      guard let keys = fitting.first else {
        count.withoutKeys += 1
        continue
      }
      if isAH {
        let verifier = try verifiers[spi] ?? AHVerifier(keys)
        verifiers[spi] = verifier
        let good = verifier.verify(packet.rawSpan, headerAt: datagram.offset).integrity == .good
        count.good += good ? 1 : 0
        count.ipPackets += good ? 1 : 0
        count.bad += good ? 0 : 1
      } else {
        let opener = try openers[spi] ?? ESPOpener(keys)
        openers[spi] = opener
        let outcome = opener.open(packet.rawSpan, into: &buffer)
        if outcome.integrity == .good, outcome.failure == nil {
          count.good += 1
        } else {
          count.bad += 1
        }
        if outcome.failure == nil, [4, 41, 6, 17, 1, 58].contains(outcome.nextHeader) {
          count.ipPackets += 1
        }
      }
    }
    return count
  }
}
