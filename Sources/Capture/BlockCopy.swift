// Unsafe code of this file: one memcpy from an array, its bounds checked by the slice, to the free
// part of an output span, its room checked before.
import Glibc

/// Appends `bytes` from `start` on to `block`, which must have room for them.
func append(_ bytes: [UInt8], from start: Int, to block: inout OutputSpan<UInt8>) {
  let tail = bytes[start...]
  precondition(tail.count <= block.freeCapacity)
  unsafe block.withUnsafeMutableBufferPointer { output, count in
    unsafe tail.withUnsafeBytes { source in
      guard let from = source.baseAddress, let into = output.baseAddress else { return }
      unsafe memcpy(into + count, from, source.count)
      count += source.count
    }
  }
}
