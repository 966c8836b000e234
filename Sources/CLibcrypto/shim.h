// The digests' plain states (SHA_CTX and the like) are marked deprecated since OpenSSL 3.0. They are
// used on purpose: a plain state is copied with memcpy, where an EVP_MD_CTX allocates for each copy.
#define OPENSSL_SUPPRESS_DEPRECATED

#include <malloc.h>
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
