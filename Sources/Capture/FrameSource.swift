/// Where frames come from: files, standard input, several files in time order, an interface.
///
/// A file and a live interface are the same to whoever asks: one batch after the other until nil.
package protocol FrameSource: AnyObject {
  /// The next frames; nil at the end.
  ///
  /// Only a live source gives empty batches, so that whoever asks can keep a clock going.
  /// A batch that was handed out is never written to again, so it may be kept or given to another
  /// thread; dropping it before the next call lets its memory be used again.
  func nextBatch() throws(CaptureError) -> FrameBatch?

  /// What is known of every capture so far, by `Frame.capture`; final once `nextBatch` returned nil.
  var captures: [CaptureSummary] { get }
}
