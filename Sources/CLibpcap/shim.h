#include <pcap/pcap.h>

#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>

/* prctl(2) and ioctl(2) have variable arguments, which Swift cannot call. */
static inline int ikescope_make_undumpable(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

/* The flags of an interface (netdevice(7)) by way of any socket; negative when it has none. */
static inline int ikescope_interface_flags(int socket, const char *name) {
  struct ifreq request;
  memset(&request, 0, sizeof request);
  strncpy(request.ifr_name, name, sizeof request.ifr_name - 1);
  if (ioctl(socket, SIOCGIFFLAGS, &request) < 0) return -1;
  return (unsigned short)request.ifr_flags;
}

static const int IKESCOPE_IFF_UP = IFF_UP;
static const int IKESCOPE_IFF_RUNNING = IFF_RUNNING;
