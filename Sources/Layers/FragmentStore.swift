internal import Bytes

/// The fragments of datagrams that are not whole yet, in bounded memory.
///
/// The oldest datagram gives way when there are too many: fragments of a datagram follow one
/// another closely, so that a flood of fragments that never complete pushes out its own.
struct FragmentStore {
  /// A datagram put together from its fragments.
  struct Whole {
    /// Protocol of the payload, by the first fragment.
    var ipProtocol: UInt8
    /// The payload behind the IP header.
    var bytes: [UInt8]
    /// The frames it came in.
    var frames: [FramePlace]
  }

  private struct Key: Hashable {
    var source: IPAddress
    var destination: IPAddress
    var identification: UInt32
    var ipProtocol: UInt8
  }

  private let limits: LayerLimits
  private var partial: [Key: PartialDatagram] = [:]
  /// Keys in order of beginning; those whose serial is no longer in `partial` are passed over.
  private var order: [(key: Key, serial: Int)] = []
  private var head = 0
  private var nextSerial = 0
  /// Memory that all of them take, in bytes.
  private(set) var storedBytes = 0
  /// Datagrams that became whole lately, by the store's clock.
  private var wholeAt: [Key: Int64] = [:]
  private var incomplete: [IncompleteDatagram] = []
  /// Nanoseconds that passed by the packets' clock, steps back not counted.
  private var clock: Int64 = 0
  private var lastTime: Timestamp?

  init(limits: LayerLimits) {
    self.limits = limits
  }

  /// Datagrams that are incomplete now.
  var count: Int { partial.count }

  /// Takes in a fragment; returns its datagram when this part was the last one missing.
  mutating func add(
    _ part: FragmentHeader, _ header: IPHeader, _ bytes: RawSpan, _ range: Range<Int>,
    promised: Int, _ context: borrowing Context, _ statistics: inout LayerStatistics
  ) -> Whole? {
    advance(to: context.time, &statistics)
    // RFC 8200 §4.5: in IPv6 the protocol is no part of what identifies a datagram.
    let key = Key(
      source: header.source, destination: header.destination, identification: part.identification,
      ipProtocol: header.source.isIPv6 ? 0 : part.ipProtocol)
    var datagram: PartialDatagram
    if let known = partial.removeValue(forKey: key) {
      datagram = known
      storedBytes -= known.storedBytes
    } else {
      datagram = begin(key, part, context)
    }
    let before = (overlaps: datagram.overlaps, conflicts: datagram.conflicts)
    let change = datagram.add(part, bytes, range, promised: promised, context)
    if change == .duplicate { statistics.duplicateFragments += 1 }
    if datagram.overlaps, !before.overlaps { statistics.overlappingDatagrams += 1 }
    if datagram.conflicts, !before.conflicts { statistics.conflictingDatagrams += 1 }
    if let whole = datagram.whole() {
      remember(key)
      statistics.reassembled += 1
      return Whole(ipProtocol: datagram.ipProtocol, bytes: whole, frames: datagram.frames)
    }
    if datagram.isShattered {
      statistics.evictedDatagrams += 1
      report(datagram, key, .evicted)
      return nil
    }
    storedBytes += datagram.storedBytes
    partial[key] = datagram
    evict(&statistics)
    return nil
  }

  private mutating func begin(
    _ key: Key, _ part: FragmentHeader, _ context: borrowing Context
  ) -> PartialDatagram {
    let followsWhole = wholeAt[key].map { clock - $0 <= limits.reassemblyTimeout } ?? false
    nextSerial += 1
    order.append((key, nextSerial))
    return PartialDatagram(
      ipProtocol: part.ipProtocol, serial: nextSerial, began: clock, context,
      followsWhole: followsWhole)
  }

  private mutating func remember(_ key: Key) {
    if wholeAt.count >= limits.datagrams { wholeAt.removeAll(keepingCapacity: true) }
    wholeAt[key] = clock
  }

  // MARK: Giving up

  /// Gives up everything that is incomplete.
  mutating func giveUpAll(_ statistics: inout LayerStatistics) {
    while let oldest = removeOldest() {
      statistics.incompleteDatagrams += oldest.datagram.followsWhole ? 0 : 1
      report(oldest.datagram, oldest.key, .endOfCapture)
    }
  }

  /// What was given up since the last call.
  mutating func takeIncomplete() -> [IncompleteDatagram] {
    defer { incomplete = [] }
    return incomplete
  }

  private mutating func advance(to time: Timestamp, _ statistics: inout LayerStatistics) {
    if let lastTime {
      let (sum, overflow) = clock.addingReportingOverflow(max(0, time.since(lastTime)))
      clock = overflow ? .max : sum
    }
    lastTime = time
    while let began = oldestBeginning(), clock - began > limits.reassemblyTimeout {
      guard let oldest = removeOldest() else { return }
      statistics.incompleteDatagrams += oldest.datagram.followsWhole ? 0 : 1
      report(oldest.datagram, oldest.key, .timeout)
    }
  }

  private mutating func evict(_ statistics: inout LayerStatistics) {
    while partial.count > limits.datagrams || storedBytes > limits.fragmentBytes {
      guard let oldest = removeOldest() else { return }
      statistics.evictedDatagrams += 1
      report(oldest.datagram, oldest.key, .evicted)
    }
    // Entries of datagrams that became whole are dropped once they outnumber the others.
    if order.count > 2 * limits.datagrams + 64 {
      order = order[head...].filter { partial[$0.key]?.serial == $0.serial }
      head = 0
    }
  }

  private mutating func oldestBeginning() -> Int64? {
    while head < order.count {
      let entry = order[head]
      if let datagram = partial[entry.key], datagram.serial == entry.serial {
        return datagram.began
      }
      head += 1
    }
    order.removeAll(keepingCapacity: true)
    head = 0
    return nil
  }

  private mutating func removeOldest() -> (key: Key, datagram: PartialDatagram)? {
    guard oldestBeginning() != nil else { return nil }
    let key = order[head].key
    head += 1
    guard let datagram = partial.removeValue(forKey: key) else { return nil }
    storedBytes -= datagram.storedBytes
    return (key, datagram)
  }

  private mutating func report(
    _ datagram: PartialDatagram, _ key: Key, _ reason: IncompleteDatagram.Reason
  ) {
    guard !datagram.followsWhole, incomplete.count < limits.reports else { return }
    let start = datagram.head(64)
    let hasPorts = [IPProtocol.udp, IPProtocol.tcp].contains(datagram.ipProtocol)
    let ports =
      hasPorts && start.count >= 4
      ? IncompleteDatagram.Ports(
        source: start.rawSpan.uint16(at: 0), destination: start.rawSpan.uint16(at: 2)) : nil
    incomplete.append(
      IncompleteDatagram(
        source: key.source, destination: key.destination, ipProtocol: datagram.ipProtocol,
        identification: key.identification,
        frames: Array(datagram.frames.prefix(64)), fragments: datagram.count,
        hasFirst: datagram.hasFirst, hasLast: datagram.total != nil, ports: ports, head: start,
        bytesSeen: datagram.covered, missing: datagram.missing, conflicts: datagram.conflicts,
        wasCut: datagram.wasCut, firstTime: datagram.firstTime, lastTime: datagram.lastTime,
        reason: reason))
  }
}
