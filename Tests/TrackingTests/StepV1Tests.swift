import Registries
import Testing

@testable import Tracking

@Suite("Which message of an IKEv1 exchange it is")
struct StepV1Tests {
  @Test(
    "is told by its sender and its payloads in clear",
    arguments: [
      (.main, true, [.saV1, .vendorIDV1], 1), (.main, false, [.saV1], 2),
      (.main, true, [.keV1, .nonceV1], 3), (.main, false, [.keV1, .nonceV1], 4),
      (.main, true, [], 5), (.main, false, [], 6), (.main, true, [.notifyV1], 0),
      (.aggressive, true, [.saV1, .keV1, .nonceV1, .idV1], 1),
      (.aggressive, false, [.saV1, .keV1, .nonceV1, .idV1, .hashV1], 2),
      (.aggressive, true, [.hashV1], 3), (.aggressive, true, [], 3),
      (.base, true, [.saV1, .nonceV1], 1), (.base, false, [.saV1, .nonceV1], 2),
      (.base, true, [.keV1], 3), (.base, false, [.keV1], 4),
      (.informational, true, [.notifyV1], 1), (.informational, false, [], 1),
    ] as [(ExchangeType, Bool, [PayloadType], Int)])
  func byContent(type: ExchangeType, byStarter: Bool, payloads: [PayloadType], step: Int) {
    #expect(StepV1.next(type, sentByStarter: byStarter, payloads: payloads, seen: []) == step)
  }

  @Test(
    "is told by turns where all is encrypted; a turn that was not seen is passed over",
    arguments: [
      ([], true, 1), ([1], false, 2), ([1, 2], true, 3), ([1], true, 3), ([], false, 2),
      ([2], false, 4), ([1, 2, 3], false, 4),
    ] as [([Int], Bool, Int)])
  func byTurns(seen: [Int], byStarter: Bool, step: Int) {
    for type in [ExchangeType.quick, .transaction] {
      #expect(StepV1.next(type, sentByStarter: byStarter, payloads: [], seen: seen) == step)
    }
  }
}
