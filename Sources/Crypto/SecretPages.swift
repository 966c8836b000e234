// Unsafe code of this file: memory mapped for secrets and handed out in slots. A slot belongs to one
// secret from `take` to `giveBack`, is never unmapped, and is at least as long as was asked for;
// `@unchecked Sendable`: the free slots are only touched under the lock.

import CLibcrypto
import Glibc
import Synchronization

/// Where the bytes of secrets live: pages of their own that are locked into memory where the limits of
/// the process allow (so that none is swapped out), left out of core dumps, and empty in a child.
///
/// Secrets are made when keys are read and derived, never for a packet. The contexts that libcrypto
/// expands keys into are its own, in its ordinary heap: its secure heap has a fixed size, fails when that
/// is used up, and is not used for ciphers at all.
@safe
enum SecretPages {
  /// Free slots of one length.
  @safe
  private struct Slots: @unchecked Sendable {
    var free: [UnsafeMutableRawPointer] = unsafe []
  }

  /// By the power of two that is the length: 16 bytes to 4 kB; longer secrets have pages of their own.
  private static let slots = Mutex<[Slots]>(Array(repeating: Slots(), count: largestPower + 1))
  private static let smallestPower = 4
  private static let largestPower = 12
  private static let chunkLength = 1 << 14

  /// Memory of at least `count` bytes, all zero.
  static func take(_ count: Int) -> UnsafeMutableRawPointer {
    let power = power(count)
    guard power <= largestPower else { return unsafe mapped(rounded(count)) }
    return unsafe slots.withLock { slots in
      if let slot = unsafe slots[power].free.popLast() { return unsafe slot }
      let chunk = unsafe mapped(chunkLength)
      for offset in stride(from: chunkLength - 1 << power, to: 0, by: -(1 << power)) {
        unsafe slots[power].free.append(chunk + offset)
      }
      return unsafe chunk
    }
  }

  /// Wipes what `take` gave for `count` bytes, and has it back.
  static func giveBack(_ slot: UnsafeMutableRawPointer, _ count: Int) {
    unsafe OPENSSL_cleanse(slot, count)
    let power = power(count)
    if power > largestPower {
      unsafe munmap(slot, rounded(count))
    } else {
      slots.withLock { unsafe $0[power].free.append(slot) }
    }
  }

  private static func power(_ count: Int) -> Int {
    max(smallestPower, Int.bitWidth - max(0, count - 1).leadingZeroBitCount)
  }

  private static func rounded(_ count: Int) -> Int { (count + chunkLength - 1) & -chunkLength }

  private static func mapped(_ length: Int) -> UnsafeMutableRawPointer {
    let pages = unsafe mmap(
      nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let pages = unsafe pages, unsafe pages != MAP_FAILED else {
      // As the allocator of the language does where memory has run out.
      fatalError("out of memory")
    }
    // What the system refuses is not an error: secrets are wiped all the same.
    unsafe mlock(pages, length)
    unsafe madvise(pages, length, MADV_DONTDUMP)
    unsafe madvise(pages, length, MADV_WIPEONFORK)
    return unsafe pages
  }
}
