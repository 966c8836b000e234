#include <pcap/pcap.h>

#include <sys/prctl.h>

/* prctl(2) has variable arguments, which Swift cannot call. */
static inline int ikescope_make_undumpable(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }
