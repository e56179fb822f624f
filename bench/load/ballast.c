/*
 * Memory that stays: in a virtual machine whose free memory goes back to the host, a page costs several times as much
 * on its first use after that, and whoever writes a log pays for it. This program uses the memory once and then keeps
 * one page in every 2 MB, so that what it frees between them is not handed back and the rounds find it ready.
 *
 * usage: ballast BYTES    prints "ready" and waits for the end of its standard input
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PAGE = 4096, BLOCK = 2 << 20 };

int main(int argc, char **argv) {
  size_t bytes = argc == 2 ? strtoull(argv[1], NULL, 10) / BLOCK * BLOCK : 0;
  if (bytes == 0) return 2;
  char *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) return 1;
  madvise(memory, bytes, MADV_NOHUGEPAGE);
  for (size_t at = 0; at < bytes; at += PAGE) memory[at] = 1;
  for (size_t at = 0; at < bytes; at += BLOCK) madvise(memory + at + PAGE, BLOCK - PAGE, MADV_DONTNEED);
  puts("ready");
  fflush(stdout);
  char ignored[64];
  while (read(0, ignored, sizeof ignored) > 0) {
  }
  return 0;
}
