/// Opens capture files and gives their frames in time order.
///
/// Each may be pcap, pcapng or snoop, plain or in gzip, a file or a pipe; "-" is standard input. A capture
/// that can be opened and turns out damaged is no error: see `CaptureSummary.warnings`.
///
/// - Parameters:
///   - paths: As the user gave them; their order numbers the captures.
///   - filter: A libpcap filter expression that frames must match; nil takes all.
///   - interruption: Ends the waiting for a pipe early; nil waits as long as it takes.
/// - Returns: The frames, each with the index of its capture in `paths`.
/// - Throws: What keeps a capture from being opened, or the filter from being applied.
package func openCaptures(
  _ paths: [String], filter: String? = nil, interruption: Interruption? = nil
) throws(CaptureError) -> any FrameSource {
  let frameFilter: FrameFilter?
  if let filter { frameFilter = try FrameFilter(filter) } else { frameFilter = nil }
  var options = OpenOptions(index: 0, filter: frameFilter, interruption: interruption)
  guard paths.count != 1 else { return try openCapture(paths[0], options).source }
  var inputs: [MergeInput] = []
  for (index, path) in paths.enumerated() {
    options.index = index
    inputs.append(try MergeInput(path, options: options))
  }
  return MergedSource(inputs)
}

/// How a capture is opened, its path apart.
struct OpenOptions {
  /// For `Frame.capture`.
  var index = 0
  var filter: FrameFilter?
  var interruption: Interruption?
}

/// Opens one capture, whatever is around it, and tells whether that can be done again.
func openCapture(
  _ path: String, _ options: OpenOptions = OpenOptions()
) throws(CaptureError) -> (source: FileSource, canBeReopened: Bool) {
  let file = try FileStream(path: path, interruption: options.interruption)
  let start = try head(of: file, count: PcapParser.fileHeaderLength)
  guard case .gzip = Recognised(head: start) else {
    let summary = CaptureSummary(
      index: options.index, path: path, format: .pcap, compression: .none)
    let source = try fileSource(of: file, head: start, summary, filter: options.filter)
    return (source, file.isRegularFile)
  }
  let stream = try GzipStream(source: file, head: start, path: path)
  let summary = CaptureSummary(index: options.index, path: path, format: .pcap, compression: .gzip)
  let inner = try head(of: stream, count: PcapParser.fileHeaderLength)
  let source = try fileSource(of: stream, head: inner, summary, filter: options.filter)
  return (source, file.isRegularFile)
}

/// The frames of a stream whose first bytes are `head`, if these begin a capture.
func fileSource(
  of stream: any ByteStream, head: [UInt8], _ known: CaptureSummary, filter: FrameFilter?
) throws(CaptureError) -> FileSource {
  var summary = known
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
  case .snoop(let parser):
    summary.format = .snoop
    summary.linkTypes = [parser.linkType]
    return FileSource(
      stream: stream, head: head, parser: parser, start: SnoopParser.fileHeaderLength,
      summary: summary, filter: filter)
  case .compressed(let name, let command):
    throw .unsupportedCompression(path: summary.path, name: name, command: command)
  case .gzip:
    throw .unsupportedCompression(path: summary.path, name: "gzip twice", command: "gunzip FILE")
  case .other(let appearance):
    let around = summary.compression == .gzip ? ", compressed with gzip" : ""
    throw .notACapture(path: summary.path, looksLike: appearance + around)
  }
}
