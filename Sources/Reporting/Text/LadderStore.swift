import Bytes
import Timeline

/// One line of a tunnel's ladder: a message or something that happened beside it.
struct LadderLine {
  var time: Timestamp?
  var capture: Int
  var frame: Int
  var isMessage: Bool
  var from: String
  var to: String
  var summary: EventSummary
  var malformed: String?
  /// Every payload's fields, kept only for a verbose report.
  var details: [String]
  /// The same message again.
  var copies = 0
  var lastCopyFrame = 0
  var lastCopyTime: Timestamp?
}

/// The ladder of one tunnel: its first and its last lines, and how many were between.
struct Ladder {
  private(set) var head: [LadderLine] = []
  private(set) var tail: [LadderLine] = []
  /// Lines between head and tail that were not kept.
  private(set) var omitted = 0
  private var oldest = 0

  /// Lines kept.
  var count: Int { head.count + tail.count }

  /// Keeps a line, or counts it at the one that it repeats; returns how many lines there are more.
  mutating func take(_ line: consuming LadderLine, _ original: Int?, limits: LadderLimits) -> Int {
    let before = count
    if let original, fold(copyOf: original, line) { return 0 }
    add(line, limits: limits)
    return count - before
  }

  /// Keeps a line, in the head while there is room, else in the tail in place of its oldest.
  mutating func add(_ line: consuming LadderLine, limits: LadderLimits) {
    if tail.isEmpty, omitted == 0, head.count < limits.head {
      head.append(line)
    } else if tail.count < limits.tail {
      // A tail that turned round before grows only at its end.
      if oldest != 0 { straighten() }
      tail.append(line)
    } else {
      omitted += 1
      guard !tail.isEmpty else { return }
      tail[oldest] = line
      oldest = (oldest + 1) % tail.count
    }
  }

  /// Counts a copy at the line of the message that it repeats; false when that was not kept.
  mutating func fold(copyOf frame: Int, _ copy: LadderLine) -> Bool {
    // Copies come soon after the original: search from the end.
    if let index = tail.lastIndex(where: { $0.isSame(as: copy, frame: frame) }) {
      tail[index].count(copy)
      return true
    }
    if let index = head.lastIndex(where: { $0.isSame(as: copy, frame: frame) }) {
      head[index].count(copy)
      return true
    }
    return false
  }

  /// A line that was not kept.
  mutating func omit() {
    omitted += 1
  }

  /// The kept last lines in order.
  var lastLines: [LadderLine] { Array(tail[oldest...] + tail[..<oldest]) }

  private mutating func straighten() {
    tail = lastLines
    oldest = 0
  }
}

extension LadderLine {
  /// True for the message of this frame, or for one that counted that frame's as its last copy.
  fileprivate func isSame(as copy: LadderLine, frame: Int) -> Bool {
    isMessage && capture == copy.capture && (self.frame == frame || lastCopyFrame == frame)
  }

  fileprivate mutating func count(_ copy: LadderLine) {
    copies += 1
    lastCopyFrame = copy.frame
    lastCopyTime = copy.time
  }
}

/// How many lines of a ladder are kept.
struct LadderLimits {
  var head: Int
  var tail: Int
}

/// The ladders of all tunnels, within a bound on their lines together.
struct LadderStore {
  private(set) var ladders: [String: Ladder] = [:]
  private var lines = 0
  private let keepsDetails: Bool

  /// - Parameter keepsDetails: True when every payload's fields will be shown.
  init(keepsDetails: Bool) {
    self.keepsDetails = keepsDetails
  }

  /// Keeps an event at its tunnel's ladder, if it belongs there and there is room.
  mutating func add(_ event: EventRecord) {
    guard let tunnel = event.tunnel, shows(event) else { return }
    let limits = limits
    if let place = ladders.index(forKey: tunnel) {
      lines += ladders.values[place].take(line(of: event), event.retransmitOf, limits: limits)
    } else if ladders.count < Self.mostTunnels {
      lines += ladders[tunnel, default: Ladder()].take(
        line(of: event), event.retransmitOf, limits: limits)
    }
  }

  /// Makes room: the tunnel will not be in the report.
  mutating func forget(_ tunnel: String) {
    if let ladder = ladders.removeValue(forKey: tunnel) { lines -= ladder.count }
  }

  private static let mostTunnels = 20_000

  private var limits: LadderLimits {
    switch lines {
    case ..<8_000: LadderLimits(head: 200, tail: 50)
    case ..<16_000: LadderLimits(head: 12, tail: 4)
    default: LadderLimits(head: 0, tail: 0)
    }
  }

  private func shows(_ event: EventRecord) -> Bool {
    switch event.kind {
    case .finding, .firstOfFlow, .keepalive: keepsDetails
    // That something has begun is seen from its message.
    case .ikeState, .childState: keepsDetails || event.summary != "incomplete"
    default: true
    }
  }

  /// What happened, with whom it happened to.
  private func summary(of event: EventRecord) -> EventSummary {
    switch event.kind {
    case .ikeState: .text("IKE SA \(event.summary)")
    case .childState, .firstPacket, .gap:
      event.childSA.map { .text("\($0) \(event.summary)") } ?? event.line
    default: event.line
    }
  }

  private func line(of event: EventRecord) -> LadderLine {
    var details: [String] = []
    if keepsDetails {
      for payload in event.payloads ?? [] {
        details.append(([payload.type] + payload.fields).joined(separator: "\n"))
      }
    }
    return LadderLine(
      time: event.time?.time, capture: event.capture, frame: event.frame,
      isMessage: event.kind == .message || event.kind == .fragment,
      from: event.from ?? "",
      to: event.to ?? "",
      summary: summary(of: event), malformed: event.malformed, details: details)
  }
}
