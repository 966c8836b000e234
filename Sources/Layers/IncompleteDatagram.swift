package import Bytes

/// A fragmented datagram that never became whole, for the diagnosis of lost fragments.
package struct IncompleteDatagram: Hashable, Sendable {
  /// Why it was given up.
  package enum Reason: Hashable, Sendable {
    /// No part came for the reassembly time.
    case timeout
    /// The capture ended.
    case endOfCapture
    /// Too many datagrams were incomplete at once.
    case evicted
  }

  /// Source address.
  package var source: IPAddress
  /// Destination address.
  package var destination: IPAddress
  /// IP protocol: 17 UDP, 50 ESP. In IPv6 only sure when the first fragment was there.
  package var ipProtocol: UInt8
  /// IP identification that its fragments share.
  package var identification: UInt32
  /// Frames of the fragments seen, in order of arrival, at most 64.
  package var frames: [FramePlace]
  /// Fragments seen, copies included.
  package var fragments: Int
  /// True when the first fragment, with the ports, was there.
  package var hasFirst: Bool
  /// True when the last fragment was there, so that `missing` is all that is missing.
  package var hasLast: Bool
  /// Ports of UDP or TCP; nil without the first fragment.
  package var ports: Ports?
  /// The first payload bytes (behind the IP header), at most 64.
  package var head: [UInt8]
  /// Payload bytes seen.
  package var bytesSeen: Int
  /// Payload bytes known to be missing.
  package var missing: Int
  /// True when overlapping fragments disagreed.
  package var conflicts: Bool
  /// True when the snap length cut a fragment: then nothing was lost on the wire by this alone.
  package var wasCut: Bool
  /// When the first of its fragments came.
  package var firstTime: Timestamp
  /// When the latest of its fragments came.
  package var lastTime: Timestamp
  /// Why it was given up.
  package var reason: Reason

  /// The ports of a datagram.
  package struct Ports: Hashable, Sendable {
    /// Source port.
    package var source: UInt16
    /// Destination port.
    package var destination: UInt16
  }
}
