/// What a worker found in a packet of a run, ahead of its turn.
package struct OpenedAhead: Sendable {
  /// Whose clone opened it.
  let number: Int
  /// The high half that verified.
  let high: UInt32?
  let content: UsualContent
}
