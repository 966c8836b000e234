package import Bytes

/// Something that happened to a live capture itself, told at once.
package struct CaptureNotice: Hashable, Sendable {
  /// What it is about.
  package enum Kind: Sendable {
    case interfaceDown
    case interfaceUp
    case interfaceGone
    case framesDropped
  }

  /// What it is about.
  package var kind: Kind
  /// When it was noticed, by this machine's clock.
  package var time: Timestamp
  /// One sentence without a full stop.
  package var text: String
}

/// What happened to an interface while it was captured from: told while it happens, and once more, in
/// few sentences, at the end.
struct LiveHistory {
  /// A time without frames.
  private struct Outage {
    /// True when it was so at the first look.
    var isFirst: Bool
    var state: InterfaceWatch.State
    var from: Timestamp
    var to: Timestamp?
  }

  private let name: String
  private var outages: [Outage] = []
  private var furtherOutages = 0
  private var current: Outage?
  private var wasSeen = false
  private var goneAt: Timestamp?
  private var drops = 0
  private var toldDrops: (count: Int, at: Timestamp)?
  private var notices: [CaptureNotice] = []

  /// Outages that are told one by one at the end.
  private static let mostOutages = 20
  /// Nanoseconds between two notices of drops.
  private static let dropsPause: Int64 = 10_000_000_000

  /// - Parameter name: The interface, safe to show.
  init(name: String) {
    self.name = name
  }

  /// The interface was looked at.
  ///
  /// One that is taken up is without a link for a moment, which is part of the same outage.
  mutating func saw(_ state: InterfaceWatch.State, at time: Timestamp) {
    defer { wasSeen = true }
    if state == .up { return end(at: time) }
    guard current == nil else { return }
    current = Outage(isFirst: !wasSeen, state: state, from: time)
    tell(
      .interfaceDown, time,
      wasSeen
        ? "interface \(name) \(state.beginning) at \(clock(time)); no frames until it is up again"
        : "interface \(name) \(state.present) at \(clock(time)); no frames until it is up")
  }

  /// The interface is not there any more.
  mutating func wentAway(at time: Timestamp) {
    guard goneAt == nil else { return }
    end(at: time, isUp: false)
    goneAt = time
    tell(.interfaceGone, time, "interface \(name) went away at \(clock(time))")
  }

  /// The kernel had dropped `count` frames by then.
  mutating func dropped(_ count: Int, at time: Timestamp) {
    guard count > drops else { return }
    drops = count
    guard toldDrops.map({ time.since($0.at) >= Self.dropsPause }) ?? true else { return }
    let further = count - (toldDrops?.count ?? 0)
    tell(
      .framesDropped, time,
      "\(further == 1 ? "1 frame was" : "\(further) frames were") dropped by \(clock(time)): "
        + "more came than could be taken")
    toldDrops = (count, time)
  }

  /// What was not told yet.
  mutating func takeNotices() -> [CaptureNotice] {
    defer { notices.removeAll() }
    return notices
  }

  /// The same for whoever reads the report at the end.
  var warnings: [String] {
    var lines = (outages + (current.map { [$0] } ?? [])).map { outage in
      let length = outage.to.map { ", for \(seconds($0.since(outage.from)))" } ?? ""
      return "the interface \(outage.state.past) from \(clock(outage.from)) to "
        + (outage.to.map(clock) ?? "the end") + length + ": frames of that time are missing"
    }
    if furtherOutages > 0 {
      lines.append("further times at which the interface was down: \(furtherOutages)")
    }
    if let goneAt { lines.append("the interface went away at \(clock(goneAt))") }
    return lines
  }

  private mutating func end(at time: Timestamp, isUp: Bool = true) {
    guard var outage = current else { return }
    current = nil
    outage.to = time
    if outages.count < Self.mostOutages { outages.append(outage) } else { furtherOutages += 1 }
    guard isUp else { return }
    tell(
      .interfaceUp, time,
      "interface \(name) is up\(outage.isFirst ? "" : " again") at \(clock(time)), "
        + "after \(seconds(time.since(outage.from)))")
  }

  private mutating func tell(_ kind: CaptureNotice.Kind, _ time: Timestamp, _ text: String) {
    notices.append(CaptureNotice(kind: kind, time: time, text: text))
  }

  /// Date and time of day in UTC, to the second.
  private func clock(_ time: Timestamp) -> String {
    let text = time.rfc3339()
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(8)) UTC"
  }

  private func seconds(_ nanoseconds: Int64) -> String {
    let tenths = max(0, nanoseconds) / 100_000_000
    return "\(tenths / 10).\(tenths % 10) s"
  }
}

extension InterfaceWatch.State {
  /// How it came to that, behind the interface's name.
  fileprivate var beginning: String { self == .withoutLink ? "lost its link" : "went down" }
  /// How it is, behind the interface's name.
  fileprivate var present: String { self == .withoutLink ? "has no link" : "is down" }
  /// How it was, behind the interface's name.
  fileprivate var past: String { self == .withoutLink ? "had no link" : "was down" }
}
