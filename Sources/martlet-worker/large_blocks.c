// The C library hands a large block back to the system as soon as it is freed, and the system clears every page of the
// next one: half of the time that `a + b` takes on long arrays. So `malloc` and `free` are wrapped here: what is
// freed while a cell runs is kept, up to a bound, for the next block of about that size. All blocks are the C library's
// own, so it does not matter which of its other functions gets them.
#include "large_blocks.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/sysinfo.h>

enum { PLACES = 32, LARGE = 1 << 20 };

typedef struct {
  void *block;
  size_t size;
} kept_block;

/// From the oldest to the newest, without gaps; guarded by `lock`, as is all below.
static kept_block kept[PLACES];
static int count;
static size_t kept_bytes;
static size_t most_bytes;
/// Only ever tried: a cell that was left in the middle of a call must not make the next one wait for ever.
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void *__libc_malloc(size_t size);
void __libc_free(void *block);

/// How much a block holds. The C library keeps that before the block, with flags in the lowest three bits;
/// `malloc_usable_size` says the same, at the cost of a call for every single `free`.
static size_t block_size(const void *block) {
  size_t size;
  memcpy(&size, (const char *)block - sizeof size, sizeof size);
  return (size & ~(size_t)7) - 2 * sizeof size;
}

static void *remove_place(int place) {
  void *block = kept[place].block;
  kept_bytes -= kept[place].size;
  count--;
  memmove(kept + place, kept + place + 1, (size_t)(count - place) * sizeof *kept);
  return block;
}

/// The smallest kept block that is large enough, and not so large that much of it would lie idle.
static void *take(size_t size) {
  if (pthread_mutex_trylock(&lock) != 0) return NULL;
  int best = -1;
  for (int i = 0; i < count; i++) {
    bool fits = kept[i].size >= size && kept[i].size - size <= size / 4;
    if (fits && (best < 0 || kept[i].size < kept[best].size)) best = i;
  }
  void *block = best < 0 ? NULL : remove_place(best);
  pthread_mutex_unlock(&lock);
  return block;
}

/// A sixteenth of the machine's memory.
static size_t bound(void) {
  struct sysinfo machine;
  return sysinfo(&machine) == 0 ? machine.totalram / 16 * machine.mem_unit : 0;
}

/// Keeps a block in place of the oldest ones.
static bool keep(void *block, size_t size) {
  void *left[PLACES];
  int left_count = 0;
  if (pthread_mutex_trylock(&lock) != 0) return false;
  if (most_bytes == 0) most_bytes = bound();
  bool fits = size <= most_bytes;
  while (fits && (count == PLACES || kept_bytes + size > most_bytes)) left[left_count++] = remove_place(0);
  if (fits) {
    kept[count++] = (kept_block){block, size};
    kept_bytes += size;
  }
  pthread_mutex_unlock(&lock);
  for (int i = 0; i < left_count; i++) __libc_free(left[i]);
  return fits;
}

void large_blocks_release(void) {
  void *left[PLACES];
  int left_count = 0;
  if (pthread_mutex_trylock(&lock) != 0) return;
  while (count > 0) left[left_count++] = remove_place(count - 1);
  pthread_mutex_unlock(&lock);
  for (int i = 0; i < left_count; i++) __libc_free(left[i]);
}

__attribute__((noinline)) static void *large_malloc(size_t size) {
  void *block = take(size);
  if (!block) block = __libc_malloc(size);
  if (block) return block;
  // Another process, or a limit, needs what lies idle here.
  large_blocks_release();
  return __libc_malloc(size);
}

__attribute__((noinline)) static void large_free(void *block) {
  if (!keep(block, block_size(block))) __libc_free(block);
}

// Apart from what large blocks need, so that small ones pay for a comparison and a jump.
__attribute__((visibility("default"))) void *malloc(size_t size) {
  return size < LARGE ? __libc_malloc(size) : large_malloc(size);
}

__attribute__((visibility("default"))) void free(void *block) {
  if (block && block_size(block) >= LARGE) large_free(block);
  else __libc_free(block);
}
