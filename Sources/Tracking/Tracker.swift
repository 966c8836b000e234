import Bytes
import ESP
import ISAKMP
package import Keys
package import Layers
import Registries

/// Reconstructs IKE SAs, their exchanges and children, and the flows of ESP, AH and inner packets,
/// from datagrams in time order.
///
/// One direction in: `datagramArrived`. What it learns is read from the tables at any time, and
/// told to the observer as it happens. It has no clock but the packets' and does no I/O.
package struct Tracker {
  let limits: TrackerLimits
  package weak var observer: (any TrackerObserver)?

  var ikeSAs: IKESATable
  var securityFlowTable: BoundedTable<SecurityFlow>
  /// Marks of the flows' last packets.
  package internal(set) var marks = PacketMarks()
  /// The present run of each flow, at its place in `securityFlowTable`.
  var runs: [FlowRun] = []
  /// Where packets in common frames find the run of their flow.
  var securityPlaces = PlaceCache()
  var innerFlowTable: BoundedTable<InnerFlow>
  /// What came of each inner flow since it was counted, at its place in `innerFlowTable`.
  var innerRuns: [InnerRun] = []
  /// Where packets in common frames find the run of their clear flow.
  var clearPlaces = PlaceCache()
  var fragments: FragmentAssembly
  let fingerprint = Fingerprint()
  var interned = Interned()
  var messagesKept = 0
  var messagesNotKept = 0
  var keepaliveEnds: Set<Endpoint> = []
  let nullWaitingRoom = NullInspection.WaitingRoom()
  var pairsLeftOut = 0
  var flowsLeftOut = 0
  var childrenNotKept = 0
  var exchangesNotKept = 0
  var peers = PeerIndex()
  /// What flows on the port of Cisco's IPsec over UDP look like, where no negotiation was seen; by
  /// destination and source port.
  var ciscoEvidence: [SecurityFlowKey: ESPFlowEvidence] = [:]
  /// Packets on UDP 4500 between known peers that begin with SPI 0 and are no IKE message, the first
  /// few.
  package internal(set) var strayZeroSPIs: [StrayZeroSPI] = []
  /// Key material given by the user, and what was derived from it.
  package internal(set) var keys: KeyMaterial
  /// Directions of children whose SPIs are known, by SPI.
  var childDirections: [UInt32: [ChildDirection]] = [:]
  /// How many SPIs there are when those of forgotten children are looked for.
  var childDirectionsTidiedAt = 8192
  /// True when there may be keys for packets.
  var hasKeys: Bool { !keys.childSAs.isEmpty || !keys.ikeSAs.isEmpty }
  /// Lent the inside of every packet that can be read: decrypted, or never encrypted.
  package var packetOpened: ((OpenedPacket, RawSpan) -> Void)?
  /// Given every IKE message that is opened, copies left out.
  package var messageOpened: ((OpenedIKEMessage) -> Void)?
  /// IKE SAs announced by an opened CREATE_CHILD_SA exchange.
  var rekeyedTo: [RekeyedSPIs: RekeyOrigin] = [:]
  /// Plaintexts of packets within packets, one buffer a level.
  var plaintexts: [[UInt8]] = [[], [], [], []]
  /// IP headers of the packets being opened, one a level, while somebody borrows what is inside.
  var carrierHeaders: [[UInt8]] = [[], [], [], []]
  /// How often `packetOpened` was called.
  var packetsLent = 0
  /// The present run of each flow whose packets are opened, at its place in `securityFlowTable`; as
  /// many as there had to be.
  var openedRuns: [OpenedRun] = []
  /// What is known of each of these for the processor.
  var runTraces: [RunTraces] = []
  /// The openers that had a run and are still there.
  package let openerLog = OpenerLog()
  /// Counts what may change how a packet is opened or judged; runs end with it.
  var knowledge = 1
  /// The plaintext of the last packet of a run.
  var usualPlaintext: [UInt8] = Array(repeating: 0, count: 2048)
  /// False once inner flows may be evicted: then each packet looks its own up.
  var followsInner = true
  /// Flows with keys whose child SA has ended, the first to end first.
  var spent: [SpentFlow] = []
  /// ESP packets whose keys may still come.
  var waiting = WaitingPackets()

  package init(limits: TrackerLimits = TrackerLimits(), keys: KeyMaterial = KeyMaterial()) {
    self.limits = limits
    self.keys = keys
    ikeSAs = IKESATable(limits: limits)
    securityFlowTable = BoundedTable(limit: limits.securityFlows)
    innerFlowTable = BoundedTable(limit: limits.innerFlows)
    fragments = FragmentAssembly(limits: limits)
  }

  /// All IKE SAs that are held, in the order of their first messages.
  package var tunnels: [IKESA] { ikeSAs.all }

  /// How many IKE SAs are held.
  package var tunnelCount: Int { ikeSAs.count }

  /// IKE SAs ever begun, those forgotten included.
  package var tunnelsBegun: Int { ikeSAs.created }

  /// All ESP and AH flows that are held, in the order of their first packets; counted up to the
  /// last call of `finish` or `settle`.
  package var securityFlows: [SecurityFlow] {
    securityFlowTable.entries.compactMap { $0 }.sorted { $0.ordinal < $1.ordinal }
  }

  /// All inner and clear flows that are held, in the order of their first packets; counted up to
  /// the last call of `finish` or `settle`.
  package var innerFlows: [InnerFlow] {
    innerFlowTable.entries.compactMap { $0 }.sorted { $0.ordinal < $1.ordinal }
  }

  /// What limits made it forget.
  package var evictions: TrackerEvictions {
    var evictions = TrackerEvictions()
    evictions.halfOpenTunnels = ikeSAs.evictedHalfOpen
    evictions.tunnels = ikeSAs.evictedAnswered
    evictions.messages = messagesNotKept
    evictions.securityFlows = securityFlowTable.evicted
    evictions.innerFlows = innerFlowTable.evicted
    evictions.pairs = pairsLeftOut
    evictions.flowsOfChildren = flowsLeftOut
    evictions.children = childrenNotKept
    evictions.exchanges = exchangesNotKept
    evictions.fragmentGroups = fragments.evicted
    evictions.keys = keys.derivedLetGo
    return evictions
  }

  /// Takes the next datagram.
  ///
  /// - Parameters:
  ///   - datagram: Its addresses and where its payload stands in `bytes`.
  ///   - bytes: The bytes that its ranges refer to.
  ///   - sighting: The frame that carried it.
  /// - Returns: What it was, for counting.
  package mutating func datagramArrived(
    _ datagram: borrowing Datagram, _ bytes: RawSpan, at sighting: Sighting
  ) -> DatagramKind {
    if continuesRun(datagram, bytes, at: sighting) || opensRun(datagram, bytes, at: sighting) {
      return .esp
    }
    if packetOpened != nil { carrierHeaders[0] = ipHeader(datagram, bytes) }
    switch datagram.transport {
    case .ip:
      switch datagram.ipProtocol {
      case 50:
        return espArrived(
          bytes.extracting(datagram.payload), datagram, encapsulation: .none, at: sighting)
      case 51: return ahArrived(datagram, bytes, at: sighting)
      default: return clearArrived(datagram, at: sighting)
      }
    case .udp: return udpArrived(datagram, bytes, at: sighting)
    case .tcpEncapsulated:
      return encapsulatedArrived(
        bytes.extracting(datagram.payload), datagram, .tcp, .tcp, at: sighting)
    case .tcpCisco:
      return encapsulatedArrived(
        bytes.extracting(datagram.payload), datagram, .tcp, .tcpCisco, at: sighting)
    case .icmp:
      if let error = datagram.icmp { icmpArrived(error, datagram, bytes, at: sighting) }
      return clearArrived(datagram, at: sighting)
    case .tcp: return clearArrived(datagram, at: sighting)
    }
  }

  /// The capture has ended: what was still waiting for its rest is reported as incomplete.
  package mutating func finish() {
    settle()
    for (key, group) in fragments.flush() { noteIncomplete(key, group) }
    if hasKeys { addKeysAsSeen() }
    guard !keys.preSharedKeys.isEmpty else { return }
    for sa in ikeSAs.all { sa.hasPreSharedKey = !preSharedKeys(for: sa).isEmpty }
  }

  /// Brings the flows' own counts up to date; packets may go on arriving.
  package mutating func settle() {
    for place in runs.indices { closeRun(at: place) }
    for place in innerRuns.indices { closeInnerRun(at: place) }
  }

  mutating func tell(_ kind: TrackingEvent.Kind, at sighting: Sighting) {
    observer?.trackerSaw(TrackingEvent(sighting: sighting, kind: kind))
  }
}

/// What a datagram turned out to be, for the counts of its capture.
package enum DatagramKind: Hashable, Sendable {
  case ike
  /// An IKE message that breaks its format.
  case malformedIKE
  case esp
  case ah
  /// AH that protects an ESP packet.
  case ahWithESP
  case keepalive
  case other
}

/// A packet on the NAT traversal port with SPI 0 that is no IKE message.
package struct StrayZeroSPI: Hashable, Sendable {
  package var source: Endpoint
  package var destination: Endpoint
  package var sighting: Sighting
}
