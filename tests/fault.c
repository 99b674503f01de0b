/* Lets the Nth call of one function fail, or kills the process right before or after it.
 *
 * Only calls count that concern a file or folder below the root that fault_set is given, or that
 * the variables ONEX_FAULT_* name: CALL, NTH, ERRNO (0: none), KILL ("before", "after"), ROOT and
 * FIRED, a file that is made when it happens. Loaded by LD_PRELOAD. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static char call[32], root[PATH_MAX], fired[PATH_MAX];
static int nth, error, kills; /* kills: 1 before, 2 after */
static int seen;

void fault_set(const char *c, int n, int e, int k, const char *r, const char *f) {
    snprintf(call, sizeof call, "%s", c);
    snprintf(root, sizeof root, "%s", r);
    snprintf(fired, sizeof fired, "%s", f);
    nth = n, error = e, kills = k;
    __atomic_store_n(&seen, 0, __ATOMIC_SEQ_CST);
}

__attribute__((constructor)) static void from_environment(void) {
    const char *c = getenv("ONEX_FAULT_CALL"), *k = getenv("ONEX_FAULT_KILL");
    if (c && *c)
        fault_set(c, atoi(getenv("ONEX_FAULT_NTH")), atoi(getenv("ONEX_FAULT_ERRNO")),
                  !k || !*k ? 0 : *k == 'b' ? 1 : 2, getenv("ONEX_FAULT_ROOT"),
                  getenv("ONEX_FAULT_FIRED"));
}

static int below(int folder, const char *path) {
    char link[64], place[PATH_MAX];
    size_t length = strlen(root);
    if (path && *path == '/')
        return !strncmp(path, root, length);
    snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    ssize_t size = folder == AT_FDCWD ? readlink("/proc/self/cwd", place, sizeof place - 1)
                                      : readlink(link, place, sizeof place - 1);
    if (size < 0)
        return 0;
    place[size] = 0;
    return !strncmp(place, root, length) && (place[length] == '/' || !place[length]);
}

/* Whether this is the call; if it is to fail, errno is set and the answer is 1. */
static int strikes(const char *name, int folder, const char *path, int *kill_after) {
    *kill_after = 0;
    if (!*call || strcmp(name, call) || !below(folder, path))
        return 0;
    if (__atomic_add_fetch(&seen, 1, __ATOMIC_SEQ_CST) != nth)
        return 0;
    int (*real)(const char *, mode_t) = dlsym(RTLD_NEXT, "creat");
    int mark = real(fired, 0600);
    if (mark >= 0)
        close(mark);
    if (kills == 1)
        kill(getpid(), SIGKILL);
    *kill_after = kills == 2;
    errno = error;
    return error != 0;
}

#define WRAP(type, symbol, name, parameters, arguments, folder, path) \
    type symbol parameters {                                            \
        int after;                                                      \
        if (strikes(name, folder, path, &after))                        \
            return -1;                                                  \
        type(*real) parameters = dlsym(RTLD_NEXT, #symbol);             \
        type result = real arguments;                                   \
        if (after)                                                      \
            kill(getpid(), SIGKILL);                                    \
        return result;                                                  \
    }

#define WRAP_OPEN(symbol, first, arguments, folder)                     \
    int symbol first {                                                  \
        int after;                                                      \
        va_list rest;                                                   \
        va_start(rest, flags);                                          \
        mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest);                                                   \
        if (strikes(flags & O_CREAT ? "create" : "open", folder, path, &after)) \
            return -1;                                                  \
        int(*real) first = dlsym(RTLD_NEXT, #symbol);                   \
        int result = real arguments;                                    \
        if (after)                                                      \
            kill(getpid(), SIGKILL);                                    \
        return result;                                                  \
    }

WRAP_OPEN(open, (const char *path, int flags, ...), (path, flags, mode), AT_FDCWD)
WRAP_OPEN(open64, (const char *path, int flags, ...), (path, flags, mode), AT_FDCWD)
WRAP_OPEN(openat, (int at, const char *path, int flags, ...), (at, path, flags, mode), at)
WRAP_OPEN(openat64, (int at, const char *path, int flags, ...), (at, path, flags, mode), at)
WRAP(ssize_t, write, "write", (int fd, const void *data, size_t size), (fd, data, size), fd, 0)
WRAP(ssize_t, pread, "pread", (int fd, void *data, size_t size, off_t at),
     (fd, data, size, at), fd, 0)
WRAP(ssize_t, pread64, "pread", (int fd, void *data, size_t size, off64_t at),
     (fd, data, size, at), fd, 0)
WRAP(int, fsync, "fsync", (int fd), (fd), fd, 0)
WRAP(int, fchmod, "fchmod", (int fd, mode_t mode), (fd, mode), fd, 0)
WRAP(int, close, "close", (int fd), (fd), fd, 0)
WRAP(int, unlinkat, "unlink", (int at, const char *path, int flags), (at, path, flags), at, path)
WRAP(int, renameat, "rename", (int from, const char *old, int to, const char *new),
     (from, old, to, new), from, old)
WRAP(int, renameat2, "exchange",
     (int from, const char *old, int to, const char *new, unsigned int flags),
     (from, old, to, new, flags), from, old)
