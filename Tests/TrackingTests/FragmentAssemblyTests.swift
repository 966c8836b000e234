import Bytes
import TestSupport
import Testing

@testable import ISAKMP
@testable import Tracking

@Suite("Fragments of IKE messages")
struct FragmentAssemblyTests {
  private static let header: ISAKMPHeader? = try? Message(
    parsing: IKEBuilder.message(version: 2, exchange: 35, flags: 8, messageID: 1, []).rawSpan
  ).header

  private func piece(
    _ number: Int, of total: Int?, frame: Int = 1, _ bytes: [UInt8] = [1, 2, 3]
  ) throws -> FragmentAssembly.Piece {
    FragmentAssembly.Piece(
      number: number, total: total, bytes: bytes, firstPayload: 35,
      header: try #require(Self.header),
      sighting: Sighting(capture: 0, frame: frame, time: Timestamp(nanoseconds: Int64(frame))))
  }

  private func key(_ sa: Int = 0, _ message: UInt32 = 1) -> FragmentAssembly.Key {
    FragmentAssembly.Key(sa: sa, from: .initiator, message: message, kind: 0)
  }

  @Test("come together in every order, and not before the last one")
  func anyOrder() throws {
    for order in permutations([1, 2, 3, 4]) {
      var assembly = FragmentAssembly(limits: TrackerLimits())
      for (index, number) in order.enumerated() {
        let result = assembly.arrived(try piece(number, of: 4), key())
        #expect((result.complete != nil) == (index == 3), "\(order)")
      }
      #expect(assembly.flush().isEmpty)
    }
  }

  @Test("only the last of Cisco's pieces says how many there are")
  func ciscoOrder() throws {
    for order in permutations([1, 2, 3]) {
      var assembly = FragmentAssembly(limits: TrackerLimits())
      for (index, number) in order.enumerated() {
        let result = assembly.arrived(try piece(number, of: number == 3 ? 3 : nil), key())
        #expect((result.complete != nil) == (index == 2), "\(order)")
      }
    }
  }

  @Test("of several messages do not mix, whoever comes first")
  func interleaved() throws {
    var assembly = FragmentAssembly(limits: TrackerLimits())
    var random = SeededGenerator(seed: 3)
    let all = (0..<20).flatMap { sa in (1...5).map { (sa, $0) } }.shuffled(using: &random)
    var whole: [Int: [UInt8]] = [:]
    for (sa, number) in all {
      let bytes = [UInt8(sa), UInt8(number)]
      let result = assembly.arrived(try piece(number, of: 5, bytes), key(sa))
      if let group = result.complete { whole[sa] = (1...5).flatMap { group.pieces[$0] ?? [] } }
    }
    for sa in 0..<20 { #expect(whole[sa] == (1...5).flatMap { [UInt8(sa), UInt8($0)] }) }
  }

  @Test("that come again are counted and change nothing")
  func repeated() throws {
    var assembly = FragmentAssembly(limits: TrackerLimits())
    _ = assembly.arrived(try piece(1, of: 2, [1]), key())
    _ = assembly.arrived(try piece(1, of: 2, [9]), key())
    let group = try #require(assembly.arrived(try piece(2, of: 2, [2]), key()).complete)
    #expect(group.pieces == [1: [1], 2: [2]])
    #expect(group.repeated == 1)
  }

  @Test("a stray copy after the whole message is a repetition, not a message with holes")
  func strayCopy() throws {
    var assembly = FragmentAssembly(limits: TrackerLimits())
    _ = assembly.arrived(try piece(1, of: 2), key())
    #expect(assembly.arrived(try piece(2, of: 2), key()).complete?.isRepetition == false)
    _ = assembly.arrived(try piece(2, of: 2), key())
    let rest = assembly.flush()
    #expect(rest.count == 1)
    #expect(rest.first?.1.isRepetition == true)
  }

  @Test("a sender that starts over with smaller pieces is followed")
  func smaller() throws {
    var assembly = FragmentAssembly(limits: TrackerLimits())
    _ = assembly.arrived(try piece(1, of: 2, [1]), key())
    for number in 1...2 { _ = assembly.arrived(try piece(number, of: 3, [0]), key()) }
    let group = assembly.arrived(try piece(3, of: 3, [0]), key()).complete
    #expect(group?.pieces.count == 3)
  }

  @Test("a last piece numbered 0, or alone, makes no message", arguments: [0, 2, 255])
  func impossible(number: Int) throws {
    var assembly = FragmentAssembly(limits: TrackerLimits())
    #expect(assembly.arrived(try piece(number, of: number), key()).complete == nil)
  }

  @Test("that never complete stay within the limits, and those given up are handed back")
  func neverComplete() throws {
    var limits = TrackerLimits()
    limits.fragmentGroups = 16
    limits.fragmentBytes = 100_000
    var assembly = FragmentAssembly(limits: limits)
    var givenUp = 0
    for number in 1...200 {
      for sa in 0..<40 {
        let result = assembly.arrived(
          try piece(number, of: 60_000, Array(repeating: 0, count: 500)), key(sa))
        givenUp += result.givenUp.count
        #expect(assembly.groups.count <= 16)
        let held = assembly.groups.values.reduce(0) { $0 + $1.bytes }
        #expect(held <= 100_000 + 1 << 17)
      }
    }
    #expect(givenUp == assembly.evicted)
    #expect(givenUp > 0)
  }

  @Test("many tiny pieces cost as much as they take, so that they cannot fill the memory")
  func tinyPieces() throws {
    var assembly = FragmentAssembly(limits: TrackerLimits())
    for number in 1...60_000 { _ = assembly.arrived(try piece(number, of: 60_000, []), key()) }
    #expect((assembly.groups.values.first?.pieces.count ?? 0) <= 1024)
  }

  private func permutations(_ numbers: [Int]) -> [[Int]] {
    guard numbers.count > 1 else { return [numbers] }
    return numbers.flatMap { first in
      permutations(numbers.filter { $0 != first }).map { [first] + $0 }
    }
  }
}
