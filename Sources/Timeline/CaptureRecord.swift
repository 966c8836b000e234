/// One capture that was read, as `captures[]` of the timeline.
package struct CaptureRecord: Hashable, Sendable {
  /// The path as the user gave it.
  package var path: String = ""
  /// `pcap`, `pcapng`, or the name of another format.
  package var format: String = "pcap"
  /// `none` or `gzip`.
  package var compression: String = "none"
  /// Names of the link types seen.
  package var linkTypes: [String] = []
  /// Frames read.
  package var frames: Int = 0
  /// Captured bytes read.
  package var bytes: Int = 0
  /// Time of the first frame.
  package var firstFrame: Moment? = nil
  /// Time of the last frame.
  package var lastFrame: Moment? = nil
  /// True when the file ends in mid-record.
  package var truncated: Bool = false
  /// Frames that the capturing kernel says it dropped.
  package var dropped: Int = 0
  /// Frames of which the capture holds less than went over the wire; not written, a warning says it.
  package var shortFrames: Int = 0
  /// What was odd or missing, a sentence each.
  package var warnings: [String] = []
  /// What the frames held.
  package var counts: CaptureCounts = CaptureCounts()

  package init() {}
}

extension CaptureRecord: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("path", path)
    json.member("format", format)
    json.member("compression", compression)
    json.member("linkTypes", linkTypes)
    json.member("frames", frames)
    json.member("bytes", bytes)
    json.member("firstFrame", firstFrame)
    json.member("lastFrame", lastFrame)
    json.member("truncated", truncated)
    json.member("dropped", dropped)
    json.member("warnings", warnings)
    json.member("counts", counts)
    json.endObject()
  }
}

/// Frames of a capture by what they hold; a frame counts once in each that fits.
package struct CaptureCounts: Hashable, Sendable {
  /// Frames with an IKE message.
  package var ike: Int = 0
  /// Frames with ESP, bare or encapsulated.
  package var esp: Int = 0
  /// Frames with AH.
  package var ah: Int = 0
  /// One-byte NAT keepalives (RFC 3948 §2.3).
  package var natKeepalive: Int = 0
  /// IP fragments.
  package var ipFragments: Int = 0
  /// Frames with a packet or message that breaks its format.
  package var malformed: Int = 0
  /// Everything else.
  package var other: Int = 0

  package init() {}
}

extension CaptureCounts: JSONRecord {
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("ike", ike)
    json.member("esp", esp)
    json.member("ah", ah)
    json.member("natKeepalive", natKeepalive)
    json.member("ipFragments", ipFragments)
    json.member("malformed", malformed)
    json.member("other", other)
    json.endObject()
  }
}
