/// Opens capture files and gives their frames in time order.
///
/// Each may be pcap or pcapng, plain or in gzip, a file or a pipe; "-" is standard input.
///
/// - Parameters:
///   - paths: As the user gave them; their order numbers the captures.
///   - filter: A libpcap filter expression that frames must match; nil takes all.
/// - Returns: The frames, each with the index of its capture in `paths`.
/// - Throws: What keeps a capture from being opened, or the filter from being applied.
package func openCaptures(
  _ paths: [String], filter: String? = nil
) throws(CaptureError) -> any FrameSource {
  var sources: [FileSource] = []
  for (index, path) in paths.enumerated() {
    let frameFilter: FrameFilter?
    if let filter { frameFilter = try FrameFilter(filter) } else { frameFilter = nil }
    sources.append(try openCapture(path, index: index, filter: frameFilter))
  }
  guard sources.count != 1 else { return sources[0] }
  return MergedSource(sources)
}

/// Opens one capture, whatever is around it.
func openCapture(
  _ path: String, index: Int = 0, filter: FrameFilter? = nil
) throws(CaptureError) -> FileSource {
  let file = try FileStream(path: path)
  let head = try head(of: file, count: PcapParser.fileHeaderLength)
  guard case .gzip = Recognised(head: head) else {
    return try source(
      of: file, head: head, index: index, path: path, compression: .none, filter: filter)
  }
  let stream = try GzipStream(source: file, head: head, path: path)
  return try source(
    of: stream, head: Capture.head(of: stream, count: PcapParser.fileHeaderLength), index: index,
    path: path, compression: .gzip, filter: filter)
}

func source(
  of stream: any ByteStream, head: [UInt8], index: Int, path: String,
  compression: CaptureSummary.Compression, filter: FrameFilter?
) throws(CaptureError) -> FileSource {
  var summary = CaptureSummary(index: index, path: path, format: .pcap, compression: compression)
  switch Recognised(head: head) {
  case .pcap(let parser):
    summary.linkTypes = [parser.linkType]
    summary.timestampDigits = parser.timestampDigits
    return FileSource(
      stream: stream, head: head, parser: parser, start: PcapParser.fileHeaderLength,
      summary: summary, filter: filter)
  case .pcapng(let parser):
    summary.format = .pcapng
    return FileSource(
      stream: stream, head: head, parser: parser, start: 0, summary: summary, filter: filter)
  case .compressed(let name, let command):
    throw .unsupportedCompression(path: path, name: name, command: command)
  case .gzip:
    throw .unsupportedCompression(path: path, name: "gzip twice", command: "gunzip FILE")
  case .other(let appearance):
    let around = compression == .gzip ? ", compressed with gzip" : ""
    throw .notACapture(path: path, looksLike: appearance + around)
  }
}
