import Bytes

/// Reads key material in any form, recognised by content.
package enum KeyFileReader {
  /// Everything the file holds. What could not be read, and a file with nothing useful, is in the
  /// result's `problems`.
  ///
  /// - Parameters:
  ///   - content: The file.
  ///   - file: Its name, for messages; "-" for standard input.
  package static func read(_ content: [UInt8], file: String) -> KeyMaterial {
    var result = KeyMaterial()
    if firstVisible(content) == UInt8(ascii: "{") {
      do {
        let root = try JSONText.parse(content, file: file)
        if IkescopeKeysReader.recognises(root) {
          result = IkescopeKeysReader.read(root, file: file)
        }
      } catch {
        result.add(error)
      }
    }
    if result.isEmpty, result.problems.isEmpty {
      result.add(KeyProblem(KeyOrigin(file: file, line: 0), "holds no key material known here"))
    }
    return result
  }

  private static func firstVisible(_ content: [UInt8]) -> UInt8? {
    content.prefix(4096).first { $0 > 0x20 && $0 < 0x80 }
  }
}
