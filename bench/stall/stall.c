/*
 * Makes a directory's disk stall, for a process that it is loaded into (LD_PRELOAD): whoever writes to a file below
 * STALL_DIRECTORY, or syncs one, waits until the stall is over. There is one of STALL_MS at the beginning of every
 * STALL_EVERY_MS of the monotonic clock, as long as the file STALL_SWITCH begins with a 1.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static const volatile char *stall_switch;
static char directory[4096];
static size_t directory_bytes;
static long stall_ms, every_ms;

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("STALL_SWITCH"), *where = getenv("STALL_DIRECTORY");
  const char *ms = getenv("STALL_MS"), *every = getenv("STALL_EVERY_MS");
  if (!path || !where || !ms || !every || strlen(where) >= sizeof directory - 1) return;
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return;
  void *mapped = mmap(NULL, 1, PROT_READ, MAP_SHARED, fd, 0);
  close(fd);
  if (mapped == MAP_FAILED) return;
  directory_bytes = (size_t)snprintf(directory, sizeof directory, "%s/", where);
  stall_ms = atol(ms);
  every_ms = atol(every);
  stall_switch = mapped;
}

/* Milliseconds that a stall goes on. */
static long stalled_ms(void) {
  if (stall_switch == NULL || *stall_switch != '1') return 0;
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  long at = (now.tv_sec * 1000 + now.tv_nsec / 1000000) % every_ms;
  return at < stall_ms ? stall_ms - at : 0;
}

static void wait_for(int fd) {
  long ms = stalled_ms();
  if (ms == 0) return;
  char name[64], path[4096];
  snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(name, path, sizeof path);
  if (length < (ssize_t)directory_bytes || memcmp(path, directory, directory_bytes) != 0) return;
  struct timespec rest = {ms / 1000, ms % 1000 * 1000000};
  nanosleep(&rest, NULL);
}

/* The call by this name that would be made without us. */
#define STALLED(result, name, fd, parameters, arguments)             \
  result name parameters {                                           \
    static result (*next) parameters;                                \
    if (next == NULL) next = (result(*) parameters)dlsym(RTLD_NEXT, #name); \
    wait_for(fd);                                                    \
    return next arguments;                                           \
  }

STALLED(ssize_t, write, fd, (int fd, const void *bytes, size_t length), (fd, bytes, length))
STALLED(ssize_t, pwrite, fd, (int fd, const void *bytes, size_t length, off_t at), (fd, bytes, length, at))
STALLED(ssize_t, pwrite64, fd, (int fd, const void *bytes, size_t length, off64_t at), (fd, bytes, length, at))
STALLED(ssize_t, writev, fd, (int fd, const struct iovec *parts, int count), (fd, parts, count))
STALLED(ssize_t, pwritev, fd, (int fd, const struct iovec *parts, int count, off_t at), (fd, parts, count, at))
STALLED(ssize_t, pwritev64, fd, (int fd, const struct iovec *parts, int count, off64_t at), (fd, parts, count, at))
STALLED(int, fsync, fd, (int fd), (fd))
STALLED(int, fdatasync, fd, (int fd), (fd))
