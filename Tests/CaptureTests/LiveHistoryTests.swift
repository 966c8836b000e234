import Bytes
import Testing

@testable import Capture

@Suite("What happens to an interface")
struct LiveHistoryTests {
  /// 2026-11-22 07:00:00 UTC and some seconds more.
  private func time(_ seconds: Double) -> Timestamp {
    Timestamp(nanoseconds: 1_795_330_800_000_000_000 + Int64(seconds * 1e9))
  }

  @Test("is told when it happens, once, and again at the end")
  func outages() {
    var history = LiveHistory(name: "eth0")
    history.saw(.up, at: time(0))
    #expect(history.takeNotices().isEmpty && history.warnings.isEmpty)
    history.saw(.down, at: time(1))
    history.saw(.down, at: time(2))
    #expect(
      history.takeNotices().map(\.text) == [
        "interface eth0 went down at 2026-11-22 07:00:01 UTC; no frames until it is up again"
      ])
    #expect(
      history.warnings == [
        "the interface was down from 2026-11-22 07:00:01 UTC to the end: "
          + "frames of that time are missing"
      ])
    history.saw(.up, at: time(4.55))
    history.saw(.withoutLink, at: time(5))
    history.wentAway(at: time(6))
    history.wentAway(at: time(7))
    let notices = history.takeNotices()
    #expect(notices.map(\.kind) == [.interfaceUp, .interfaceDown, .interfaceGone])
    #expect(
      notices.map(\.text) == [
        "interface eth0 is up again at 2026-11-22 07:00:04 UTC, after 3.5 s",
        "interface eth0 lost its link at 2026-11-22 07:00:05 UTC; no frames until it is up again",
        "interface eth0 went away at 2026-11-22 07:00:06 UTC",
      ])
    #expect(
      history.warnings == [
        "the interface was down from 2026-11-22 07:00:01 UTC to 2026-11-22 07:00:04 UTC, "
          + "for 3.5 s: frames of that time are missing",
        "the interface had no link from 2026-11-22 07:00:05 UTC to 2026-11-22 07:00:06 UTC, "
          + "for 1.0 s: frames of that time are missing",
        "the interface went away at 2026-11-22 07:00:06 UTC",
      ])
  }

  @Test("is one outage when it is taken up and gets its link a moment later")
  func linkAfterUp() {
    var history = LiveHistory(name: "eth0")
    history.saw(.up, at: time(0))
    for (second, state) in [(1.0, .down), (2, .withoutLink), (2.25, .withoutLink)]
      as [(Double, InterfaceWatch.State)]
    {
      history.saw(state, at: time(second))
    }
    history.saw(.up, at: time(2.5))
    #expect(history.takeNotices().map(\.kind) == [.interfaceDown, .interfaceUp])
    #expect(
      history.warnings == [
        "the interface was down from 2026-11-22 07:00:01 UTC to 2026-11-22 07:00:02 UTC, "
          + "for 1.5 s: frames of that time are missing"
      ])
  }

  @Test("is not said to have lost a link that it never had")
  func withoutLinkAtFirst() {
    var history = LiveHistory(name: "eth0")
    history.saw(.withoutLink, at: time(1))
    history.saw(.up, at: time(2))
    #expect(
      history.takeNotices().map(\.text) == [
        "interface eth0 has no link at 2026-11-22 07:00:01 UTC; no frames until it is up",
        "interface eth0 is up at 2026-11-22 07:00:02 UTC, after 1.0 s",
      ])
  }

  @Test("is told in bounded length however often the link comes and goes")
  func flapping() {
    var history = LiveHistory(name: "eth0")
    for second in 0..<1000 {
      history.saw(second % 2 == 0 ? .withoutLink : .up, at: time(Double(second)))
      #expect(history.takeNotices().count == 1)
    }
    #expect(history.warnings.count == 21)
    #expect(history.warnings.last == "further times at which the interface was down: 480")
  }

  @Test("tells drops at once, and then no more often than every ten seconds")
  func drops() {
    var history = LiveHistory(name: "eth0")
    history.dropped(0, at: time(0))
    #expect(history.takeNotices().isEmpty)
    for (second, count) in [(1.0, 1), (2, 5), (10.5, 5), (11.5, 8), (12, 8), (30, 8)] {
      history.dropped(count, at: time(second))
    }
    #expect(
      history.takeNotices().map(\.text) == [
        "1 frame was dropped by 2026-11-22 07:00:01 UTC: more came than could be taken",
        "7 frames were dropped by 2026-11-22 07:00:11 UTC: "
          + "more came than could be taken",
      ])
  }
}
