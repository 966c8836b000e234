import Bytes

/// Why frames cannot be had, or cannot be written: one sentence for the user, and the exit code.
///
/// Damage inside a capture is not an error: what can be read is read, and the rest is a warning of
/// the `CaptureSummary`.
package enum CaptureError: Error, Hashable, Sendable {
  /// The file cannot be opened or read at all: `reason` is a clause, such as "there is no such file".
  case cannotOpen(path: String, reason: String)
  /// The file is there and is not a capture: `looksLike` is a noun phrase, such as "an empty file".
  case notACapture(path: String, looksLike: String)
  /// The file is compressed in a way that is not read here; `command` decompresses it.
  case unsupportedCompression(path: String, name: String, command: String)
  /// libpcap does not accept the filter; `message` is libpcap's own.
  case badFilter(expression: String, message: String)
  /// The interface cannot be captured from; `reason` is a clause.
  case badInterface(name: String, reason: String)
  /// The system refuses capturing, or changing user, to this user.
  case notPermitted(what: String, advice: String)
  /// The interface went away, or was taken down, while it was captured from.
  case interfaceLost(name: String, reason: String)
  /// A file cannot be created or written; `reason` is a clause, such as "the disk is full".
  case cannotWrite(path: String, reason: String)
  /// The reader of standard output has gone (`| head`): nobody wants the rest, and nothing is wrong.
  case outputClosed

  /// The exit code for this error, as sysexits(3) numbers them: 64 usage, 65 data, 66 no input,
  /// 73 cannot create, 77 not permitted; 0 when the reader has had enough.
  package var exitCode: Int32 {
    switch self {
    case .cannotOpen: 66
    case .notACapture, .unsupportedCompression: 65
    case .badFilter: 64
    case .badInterface, .interfaceLost: 66
    case .notPermitted: 77
    case .cannotWrite: 73
    case .outputClosed: 0
    }
  }
}

extension CaptureError: CustomStringConvertible {
  /// One sentence: what, where, and what to do.
  package var description: String {
    switch self {
    case .cannotOpen(let path, let reason):
      "\(shown(path)): cannot be read: \(reason)"
    case .notACapture(let path, let looksLike):
      "\(shown(path)): not a capture: it looks like \(looksLike)"
    case .unsupportedCompression(let path, let name, let command):
      "\(shown(path)): compressed with \(name), which is not read here; decompress it first: "
        + command
    case .badFilter(let expression, let message):
      "the filter '\(printable(expression))' is refused by libpcap: \(printable(message)) "
        + "(see pcap-filter(7))"
    case .badInterface(let name, let reason):
      "interface \(printable(name)): \(reason)"
    case .notPermitted(let what, let advice):
      "\(what) is not permitted: \(advice)"
    case .interfaceLost(let name, let reason):
      "interface \(printable(name)): lost while capturing: \(reason)"
    case .cannotWrite(let path, let reason):
      "\(path == "-" ? "standard output" : printable(path)): cannot be written: \(reason)"
    case .outputClosed:
      "standard output was closed by its reader"
    }
  }

  private func shown(_ path: String) -> String {
    path == "-" ? "standard input" : printable(path)
  }
}
