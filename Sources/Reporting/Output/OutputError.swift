import Bytes

/// Why a report could not be written.
package enum OutputError: Error, Hashable, Sendable {
  /// The reader of standard output has gone (`| head`): nobody wants the rest.
  case closed
  /// The output cannot be created or written; `reason` is the system's clause.
  case cannotWrite(path: String, reason: String)

  /// The exit code for this error: nothing is wrong when the reader has had enough, 73 otherwise
  /// (`EX_CANTCREAT` of sysexits(3)).
  package var exitCode: Int32 {
    switch self {
    case .closed: 0
    case .cannotWrite: 73
    }
  }
}

extension OutputError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .closed:
      "standard output was closed by its reader"
    case .cannotWrite(let path, let reason):
      "\(path == "-" ? "standard output" : printable(path)): cannot be written: \(reason)"
    }
  }
}
