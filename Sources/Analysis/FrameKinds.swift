import Layers
import Timeline
import Tracking

/// What one frame held; each kind counts once a frame.
struct FrameKinds {
  var ike = false
  var esp = false
  var ah = false
  var keepalive = false
  var malformed = false
  var isAssembled = false

  mutating func insert(_ kind: DatagramKind) {
    switch kind {
    case .ike: ike = true
    case .malformedIKE:
      ike = true
      malformed = true
    case .esp: esp = true
    case .ah: ah = true
    case .ahWithESP:
      ah = true
      esp = true
    case .keepalive: keepalive = true
    case .other: break
    }
  }
}

extension CaptureCounts {
  /// Counts a frame of one whole datagram.
  @inline(__always)
  mutating func count(_ kind: DatagramKind) {
    switch kind {
    case .esp: esp += 1
    case .other: other += 1
    case .ike: ike += 1
    case .malformedIKE:
      ike += 1
      malformed += 1
    case .ah: ah += 1
    case .ahWithESP:
      ah += 1
      esp += 1
    case .keepalive: natKeepalive += 1
    }
  }

  /// Counts a frame by what became of it and what it held.
  mutating func count(_ outcome: FrameOutcome, _ kinds: FrameKinds) {
    if kinds.ike { ike += 1 }
    if kinds.esp { esp += 1 }
    if kinds.ah { ah += 1 }
    if kinds.keepalive { natKeepalive += 1 }
    var isMalformed = kinds.malformed
    switch outcome {
    case .fragmentKept: ipFragments += 1
    case .malformed: isMalformed = true
    case .delivered where kinds.isAssembled: ipFragments += 1
    default: break
    }
    if isMalformed { malformed += 1 }
    if !kinds.ike, !kinds.esp, !kinds.ah, !kinds.keepalive, !isMalformed, outcome != .fragmentKept {
      other += 1
    }
  }
}
