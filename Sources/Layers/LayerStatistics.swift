/// What the layers counted, for the report.
package struct LayerStatistics: Hashable, Sendable {
  /// IP fragments seen.
  package var fragments = 0
  /// Datagrams put together from fragments.
  package var reassembled = 0
  /// Fragments that brought bytes already there, all the same.
  package var duplicateFragments = 0
  /// Datagrams in which fragments overlapped without being plain copies.
  package var overlappingDatagrams = 0
  /// Datagrams in which overlapping fragments disagreed about the bytes; the first ones were kept.
  package var conflictingDatagrams = 0
  /// Datagrams given up as incomplete: time over, or the end of the capture.
  package var incompleteDatagrams = 0
  /// Datagrams given up because too many were incomplete at once.
  package var evictedDatagrams = 0
  /// Streams of IKE and ESP over TCP followed.
  package var encapsulatedStreams = 0
  /// Such streams forgotten because there were too many.
  package var evictedStreams = 0
  /// Bytes of such streams that the capture does not hold.
  package var streamBytesMissed = 0
  /// Frames with something malformed, by the layer at which decoding stopped.
  package var malformed: [Layer: Int] = [:]
  /// Frames cut by the snap length before a datagram could be made out.
  package var truncated = 0

  package init() {}
}
