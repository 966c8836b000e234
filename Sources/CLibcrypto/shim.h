// The digests' plain states (SHA_CTX and the like) are marked deprecated since OpenSSL 3.0. They are
// used on purpose: a plain state is copied with memcpy, where an EVP_MD_CTX allocates for each copy.
#define OPENSSL_SUPPRESS_DEPRECATED

#include <malloc.h>
#include <stdlib.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/dsa.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/md5.h>
#include <openssl/params.h>
#include <openssl/provider.h>
#include <openssl/ripemd.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

// Asks the processor for the cache line of an address that is about to be used; no address, however
// wrong, does harm.
static inline void ikescope_prefetch(const void *address) { __builtin_prefetch(address, 0, 0); }

// Has the allocator keep what is freed, up to some megabytes, instead of giving it back to the system.
static inline void ikescope_keep_freed_blocks(void) {
#ifdef M_TRIM_THRESHOLD
  mallopt(M_MMAP_THRESHOLD, 4 << 20);
  mallopt(M_TRIM_THRESHOLD, 8 << 20);
#endif
}

// Has the heap grow by some bytes and asks the system to put large pages where nothing was allocated yet.
// A hint: where the allocator or the system is another one, or there is no room, nothing happens.
static inline void ikescope_grow_in_large_pages(size_t bytes) {
#if defined(M_TOP_PAD) && defined(MADV_HUGEPAGE) && defined(__GLIBC_PREREQ)
#if __GLIBC_PREREQ(2, 33)
  const uintptr_t large = 2 << 20;
  ikescope_keep_freed_blocks();
  mallopt(M_TRIM_THRESHOLD, (int)bytes + (8 << 20));
  // What is left at the heap's end cannot hold this block, so that the heap grows.
  mallopt(M_TOP_PAD, (int)bytes);
  size_t left = mallinfo2().keepcost;
  if (left < large) {
    // `volatile`, or else the compiler leaves out what is freed unused.
    void *volatile block = malloc(left + 4096);
    free(block);
  }
  mallopt(M_TOP_PAD, 128 << 10);
  uintptr_t end = (uintptr_t)sbrk(0);
  uintptr_t start = (end - mallinfo2().keepcost + large - 1) & ~(large - 1);
  end &= ~(large - 1);
  if (start < end) madvise((void *)start, end - start, MADV_HUGEPAGE);
#endif
#endif
}
