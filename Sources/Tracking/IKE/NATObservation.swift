import Bytes
import ISAKMP

/// What is known of NAT between the ends of an IKE SA.
package struct NATObservation: Sendable {
  /// Which end announced NAT traversal (a vendor identifier, or the NAT_DETECTION notifies).
  package internal(set) var announcedBy: Set<Role> = []
  /// Which end is behind a NAT: its own hash does not fit the addresses on the wire.
  package internal(set) var natted: Set<Role> = []
  /// Frames whose hashes were checked.
  package internal(set) var checkedIn: [Sighting] = []
  /// Where the ends moved from port 500 to 4500.
  package internal(set) var floatedAt: Sighting?

  /// Both ends announced it.
  package var isSupported: Bool { announcedBy.count == 2 }

  /// `none`, `initiator`, `responder` or `both`.
  package var detected: String {
    switch (natted.contains(.initiator), natted.contains(.responder)) {
    case (false, false): "none"
    case (true, false): "initiator"
    case (false, true): "responder"
    case (true, true): "both"
    }
  }
}
