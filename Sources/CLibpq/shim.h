#include <libpq-fe.h>
#include <sys/prctl.h>

// prctl is variadic, which Swift cannot call. Names the calling thread, as top and gdb show it; the kernel keeps 15 bytes.
static inline int scry_name_thread(const char *name) { return prctl(PR_SET_NAME, name, 0, 0, 0); }
