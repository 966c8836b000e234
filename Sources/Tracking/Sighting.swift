// `public`: an inlinable function may only call what such an import brings.
public import Bytes
package import Layers

/// Where and when something was seen: what every claim names as its evidence.
@usableFromInline
package struct Sighting: Hashable, Sendable {
  /// Capture (upper 24 bits) and frame number: every message, flow and SA names several sightings.
  @usableFromInline
  var place: UInt64
  /// Time of the frame.
  @usableFromInline
  package var time: Timestamp

  /// Index of the capture, from 0, in the order the user gave them.
  @inlinable @inline(__always)
  package var capture: Int { Int(truncatingIfNeeded: place >> 40) }

  /// Frame number within that capture, from 1.
  @inlinable @inline(__always)
  package var frame: Int { Int(truncatingIfNeeded: place & 0xff_ffff_ffff) }

  @inlinable @inline(__always)
  package init(capture: Int, frame: Int, time: Timestamp) {
    // A capture of a million million frames has yet to be written.
    place = UInt64(truncatingIfNeeded: capture) << 40 | UInt64(truncatingIfNeeded: frame)
    self.time = time
  }
}

extension Sighting {
  /// Where a frame stands whose bytes are gone.
  package init(_ place: FramePlace) {
    self.init(capture: place.capture, frame: place.number, time: place.time)
  }
}

/// An address and a UDP or TCP port; port 0 where the protocol has none.
@usableFromInline
package struct Endpoint: Hashable, Sendable {
  package var address: IPAddress
  package var port: UInt16

  package init(_ address: IPAddress, port: UInt16) {
    self.address = address
    self.port = port
  }
}

extension Endpoint: CustomStringConvertible {
  /// `192.0.2.1:500`, `[2001:db8::1]:500`.
  @usableFromInline
  package var description: String {
    address.isIPv6 ? "[\(address)]:\(port)" : "\(address):\(port)"
  }
}

/// Which end of an IKE SA or exchange: who sent its first message (RFC 2408 §2.1, RFC 7296 §1.2).
@usableFromInline
package enum Role: Hashable, Sendable {
  case initiator
  case responder

  /// The other end.
  package var peer: Role { self == .initiator ? .responder : .initiator }

  /// `initiator` or `responder`.
  package var name: String { self == .initiator ? "initiator" : "responder" }
}
