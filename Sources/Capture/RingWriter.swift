/// A capture in a bounded number of files of bounded size; the oldest is written over.
///
/// `trace.pcap` in a ring of twelve is `trace_00.pcap` to `trace_11.pcap`. All of them are opened at
/// the start, so that nothing but writing is left to do once privileges are given up; what a file
/// held before stays until its turn comes.
package final class RingWriter: FrameWriter {
  private let files: [OutputFile]
  private let linkType: LinkType
  private let bytesPerFile: Int
  private var current = 0

  /// The most files a ring may have.
  package static let largestCount = 1000

  /// Begins a ring.
  ///
  /// - Parameters:
  ///   - path: The name that the files' names are made from.
  ///   - count: Number of files.
  ///   - megabytes: Size of each, in millions of bytes.
  ///   - linkType: What all frames begin with.
  /// - Throws: When a file cannot be created.
  package init(
    path: String, count: Int, megabytes: Int, linkType: LinkType
  ) throws(CaptureError) {
    guard (1...Self.largestCount).contains(count), (1...1_000_000).contains(megabytes) else {
      throw .cannotWrite(
        path: path,
        reason: "a ring has 1 to \(Self.largestCount) files of 1 to 1000000 megabytes each")
    }
    self.linkType = linkType
    bytesPerFile = megabytes * 1_000_000
    var files: [OutputFile] = []
    for index in 0..<count {
      let name = Self.name(path, index: index, count: count)
      files.append(
        try OutputFile(reserving: name, beginning: PcapRecords.fileHeader(linkType)))
    }
    self.files = files
    try begin(0)
  }

  /// The name of the file at `index` of a ring of `count`.
  package static func name(_ path: String, index: Int, count: Int) -> String {
    let width = String(count - 1).utf8.count
    let digits = String(index)
    let number = String(repeating: "0", count: width - digits.utf8.count) + digits
    guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/"),
      dot != path.startIndex, path[path.index(before: dot)] != "/"
    else { return "\(path)_\(number)" }
    return "\(path[..<dot])_\(number)\(path[dot...])"
  }

  package func write(_ frame: Frame, of block: [UInt8]) throws(CaptureError) {
    if files[current].count + 16 + frame.capturedLength > bytesPerFile {
      try files[current].flush()
      try begin((current + 1) % files.count)
    }
    PcapRecords.append(frame, of: block, to: files[current])
    try files[current].flushIfFull()
  }

  private func begin(_ index: Int) throws(CaptureError) {
    current = index
    try files[index].restart()
    files[index].append(PcapRecords.fileHeader(linkType))
    try files[index].flush()
  }

  package func flush() throws(CaptureError) { try files[current].flush() }

  package func close() throws(CaptureError) {
    for file in files { try file.close() }
  }
}
