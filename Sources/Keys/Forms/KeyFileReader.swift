import Bytes

/// Reads key material in any form, recognised by content; all but Cisco configurations, which the
/// room for configurations reads.
package enum KeyFileReader {
  /// Everything the file holds. What could not be read, and a file with nothing useful, is in the
  /// result's `problems`.
  ///
  /// - Parameters:
  ///   - content: The file.
  ///   - file: Its name, for messages; "-" for standard input.
  /// - Returns: Keys and problems; never neither.
  package static func read(_ content: [UInt8], file: String) -> KeyMaterial {
    var result = KeyMaterial()
    if firstVisible(content) == UInt8(ascii: "{") {
      result = json(content, file: file)
    } else {
      let lines = TextLine.lines(of: content)
      for form in forms where form.mayBe(content) && form.recognises(lines) {
        result.add(form.read(lines, file))
      }
      if result.isEmpty, result.problems.isEmpty {
        // These two have nothing but their columns to be known by.
        if WiresharkReader.recognises(lines) {
          result = WiresharkReader.read(lines, file: file)
        } else if lines.count == 1, lines[0].words.count == 1, lines[0].text.contains(":0x") {
          result.add { () throws(KeyProblem) in try TcpdumpReader.anySPI(lines[0], file: file) }
        }
      }
    }
    if result.isEmpty, result.problems.isEmpty {
      result.add(KeyProblem(KeyOrigin(file: file, line: 0), nothing))
    }
    return result
  }

  private static let nothing =
    "holds no key material; expected ikescope keys JSON, a Wireshark table, ip xfrm state, "
    + "setkey -D, a charon or pluto log with keys, FortiGate's tunnel list, MikroTik's installed "
    + "SAs, tcpdump -E secrets or a Cisco configuration"

  private struct Form {
    /// Words one of which every file of the form holds: a quick look before lines are taken apart.
    var marks: [String]
    var recognises: @Sendable ([TextLine]) -> Bool
    var read: @Sendable ([TextLine], String) -> KeyMaterial

    func mayBe(_ content: [UInt8]) -> Bool {
      marks.contains { contains(content, Array($0.utf8)) }
    }
  }

  private static func contains(_ content: [UInt8], _ mark: [UInt8]) -> Bool {
    guard let first = mark.first, content.count >= mark.count else { return false }
    for start in 0...(content.count - mark.count) where content[start] == first {
      if content[start..<(start + mark.count)].elementsEqual(mark) { return true }
    }
    return false
  }

  private static let forms: [Form] = [
    Form(marks: ["proto "], recognises: XfrmReader.recognises) { XfrmReader.read($0, file: $1) },
    Form(marks: ["mode="], recognises: SetkeyReader.recognises) { SetkeyReader.read($0, file: $1) },
    Form(marks: [" => "], recognises: CharonReader.recognises) { CharonReader.read($0, file: $1) },
    Form(marks: ["| "], recognises: PlutoReader.recognises) { PlutoReader.read($0, file: $1) },
    Form(marks: ["@", "ikev2 "], recognises: TcpdumpReader.recognises) {
      TcpdumpReader.read($0, file: $1)
    },
    Form(marks: ["dec:", "enc:"], recognises: FortiGateReader.recognises) {
      FortiGateReader.read($0, file: $1)
    },
    Form(marks: ["-algorithm="], recognises: MikroTikReader.recognises) {
      MikroTikReader.read($0, file: $1)
    },
  ]

  private static func json(_ content: [UInt8], file: String) -> KeyMaterial {
    var result = KeyMaterial()
    do {
      let root = try JSONText.parse(content, file: file)
      if IkescopeKeysReader.recognises(root) {
        result = IkescopeKeysReader.read(root, file: file)
      } else {
        result.add(
          KeyProblem(
            KeyOrigin(file: file, line: root.line),
            "a JSON key file needs psk, ike_sas or child_sas"))
      }
    } catch {
      result.add(error)
    }
    return result
  }

  private static func firstVisible(_ content: [UInt8]) -> UInt8? {
    content.prefix(4096).first { $0 > 0x20 && $0 < 0x80 }
  }
}
