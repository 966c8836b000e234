package import Foundation

/// Folders beside the checkout that hold captures and cases which may not be committed.
///
/// Tests over them run when the folder is there and are reported as skipped when it is not.
package enum SharedMaterial {
  /// The top of this checkout.
  package static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The folder of the project's own captures.
  package static let captures = root.appending(path: "Captures")

  /// The folder named by `relative` in the material beside the checkout, or nil where there is none.
  package static func folder(_ relative: String) -> URL? {
    let url = root.deletingLastPathComponent().appending(path: "shared").appending(path: relative)
    return FileManager.default.fileExists(atPath: url.path) ? url : nil
  }
}
