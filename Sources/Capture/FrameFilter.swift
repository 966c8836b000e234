// Unsafe code of this file: pcap_open_dead, pcap_compile, pcap_offline_filter. A compiled program is
// owned by one `FilterProgram` and freed once; the filter machine reads a frame's bytes within the
// captured length that it is told, which was checked against the block.
import CLibpcap

/// A libpcap filter expression, applied to frames of any source, compiled for each link type when the
/// first frame of that type comes.
final class FrameFilter {
  private let expression: String
  private var programs: [LinkType: FilterProgram] = [:]

  /// Fails when no link type could make sense of `expression`.
  init(_ expression: String) throws(CaptureError) {
    self.expression = expression
    do throws(CaptureError) {
      programs[.ethernet] = try FilterProgram(expression, for: .ethernet)
    } catch {
      // Some expressions suit other link types only (`wlan type mgt`); a wrong grammar suits none.
      if case .badFilter(_, let message) = error, message.contains("syntax error") { throw error }
    }
  }

  /// Keeps the frames that match.
  ///
  /// - Returns: How many did not.
  func apply(to frames: inout [Frame], of block: [UInt8]) throws(CaptureError) -> Int {
    var kept = 0
    for position in frames.indices {
      if try program(for: frames[position].linkType).matches(frames[position], of: block) {
        if kept != position { frames[kept] = frames[position] }
        kept += 1
      }
    }
    let removed = frames.count - kept
    frames.removeLast(removed)
    return removed
  }

  private func program(for linkType: LinkType) throws(CaptureError) -> FilterProgram {
    if let program = programs[linkType] { return program }
    let program = try FilterProgram(expression, for: linkType)
    programs[linkType] = program
    return program
  }
}

/// A filter compiled for one link type.
@safe
private final class FilterProgram {
  private var program = unsafe bpf_program()

  init(_ expression: String, for linkType: LinkType) throws(CaptureError) {
    let snapLength = Int32(CaptureLimits.frameLength)
    guard let handle = unsafe pcap_open_dead(linkType.dlt, snapLength) else {
      throw .badFilter(expression: expression, message: "out of memory")
    }
    defer { unsafe pcap_close(handle) }
    guard unsafe pcap_compile(handle, &program, expression, 1, bpf_u_int32.max) == 0 else {
      let message = unsafe String(cString: pcap_geterr(handle))
      throw .badFilter(expression: expression, message: "\(message) [link type \(linkType)]")
    }
  }

  deinit {
    unsafe pcap_freecode(&program)
  }

  func matches(_ frame: Frame, of block: [UInt8]) -> Bool {
    var header = pcap_pkthdr()
    header.caplen = UInt32(clamping: frame.capturedLength)
    header.len = UInt32(clamping: frame.originalLength)
    return unsafe block[frame.range].withUnsafeBufferPointer { bytes in
      // A frame of no bytes may have no address; a program that loads nothing still gets a verdict.
      guard let base = bytes.baseAddress else { return false }
      return unsafe pcap_offline_filter(&program, &header, base) != 0
    }
  }
}

extension LinkType {
  /// The number that libpcap uses inside the program (DLT_), where it differs from the file's.
  fileprivate var dlt: Int32 {
    switch self {
    case .raw: DLT_RAW
    case LinkType(rawValue: 100): DLT_ATM_RFC1483
    default: Int32(rawValue)
    }
  }
}
