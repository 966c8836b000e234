import CLibcrypto

/// Asks the system for large pages for what the allocator takes next, as much as is kept of so many SAs
/// with their engines; of few SAs nothing is asked.
///
/// With thousands of SAs in turn each packet's keys are in other pages than the last one's. What is gained
/// for certain is the faults of small pages while the SAs begin.
package func expectSAs(_ count: Int) {
  let (least, most, bytesOfSA) = (1 << 10, 1 << 15, 5 << 10)
  guard count >= least else { return }
  ikescope_grow_in_large_pages(min(count, most) * bytesOfSA)
}
