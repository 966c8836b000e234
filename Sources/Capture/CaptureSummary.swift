package import Bytes

/// What a capture is and what was wrong with it: the facts of `captures[]` that this room knows.
package struct CaptureSummary: Sendable {
  /// The container of the frames.
  package enum Format: String, Sendable {
    case pcap, pcapng, snoop
  }

  /// The compression around the container.
  package enum Compression: String, Sendable {
    case none, gzip
  }

  /// `Frame.capture` of its frames: from 0, in the order given by the user.
  package var index: Int
  /// As the user gave it; "-" for standard input, the interface's name for a live capture.
  package var path: String
  /// The container; a live capture counts as pcap.
  package var format: Format
  /// The compression around it.
  package var compression: Compression
  /// Link types declared so far, in order of appearance.
  package var linkTypes: [LinkType] = []
  /// Frames read, those that a filter passed over included.
  package var frames = 0
  /// Frames that the filter passed over.
  package var filteredOut = 0
  /// Bytes captured, the sum of the frames' captured lengths.
  package var bytes = 0
  /// Time of the first frame in the order of the file.
  package var firstFrame: Timestamp?
  /// Time of the last frame in the order of the file.
  package var lastFrame: Timestamp?
  /// Digits of the capture's own clock: 6 for microseconds (or coarser), 9 for anything finer.
  package var timestampDigits = 6
  /// True when the capture ends in the middle of a record.
  package var truncated = false
  /// Frames of which fewer bytes were captured than were on the wire.
  package var snapped = Occurrences()
  /// Frames that the capturing machine says it lost (pcapng interface statistics, or the kernel).
  package var dropped = 0
  /// Frames of no bytes at all.
  package var empty = Occurrences()
  /// Frames whose lengths contradict each other or their record.
  package var lyingLengths = Occurrences()
  /// Frames whose time is earlier than that of the frame before.
  package var clockStepsBack = Occurrences()
  /// The largest step back of the clock, in nanoseconds.
  package var largestStepBack: Int64 = 0
  /// Frames without a time of their own (pcapng simple packet blocks).
  package var untimed = Occurrences()
  /// Blocks of a type that is not known here, which were passed over.
  package var unknownBlocks = 0
  /// Damage and oddities said once each, in the order they were met; bounded.
  package private(set) var notes: [String] = []
  private var furtherNotes = 0

  /// How often something happened, and where first.
  package struct Occurrences: Hashable, Sendable {
    /// How often.
    package private(set) var count = 0
    /// The frame number of the first time; 0 when it never happened.
    package private(set) var firstFrame = 0

    /// Happened once more, at the frame of this number.
    mutating func happened(at frame: Int) {
      if count == 0 { firstFrame = frame }
      count += 1
    }
  }

  /// A capture of which nothing was read yet.
  package init(index: Int = 0, path: String, format: Format, compression: Compression) {
    self.index = index
    self.path = path
    self.format = format
    self.compression = compression
  }

  /// Adds something to be said once; beyond fifty such notes only their number is kept.
  mutating func note(_ text: String) {
    if notes.count < 50 { notes.append(text) } else { furtherNotes += 1 }
  }

  /// Back to what was known before the first frame: for a capture that was looked into and waits for
  /// its turn.
  mutating func forgetFrames() {
    var fresh = CaptureSummary(index: index, path: path, format: format, compression: compression)
    fresh.linkTypes = linkTypes
    fresh.timestampDigits = timestampDigits
    self = fresh
  }

  /// Everything that the user should know about this capture, in sentences without a full stop.
  package var warnings: [String] {
    var lines = notes
    if furtherNotes > 0 { lines.append("further places that are damaged: \(furtherNotes)") }
    for linkType in linkTypes.prefix(20) where !linkType.isSupported {
      lines.append("frames of link type \(linkType) are not understood and are only counted")
    }
    if clockStepsBack.count > 0 {
      lines.append(
        "the clock steps back first at frame \(clockStepsBack.firstFrame), "
          + "\(times(clockStepsBack)) in all, by up to \(seconds(largestStepBack)) s")
    }
    if snapped.count > 0 {
      lines.append(
        "\(frames(snapped)) cut by the snap length, the first is frame \(snapped.firstFrame)")
    }
    if empty.count > 0 {
      lines.append("\(frames(empty)) without any bytes, the first is frame \(empty.firstFrame)")
    }
    if lyingLengths.count > 0 {
      lines.append(
        "\(frames(lyingLengths)) with lengths that contradict each other, "
          + "the first is frame \(lyingLengths.firstFrame)")
    }
    if untimed.count > 0 {
      lines.append(
        "\(frames(untimed)) without a time of their own, given that of the frame before, "
          + "the first is frame \(untimed.firstFrame)")
    }
    if unknownBlocks > 0 {
      lines.append("blocks of unknown types were passed over: \(unknownBlocks)")
    }
    if dropped > 0 {
      lines.append("frames dropped by the capturing machine: \(dropped)")
    }
    return lines
  }

  private func frames(_ what: Occurrences) -> String {
    what.count == 1 ? "1 frame is" : "\(what.count) frames are"
  }

  private func times(_ what: Occurrences) -> String {
    what.count == 1 ? "once" : "\(what.count) times"
  }

  private func seconds(_ nanoseconds: Int64) -> String {
    let fraction = String(nanoseconds % 1_000_000_000)
    let padded = String(repeating: "0", count: 9 - fraction.utf8.count) + fraction
    return "\(nanoseconds / 1_000_000_000).\(timestampDigits == 9 ? padded[...] : padded.prefix(6))"
  }
}

extension CaptureSummary {
  /// What every frame changes, kept in registers by a parser that reads many in a row.
  struct Tally {
    var frames: Int
    var bytes: Int
    /// Time of the frame before; the earliest time there is when there was none.
    var lastFrame: Timestamp

    init(_ summary: CaptureSummary) {
      frames = summary.frames
      bytes = summary.bytes
      lastFrame = summary.lastFrame ?? Timestamp(nanoseconds: .min)
    }
  }

  /// Takes over what was counted since a tally was made of this summary, beginning with a frame of
  /// time `first`.
  mutating func take(_ tally: Tally, first: Timestamp) {
    if frames == 0 { firstFrame = first }
    frames = tally.frames
    bytes = tally.bytes
    lastFrame = tally.lastFrame
  }

  /// Counts one more frame.
  ///
  /// - Returns: The frame's number.
  @inline(__always)
  package mutating func count(time: Timestamp, capturedLength: Int, originalLength: Int) -> Int {
    var tally = Tally(self)
    tally.frames &+= 1
    tally.bytes &+= capturedLength
    if time < tally.lastFrame || originalLength != capturedLength || capturedLength == 0 {
      unusual(
        frame: tally.frames, time: time, after: tally.lastFrame, capturedLength: capturedLength,
        originalLength: originalLength)
    }
    tally.lastFrame = time
    take(tally, first: time)
    return frames
  }

  /// Notes what is out of the ordinary about a frame.
  @inline(never)
  mutating func unusual(
    frame: Int, time: Timestamp, after earlier: Timestamp, capturedLength: Int, originalLength: Int
  ) {
    if time < earlier {
      clockStepsBack.happened(at: frame)
      largestStepBack = max(largestStepBack, earlier.since(time))
    }
    if capturedLength == 0 { empty.happened(at: frame) }
    if originalLength > capturedLength {
      snapped.happened(at: frame)
    } else if originalLength < capturedLength {
      lyingLengths.happened(at: frame)
    }
  }
}
