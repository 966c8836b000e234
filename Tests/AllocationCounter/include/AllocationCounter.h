#pragma once

/// Blocks of memory asked for by the calling thread so far.
long allocations_so_far(void);
