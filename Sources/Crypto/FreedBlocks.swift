import CLibcrypto

/// Has the allocator keep large blocks that are freed for those that are still to come.
///
/// Given back to the system, each would cost a fault a page when its like is needed again: for a block of
/// frames that is more than reading it.
package func keepFreedBlocks() { ikescope_keep_freed_blocks() }
