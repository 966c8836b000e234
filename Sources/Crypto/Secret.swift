// Unsafe here: one slot of `SecretPages` a secret, so that it can be wiped. It is made with its final
// count, written once before anybody else sees it, never written again, read only through spans
// bounded by that count, and given back when the last reference goes.

import Bytes
import CLibcrypto

/// Bytes that must not be seen: keys, pre-shared keys, Diffie-Hellman secrets.
///
/// They are wiped when the last copy goes, and never appear in a description or a mirror; only
/// `exposed()` gives them away, for the writers behind `--show-keys` and for tests.
package struct Secret: Sendable {
  private let storage: SecretStorage

  /// A secret that holds a copy of `bytes`.
  package init(_ bytes: some Collection<UInt8>) {
    storage = unsafe SecretStorage(count: bytes.count) { buffer in
      _ = unsafe buffer.initialize(from: bytes)
    }
  }

  /// A secret that holds a copy of `bytes`.
  package init(copying bytes: RawSpan) {
    storage = unsafe SecretStorage(count: bytes.byteCount) { buffer in
      unsafe bytes.withUnsafeBytes { source in
        unsafe UnsafeMutableRawBufferPointer(buffer).copyMemory(from: source)
      }
    }
  }

  /// A secret of `count` bytes written by `fill`, which must write all of them.
  init(count: Int, fill: (UnsafeMutableBufferPointer<UInt8>) -> Void) {
    storage = unsafe SecretStorage(count: count, fill: fill)
  }

  /// The parts, one after the other.
  package init(joining parts: [Secret]) {
    storage = unsafe SecretStorage(count: parts.reduce(0) { $0 + $1.count }) { buffer in
      var offset = 0
      for part in parts {
        for index in 0..<part.count {
          unsafe buffer[offset + index] = part.rawSpan.byte(at: index)
        }
        offset += part.count
      }
    }
  }

  /// Length in bytes.
  package var count: Int { storage.count }
  /// True for no bytes at all.
  package var isEmpty: Bool { storage.count == 0 }

  /// The bytes, borrowed.
  package var rawSpan: RawSpan {
    @_lifetime(borrow self) get {
      let span = unsafe RawSpan(_unsafeBytes: storage.bytes)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// The bytes in `range`, limited to what is there.
  package func part(_ range: Range<Int>) -> Secret {
    Secret(copying: rawSpan.extracting(range.clamped(to: 0..<count)))
  }

  /// The first `length` bytes, or all where there are fewer.
  package func prefix(_ length: Int) -> Secret {
    part(0..<max(0, min(length, count)))
  }

  /// The bytes in the clear. Only for outputs that the user asked keys of, and for tests.
  package func exposed() -> [UInt8] { rawSpan.copy() }
}

extension Secret: Hashable {
  /// Compares in constant time.
  package static func == (left: Secret, right: Secret) -> Bool {
    guard left.count == right.count else { return false }
    guard left.count > 0 else { return true }
    return unsafe CRYPTO_memcmp(
      left.storage.bytes.baseAddress, right.storage.bytes.baseAddress, left.count) == 0
  }

  package func hash(into hasher: inout Hasher) {
    unsafe hasher.combine(bytes: storage.bytes)
  }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "(hidden)" }
  package var debugDescription: String { "(hidden)" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Where a secret's bytes are. `@unchecked Sendable`: nothing changes after `init`.
@safe
private final class SecretStorage: @unchecked Sendable {
  private let memory: UnsafeMutableBufferPointer<UInt8>

  init(count: Int, fill: (UnsafeMutableBufferPointer<UInt8>) -> Void) {
    let bytes = unsafe SecretPages.take(count).bindMemory(to: UInt8.self, capacity: count)
    unsafe memory = UnsafeMutableBufferPointer(start: bytes, count: count)
    unsafe fill(memory)
  }

  deinit {
    if let slot = unsafe memory.baseAddress { unsafe SecretPages.giveBack(slot, memory.count) }
  }

  var count: Int { unsafe memory.count }
  var bytes: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(memory) }
}
