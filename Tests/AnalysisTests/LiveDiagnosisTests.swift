import Bytes
import Foundation
import TestSupport
import Testing
import Timeline

@testable import Analysis
@testable import Capture

/// Findings while packets come: told when they are certain enough, taken back when refuted.
@Suite("Findings while packets come")
struct LiveDiagnosisTests {
  private func events(_ parts: [Wire]) throws -> [EventRecord] {
    var options = AnalysisOptions()
    options.diagnosesMeanwhile = true
    let sink = CollectingSink()
    try Analyzer(options: options, sink: sink).run(PacedFrames(parts))
    return sink.events.filter { $0.kind == .finding || $0.kind == .findingWithdrawn }
  }

  /// The frames of a wire in parts, cut behind these frames.
  private func cut(_ wire: Wire, behind frames: [Int]) -> [Wire] {
    zip([0] + frames, frames + [wire.frames.count]).map { start, end in
      let part = Wire()
      part.merge(wire)
      part.remove { number, _ in number <= start || number > end }
      return part
    }
  }

  @Test("a peer that does not answer is told, and withdrawn when it does after all")
  func withdrawn() throws {
    let tunnel = GatewaysV1()
    tunnel.offer()
    tunnel.again(.initiator, times: 3, every: 4)
    let silence = tunnel.wire.frames.count
    tunnel.accept()
    tunnel.exchangeKeys()
    tunnel.prove(.initiator)
    tunnel.prove(.responder)
    tunnel.quick()
    tunnel.traffic()
    let told = try events(cut(tunnel.wire, behind: [silence]))
    #expect(told.map(\.kind) == [.finding, .findingWithdrawn])
    #expect(told.map(\.cause) == ["peer_not_answering", "peer_not_answering"])
    #expect(told.allSatisfy { $0.tunnel == "t1" })
  }

  @Test("what holds is told once, while it happens")
  func once() throws {
    let tunnel = GatewaysV1()
    tunnel.offer()
    tunnel.notify(.responder, 5, withResponderSPI: false)
    let refused = tunnel.wire.frames.count
    tunnel.offer(after: 30)
    tunnel.notify(.responder, 5, withResponderSPI: false, id: 0x7700_0009)
    let told = try events(cut(tunnel.wire, behind: [refused]))
    #expect(told.map(\.kind) == [.finding])
    #expect(told.map(\.cause) == ["ike_version_mismatch"])
    #expect(told.first?.certainty == "certain")
  }

  @Test("that not all tunnels are looked at meanwhile is said once, and the report has them all")
  func partly() throws {
    let wire = Wire()
    var cuts: [Int] = []
    for number in 1...5 {
      let tunnel = GatewaysV1(wire, initiator: "192.0.2.\(number)", number: UInt64(number))
      tunnel.offer()
      tunnel.notify(.responder, 14, withResponderSPI: false)
      if number > 2 { cuts.append(wire.frames.count) }
    }
    cuts.removeLast()
    var options = AnalysisOptions()
    options.diagnosesMeanwhile = true
    options.tunnelsMeanwhile = 3
    let sink = CollectingSink()
    try Analyzer(options: options, sink: sink).run(PacedFrames(cut(wire, behind: cuts)))
    let notes = sink.events.filter { $0.kind == .note }.map(\.summary)
    #expect(
      notes == [
        "4 tunnels: from now on findings are told of the 3 heard last only; the report at the end "
          + "has those of all"
      ])
    #expect(sink.timeline.tunnels.count == 5)
    #expect(Set(sink.timeline.findings.compactMap(\.tunnel)).count == 5)
  }

  @Test("a negotiation under way raises nothing")
  func underWay() throws {
    let tunnel = GatewaysV1()
    tunnel.establish()
    tunnel.traffic()
    #expect(try events(cut(tunnel.wire, behind: [1, 3, 5])).isEmpty)
  }
}

/// Frames in parts, with as much time between them as a live diagnosis waits between two looks.
private final class PacedFrames: FrameSource {
  private var parts: [Wire]
  private var isFirst = true
  private(set) var captures: [CaptureSummary]

  init(_ parts: [Wire]) {
    self.parts = parts
    var summary = CaptureSummary(path: "eth0", format: .pcap, compression: .none)
    summary.linkTypes = [.ethernet]
    captures = [summary]
  }

  func nextBatch() throws(CaptureError) -> FrameBatch? {
    guard !parts.isEmpty else { return nil }
    if !isFirst { pause() }
    isFirst = false
    let part = parts.removeFirst()
    var batch = FrameBatch(bytes: [], frames: [])
    for frame in part.frames {
      let time = Timestamp(nanoseconds: Int64((frame.time * 1_000_000).rounded()) * 1000)
      let number = captures[0].count(
        time: time, capturedLength: frame.bytes.count, originalLength: frame.bytes.count)
      batch.frames.append(
        Frame(
          number: number, capture: 0, time: time, linkType: .ethernet,
          offset: batch.bytes.count, capturedLength: frame.bytes.count,
          originalLength: frame.bytes.count))
      batch.bytes += frame.bytes
    }
    return batch
  }

  private func pause() { Thread.sleep(forTimeInterval: 1.4) }
}
