import CLibcrypto

/// Asks the system for large pages for what the allocator takes next, as much as the engines of so many
/// SAs: with thousands of them in turn each packet's keys are in other pages than the last one's, and
/// finding those costs a tenth of opening it.
package func expectEngines(_ count: Int) {
  let bytesOfEngine = 3 << 10
  ikescope_grow_in_large_pages(min(max(0, count), 1 << 15) * bytesOfEngine + (2 << 20))
}
