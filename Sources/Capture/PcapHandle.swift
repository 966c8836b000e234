// Unsafe code of this file: libpcap's handle. It is owned by one `PcapHandle`, used by one thread at
// a time, and closed once. The packet that pcap_next_ex gives is valid until the next call; its bytes
// are copied before, within the captured length that libpcap tells.
import Bytes
import CLibpcap
import Glibc

/// An interface that libpcap has open.
@safe
final class PcapHandle {
  private let handle: OpaquePointer
  let name: String
  /// What the frames begin with.
  let linkType: LinkType
  /// Nanoseconds that one unit of a time stamp's fraction stands for.
  private let fractionUnit: Int64
  /// Said once about this capture, such as that promiscuous mode is not to be had.
  private(set) var notes: [String] = []
  private var lastDrops: UInt32 = 0
  private var lastInterfaceDrops: UInt32 = 0

  /// What `read` came to.
  enum ReadResult {
    /// A frame was appended.
    case frame
    /// There is none at the moment.
    case none
    /// There will be none any more.
    case end
    /// libpcap's words for what went wrong.
    case failed(String)
  }

  /// Opens an interface; it does not wait, neither here nor in `read`.
  init(interface: String, options: LiveOptions) throws(CaptureError) {
    name = interface
    var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
    guard let handle = unsafe pcap_create(interface, &message) else {
      throw .badInterface(name: interface, reason: Self.text(message))
    }
    unsafe self.handle = handle
    unsafe pcap_set_snaplen(handle, Int32(clamping: options.snapLength))
    unsafe pcap_set_promisc(handle, options.isPromiscuous ? 1 : 0)
    unsafe pcap_set_timeout(handle, options.batchMilliseconds)
    unsafe pcap_set_buffer_size(handle, Int32(clamping: options.bufferBytes))
    unsafe pcap_set_tstamp_precision(handle, PCAP_TSTAMP_PRECISION_NANO)
    let code = unsafe pcap_activate(handle)
    let words = unsafe String(cString: pcap_geterr(handle))
    if code < 0 {
      linkType = .ethernet
      fractionUnit = 1
      throw Self.activationError(code, interface: interface, words: words)
    }
    let isNanosecond = unsafe pcap_get_tstamp_precision(handle) == PCAP_TSTAMP_PRECISION_NANO
    fractionUnit = isNanosecond ? 1 : 1000
    linkType = LinkType(headerField: unsafe UInt16(truncatingIfNeeded: pcap_datalink(handle)))
    if code == PCAP_WARNING_PROMISC_NOTSUP {
      notes.append("the interface has no promiscuous mode: only this machine's frames are seen")
    } else if code > 0, !words.isEmpty {
      notes.append(printable(words))
    }
    guard unsafe pcap_setnonblock(handle, 1, &message) == 0 else {
      throw .badInterface(name: interface, reason: Self.text(message))
    }
  }

  deinit {
    unsafe pcap_close(handle)
  }

  /// Digits of the time stamps' fraction.
  var timestampDigits: Int { fractionUnit == 1 ? 9 : 6 }

  /// The descriptor to wait for, or -1.
  var descriptor: Int32 { unsafe pcap_get_selectable_fd(handle) }

  /// Lets the kernel pass only frames that match.
  func setFilter(_ expression: String) throws(CaptureError) {
    var program = unsafe bpf_program()
    guard unsafe pcap_compile(handle, &program, expression, 1, bpf_u_int32.max) == 0 else {
      let words = unsafe String(cString: pcap_geterr(handle))
      throw .badFilter(expression: expression, message: words)
    }
    defer { unsafe pcap_freecode(&program) }
    guard unsafe pcap_setfilter(handle, &program) == 0 else {
      let words = unsafe String(cString: pcap_geterr(handle))
      throw .badFilter(expression: expression, message: words)
    }
  }

  /// Appends the next frame, with its bytes.
  func read(into batch: inout FrameBatch, summary: inout CaptureSummary) -> ReadResult {
    var header: UnsafeMutablePointer<pcap_pkthdr>?
    var data: UnsafePointer<UInt8>?
    switch unsafe pcap_next_ex(handle, &header, &data) {
    case 1: break
    case 0: return .none
    case PCAP_ERROR_BREAK: return .end
    default: return .failed(unsafe String(cString: pcap_geterr(handle)))
    }
    guard let header = unsafe header?.pointee else { return .none }
    let captured = Int(header.caplen)
    let time = Timestamp(
      seconds: Int64(header.ts.tv_sec), nanoseconds: Int64(header.ts.tv_usec) &* fractionUnit)
    let number = summary.count(
      time: time, capturedLength: captured, originalLength: Int(header.len))
    batch.frames.append(
      Frame(
        number: number, capture: summary.index, time: time, linkType: linkType,
        offset: batch.bytes.count, capturedLength: captured,
        originalLength: max(Int(header.len), captured)))
    unsafe batch.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: captured))
    return .frame
  }

  /// Frames that the kernel and the interface dropped since the last call.
  func newDrops() -> Int {
    var statistics = pcap_stat()
    guard unsafe pcap_stats(handle, &statistics) == 0 else { return 0 }
    defer { (lastDrops, lastInterfaceDrops) = (statistics.ps_drop, statistics.ps_ifdrop) }
    // The counters are of 32 bits and wrap.
    return Int(statistics.ps_drop &- lastDrops) + Int(statistics.ps_ifdrop &- lastInterfaceDrops)
  }

  private static func text(_ message: [CChar]) -> String {
    String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func activationError(
    _ code: Int32, interface: String, words: String
  ) -> CaptureError {
    switch code {
    case PCAP_ERROR_NO_SUCH_DEVICE:
      let names = interfaceNames()
      return .badInterface(
        name: interface,
        reason: "there is no such interface"
          + (names.isEmpty
            ? "" : "; there are: " + names.map { printable($0) }.joined(separator: ", ")))
    case PCAP_ERROR_PERM_DENIED, PCAP_ERROR_PROMISC_PERM_DENIED:
      return .notPermitted(
        what: "capturing on interface \(printable(interface))",
        advice: "run as root, or give the program CAP_NET_RAW "
          + "(setcap cap_net_raw,cap_net_admin+ep ikescope)")
    case PCAP_ERROR_IFACE_NOT_UP:
      return .badInterface(
        name: interface, reason: "it is down; bring it up: ip link set \(printable(interface)) up")
    default:
      return .badInterface(
        name: interface, reason: words.isEmpty ? "error \(code)" : printable(words))
    }
  }
}
