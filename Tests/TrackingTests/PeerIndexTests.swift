import Bytes
import Registries
import Testing

@testable import Tracking

@Suite("Tunnels by their hosts")
struct PeerIndexTests {
  private func address(_ number: UInt32) -> IPAddress { IPAddress(ipv4: number) }

  private func sa(_ ordinal: Int) -> IKESA {
    IKESA(
      ordinal: ordinal, version: .v2, mode: .ikev2, initiatorSPI: UInt64(ordinal), responderSPI: 0,
      initiator: Endpoint(address(1), port: 500), responder: Endpoint(address(2), port: 500),
      sawFirstMessage: true,
      at: Sighting(capture: 0, frame: ordinal, time: Timestamp(nanoseconds: 0)))
  }

  @Test("the latest is asked first, whichever way round; one added twice is there once")
  func latest() {
    var index = PeerIndex()
    let (one, two) = (sa(1), sa(2))
    index.add(one, address(1), address(2))
    index.add(two, address(2), address(1))
    index.add(two, address(1), address(2))
    #expect(index.latest(address(1), address(2)) === two)
    #expect(index.latest(address(2), address(1)) === two)
    #expect(index.all(address(1), address(2)).map(\.ordinal) == [1, 2])
    #expect(index.latest(address(1), address(3)) == nil)
  }

  @Test("what was forgotten elsewhere is not held here")
  func forgotten() {
    var index = PeerIndex()
    let kept = sa(1)
    index.add(kept, address(1), address(2))
    for number in 2..<500 { index.add(sa(number), address(1), address(2)) }
    #expect(index.all(address(1), address(2)).map(\.ordinal) == [1])
    #expect(index.latest(address(1), address(2)) === kept)
  }
}
