// Unsafe code of this file: clock_gettime(2) and poll(2), each with one structure of its own that
// outlives the call.
import Bytes
import Glibc

/// How an interface is captured from.
package struct LiveOptions: Sendable {
  /// Bytes kept of each frame at most.
  package var snapLength = 262_144
  /// True to see frames that are not for this machine.
  package var isPromiscuous = true
  /// Bytes of the kernel's buffer: what arrives while this program is busy.
  package var bufferBytes = 8 << 20
  /// How long the kernel gathers frames before it hands them over, in milliseconds.
  package var batchMilliseconds: Int32 = 100
  /// Nanoseconds after which the capture ends by itself; nil to go on until interrupted.
  package var duration: Int64?

  /// The defaults.
  package init() {}
}

/// The frames of an interface while they happen.
///
/// Unlike that of a file, a batch may be empty: `nextBatch` returns at least four times a second, so
/// that whoever asks can keep a clock going.
package final class LiveSource: FrameSource {
  private let handle: PcapHandle
  private let interruption: Interruption
  private var summary: CaptureSummary
  private var batch = FrameBatch(bytes: [], frames: [])
  private let end: Int64?
  /// When the last look for frames is over, once the end was asked for.
  private var drainEnd: Int64?
  private var failure: CaptureError?
  private var isAtEnd = false
  private let watch: InterfaceWatch?
  private var history: LiveHistory
  private var nextLook: Int64 = 0

  private static let tickMilliseconds: Int64 = 250

  /// Opens the interface and sets the filter; privileges can be given up afterwards.
  ///
  /// - Parameters:
  ///   - interface: Its name; "any" is all of them.
  ///   - filter: A libpcap filter expression; nil for `defaultFilter(for:)`, empty for everything.
  ///   - options: How it is captured from.
  ///   - interruption: Ends the capture.
  /// - Throws: What keeps the interface from being opened, or the filter from being applied.
  package init(
    interface: String, filter: String?, options: LiveOptions = LiveOptions(),
    interruption: Interruption
  ) throws(CaptureError) {
    handle = try PcapHandle(interface: interface, options: options)
    self.interruption = interruption
    watch = InterfaceWatch(interface)
    history = LiveHistory(name: printable(interface))
    let expression = filter ?? Self.defaultFilter(for: handle.linkType)
    if !expression.isEmpty { try handle.setFilter(expression) }
    summary = CaptureSummary(path: interface, format: .pcap, compression: .none)
    summary.linkTypes = [handle.linkType]
    summary.timestampDigits = handle.timestampDigits
    for note in handle.notes { summary.note(note) }
    end = options.duration.map { monotonicNanoseconds() + $0 }
  }

  /// What the frames begin with.
  package var linkType: LinkType { handle.linkType }

  package var captures: [CaptureSummary] {
    summary.dropped += handle.newDrops()
    var told = summary
    for warning in history.warnings { told.note(warning) }
    return [told]
  }

  /// What happened to the interface since the last call, to be told at once.
  package func takeNotices() -> [CaptureNotice] { history.takeNotices() }

  package func nextBatch() throws(CaptureError) -> FrameBatch? {
    batch.bytes.removeAll(keepingCapacity: true)
    batch.frames.removeAll(keepingCapacity: true)
    guard !isAtEnd else {
      if let failure {
        self.failure = nil
        throw failure
      }
      return nil
    }
    collect()
    if batch.frames.isEmpty, !isAtEnd {
      wait()
      collect()
    }
    endWhenDrained()
    look()
    if isAtEnd, batch.frames.isEmpty { return try nextBatch() }
    return batch
  }

  /// Takes what is there, up to a block's worth.
  private func collect() {
    while batch.frames.count < 4096, batch.bytes.count < FileSource.blockLength {
      switch handle.read(into: &batch, summary: &summary) {
      case .frame:
        continue
      case .none:
        isAtEnd = failure != nil
        return
      case .end:
        isAtEnd = true
        return
      case .failed(let words):
        // libpcap tells of the loss before it gives what the kernel had gathered by then.
        isAtEnd = failure != nil
        if isAtEnd { return }
        history.wentAway(at: wallClock())
        failure = .interfaceLost(name: handle.name, reason: words)
      }
    }
  }

  /// Sees how the interface is and what the kernel dropped, a few times a second.
  private func look() {
    summary.dropped += handle.newDrops()
    let now = monotonicNanoseconds()
    guard now >= nextLook else { return }
    nextLook = now + Self.tickMilliseconds * 1_000_000
    history.dropped(summary.dropped, at: wallClock())
    // That it has gone, libpcap tells, once it gave all that was captured.
    if let state = watch?.state { history.saw(state, at: wallClock()) }
  }

  private func wait() {
    let now = monotonicNanoseconds()
    if let drainEnd {
      waitForInput(handle.descriptor, milliseconds: max(0, drainEnd - now) / 1_000_000 + 1)
    } else {
      let left = end.map { max(0, $0 - now) / 1_000_000 + 1 } ?? Self.tickMilliseconds
      _ = interruption.wait(
        for: handle.descriptor, milliseconds: Int32(min(left, Self.tickMilliseconds)))
    }
  }

  /// Once the end is asked for, what the kernel still gathers is waited for, and no longer.
  private func endWhenDrained() {
    let now = monotonicNanoseconds()
    if let drainEnd {
      if now >= drainEnd { isAtEnd = true }
    } else if interruption.isRaised || end.map({ now >= $0 }) ?? false {
      drainEnd = now + 150_000_000
    }
  }
}

extension LiveSource {
  /// Passes IKE, NAT traversal, ESP, AH, Cisco's encapsulations, IP fragments and the ICMP errors
  /// that speak of them, untagged and behind one or two VLAN tags.
  package static func defaultFilter(for linkType: LinkType) -> String {
    let plain =
      "udp port 500 or udp port 4500 or tcp port 4500 or port 10000 or esp or ah "
      + "or ip[6:2] & 0x3fff != 0 or ip6[6] == 44 "
      + "or (icmp and (icmp[0] == 3 or icmp[0] == 11)) or (ip6[6] == 58 and ip6[40] < 5)"
    // "vlan" moves the offsets of all that stands behind it, hence twice for two tags.
    guard linkType == .ethernet else { return plain }
    return "(\(plain)) or (vlan and (\(plain))) or (vlan and (\(plain)))"
  }
}

/// Nanoseconds of a clock that only goes forward.
private func monotonicNanoseconds() -> Int64 {
  var now = timespec()
  unsafe clock_gettime(CLOCK_MONOTONIC, &now)
  return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
}

/// The time of day.
private func wallClock() -> Timestamp {
  var now = timespec()
  unsafe clock_gettime(CLOCK_REALTIME, &now)
  return Timestamp(seconds: Int64(now.tv_sec), nanoseconds: Int64(now.tv_nsec))
}

/// Waits until `descriptor` can be read from or the time has passed.
private func waitForInput(_ descriptor: Int32, milliseconds: Int64) {
  var waited = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
  unsafe poll(&waited, 1, Int32(clamping: milliseconds))
}
