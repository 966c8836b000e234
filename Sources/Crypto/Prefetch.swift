// Unsafe here: addresses that are given to the processor as hints and never followed. A prefetch reads
// nothing into the program and faults at no address.

// `public`: an inlinable function may only call what such an import brings.
public import CLibcrypto

/// Asks the processor for the first `count` bytes of an element, which will be looked at soon; nothing
/// where there is none.
///
/// With thousands of SAs in turn nothing of one is in a near cache when its packet comes. What a packet
/// will touch is asked for some packets ahead, so that the waits overlap.
@inlinable @inline(__always)
package func prefetch<Element>(_ elements: Span<Element>, at index: Int, count: Int) {
  guard index >= 0, index < elements.count else { return }
  unsafe elements.withUnsafeBufferPointer { elements in
    let size = MemoryLayout<Element>.stride
    prefetch(UInt(bitPattern: elements.baseAddress) &+ UInt(index &* size), count: count)
  }
}

/// Where elements are, as a number, to ask the processor for them later.
@inlinable @inline(__always)
package func address<Element>(of elements: Span<Element>) -> UInt {
  unsafe elements.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
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
