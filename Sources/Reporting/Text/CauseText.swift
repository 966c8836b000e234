package import Timeline

/// Writes what causes mean.
package struct CauseText {
  private let canvas: Canvas

  /// Explanations to `target`.
  package init(target: OutputTarget, options: TextOptions) {
    canvas = Canvas(target: target, width: options.width, usesColor: options.usesColor)
  }

  /// One cause in full.
  package func write(_ cause: CauseRecord) {
    canvas.paragraph(
      [Piece("\(cause.severity.uppercased())  ", role(ofSeverity: cause.severity))], cause.title,
      .strong)
    canvas.line(Piece("[\(cause.cause), family \(cause.family)]", .dim))
    canvas.blank()
    canvas.field("Means", cause.meaning, indent: 0)
    canvas.field("Shows", cause.shows, indent: 0)
    canvas.field("Change", cause.remedy, indent: 0)
    if let asa = cause.asa { canvas.field("ASA", asa, indent: 0, .accent) }
    if let ios = cause.ios { canvas.field("IOS", ios, indent: 0, .accent) }
    if !cause.lookAlikes.isEmpty {
      canvas.field("Looks like", cause.lookAlikes.joined(separator: ", "), indent: 0)
    }
  }

  /// All causes, a line each.
  package func write(list causes: [CauseRecord]) {
    let columns = causes.map { displayWidth($0.cause) }.max() ?? 0
    for cause in causes {
      canvas.paragraph(
        [
          Piece(padded(cause.severity, to: 9), role(ofSeverity: cause.severity)),
          Piece("\(padded(cause.cause, to: columns))  "),
        ], cause.title, .dim)
    }
  }
}
