package import Capture
import Diagnosis
package import Keys
import Layers
package import Timeline
import Tracking

/// One pass over the frames of a source: layers, tracking, and the records of the timeline, which
/// leave for the sink as they become final.
///
/// It owns the clock (the packets'), the order and the memory budget. A file and a live interface
/// are the same to it.
package final class Analyzer {
  private let options: AnalysisOptions
  private let sink: any TimelineSink
  private let translator: EventTranslator

  package init(options: AnalysisOptions, sink: any TimelineSink) {
    self.options = options
    self.sink = sink
    keys = options.keys
    translator = EventTranslator(sink: sink, verbose: options.verbose)
  }

  /// The key material that was given, and all that was derived from it.
  package private(set) var keys: KeyMaterial
  /// What was opened and what was not, where somebody asked for what is opened.
  package private(set) var decryption = DecryptionCounts()

  /// Reads all frames, and delivers the final records.
  ///
  /// - Throws: Only what keeps the very first frames from being read; what fails later ends the
  ///   analysis with what was seen, and is said in the capture's warnings.
  package func run(_ source: any FrameSource) throws(CaptureError) {
    var pass = Pass(options: options, observer: translator)
    var meanwhile = options.diagnosesMeanwhile ? LiveDiagnosis(options) : nil
    // What is seen live is told at once.
    var line = BatchLine(
      jobs: meanwhile == nil ? options.jobs : 1, worthwhile: options.framesHandedOver)
    defer { line.end() }
    var captures = 0
    while !options.shouldStop(), let batch = try source.nextBatch() {
      var digits: [Int]?
      if captures < source.captures.count {
        digits = source.captures.map(\.timestampDigits)
        captures = source.captures.count
      }
      line.add(batch, digits: digits, pass)
      while line.isFull { take(&line, &pass) }
      if meanwhile?.isDue == true { pass.tracker.settle() }
      meanwhile?.look(
        at: pass, source.captures, translator.digits, hasNewFrames: !batch.frames.isEmpty,
        sink: sink)
    }
    while !line.isEmpty { take(&line, &pass) }
    pass.finish()
    keys = pass.tracker.keys
    if options.opened != nil { decryption = DecryptionCounts(pass.tracker) }
    let pairs = pass.tracker.linkByAddresses()
    let maker = RecordMaker(tracker: pass.tracker, digits: translator.digits, pairs: pairs)
    var timeline = maker.records()
    timeline.captures = captureRecords(source.captures, pass.counts)
    timeline.evictions = evictionSentences(pass.tracker.evictions, pass.decoder.statistics)
    let judgement = Judgement(
      tracker: pass.tracker, timeline: timeline, incomplete: pass.incomplete, options: options)
    sink.finished(judgement.judged())
  }

  /// Takes the next batch of a line.
  private func take(_ line: inout BatchLine, _ pass: inout Pass) {
    let job = line.next(&pass)
    if let digits = job.digits { translator.digits = digits }
    pass.take(job.batch, job.isHandedOver ? job.ahead : nil)
  }

  private func captureRecords(
    _ summaries: [CaptureSummary], _ counts: [CaptureCounts]
  ) -> [CaptureRecord] {
    summaries.enumerated().map { index, summary in
      var record = CaptureRecord(summary)
      if index < counts.count { record.counts = counts[index] }
      return record
    }
  }
}
