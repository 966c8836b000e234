import Foundation
import TestSupport

/// The frames of a classic little-endian pcap with times in nanoseconds, as `decrypt` writes it.
struct RawCapture {
  /// One frame: when, and its bytes.
  struct Frame {
    var seconds: UInt32
    var nanoseconds: UInt32
    var bytes: [UInt8]

    /// 16 bits at an offset, most significant byte first; 0 where there are none.
    func number(at offset: Int) -> Int {
      offset + 1 < bytes.count ? Int(bytes[offset]) << 8 | Int(bytes[offset + 1]) : 0
    }

    /// An IPv4 address at an offset.
    func address(at offset: Int) -> String {
      bytes.dropFirst(offset).prefix(4).map(String.init).joined(separator: ".")
    }
  }

  var frames: [Frame] = []

  init(_ data: Data) {
    let bytes = [UInt8](data)
    func number(_ offset: Int) -> UInt32 {
      bytes[offset..<(offset + 4)].reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
    var offset = 24
    while offset + 16 <= bytes.count {
      let length = Int(number(offset + 8))
      guard offset + 16 + length <= bytes.count else { return }
      frames.append(
        Frame(
          seconds: number(offset), nanoseconds: number(offset + 4),
          bytes: Array(bytes[(offset + 16)..<(offset + 16 + length)])))
      offset += 16 + length
    }
  }
}

extension Data {
  /// From hexadecimal digits; what is none is passed over.
  init(hex: some StringProtocol) {
    let digits = hex.compactMap { $0.hexDigitValue.map { UInt8($0) } }
    self.init(
      stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] })
  }

  /// True when `part` stands somewhere in it.
  func holds(_ part: Data) -> Bool { part.isEmpty || range(of: part) != nil }
}

/// What an analysis says, as JSON.
struct Answer {
  let document: [String: Any]

  init(_ data: Data) throws {
    document = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
  }

  var flows: [[String: Any]] { document["flows"] as? [[String: Any]] ?? [] }
  var tunnels: [[String: Any]] { document["tunnels"] as? [[String: Any]] ?? [] }
  var children: [[String: Any]] {
    tunnels.flatMap { $0["childSAs"] as? [[String: Any]] ?? [] }
  }
  var traffic: [[String: Any]] {
    children.flatMap { child in
      let both = child["traffic"] as? [String: Any] ?? [:]
      return both.values.compactMap { $0 as? [String: Any] }
    }
  }

  /// Sum of a count over all directions of all children.
  func sum(_ name: String) -> Int { traffic.reduce(0) { $0 + ($1[name] as? Int ?? 0) } }
}

/// The owner's own programs, where they are installed.
enum OtherTool {
  static let hasTshark = has("tshark")

  private static func has(_ name: String) -> Bool {
    let outcome = try? Program.shell("command -v \(name)")
    return outcome?.status == 0
  }
}
