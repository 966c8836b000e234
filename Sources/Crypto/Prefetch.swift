// Unsafe here: addresses that are given to the processor as hints and never followed. A prefetch reads
// nothing into the program and faults at no address.

// `public`: an inlinable function may only call what such an import brings.
public import CLibcrypto

/// Asks the processor for the first `count` bytes of an element, which will be looked at soon; for an
/// address that is of no use where there is none.
///
/// With thousands of SAs in turn nothing of one is in a near cache when its packet comes. What a packet
/// will touch is asked for some packets ahead, so that the waits overlap.
@inlinable @inline(__always)
package func prefetch<Element>(_ elements: [Element], at index: Int, count: Int) {
  let start = unsafe elements.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
  let offset = UInt(bitPattern: index &* MemoryLayout<Element>.stride)
  prefetch(start &+ offset, count: count)
}

/// Asks the processor for `count` bytes from an address on, which may be any.
@inlinable @inline(__always)
package func prefetch(_ address: UInt, count: Int) {
  var offset: UInt = 0
  while offset < UInt(truncatingIfNeeded: count) {
    unsafe ikescope_prefetch(UnsafeRawPointer(bitPattern: address &+ offset))
    offset &+= 64
  }
  // The last byte may be in a line of its own.
  guard count > 1 else { return }
  unsafe ikescope_prefetch(UnsafeRawPointer(bitPattern: address &+ UInt(bitPattern: count) &- 1))
}
