package import Bytes

/// Which frame of which capture, and when: what is left to say of a frame once its bytes are gone.
///
/// A number alone does not name a frame, since captures can be given together, and the fragments of
/// one datagram may stand in several of them.
package struct FramePlace: Hashable, Sendable {
  /// Index of the capture, from 0, in the order given by the user.
  package var capture: Int
  /// Number within that capture, from 1.
  package var number: Int
  /// When it was captured.
  package var time: Timestamp

  package init(capture: Int, number: Int, time: Timestamp) {
    self.capture = capture
    self.number = number
    self.time = time
  }
}
