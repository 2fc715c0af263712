// The C library hands a large block back to the system as soon as it is freed, and the system clears every page of the
// next one: half of the time that `a + b` takes on long arrays. So `malloc` and `free` are wrapped here: what is
// freed while a cell runs is kept, up to a bound, for the next block of about that size, or made longer for a larger one.
// All blocks are the C library's own, so it does not matter which of its other functions gets them.
#include "large_blocks.h"

#include <errno.h>
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
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *block);

/// What the C library keeps before a block: its size, with flags in the lowest three bits.
static size_t header(const void *block) {
  size_t size;
  memcpy(&size, (const char *)block - sizeof size, sizeof size);
  return size;
}

/// Whether the system mapped a block alone, for which the second flag stands.
static bool is_mapped(const void *block) { return header(block) & 2; }

/// How much a block holds; `malloc_usable_size` of the C library says the same, at the cost of a call for every `free`.
static size_t block_size(const void *block) {
  return (header(block) & ~(size_t)7) - (is_mapped(block) ? 2 : 1) * sizeof(size_t);
}

static void *remove_place(int place) {
  void *block = kept[place].block;
  kept_bytes -= kept[place].size;
  count--;
  memmove(kept + place, kept + place + 1, (size_t)(count - place) * sizeof *kept);
  return block;
}

/// The smallest kept block that is large enough, and not so large that much of it would lie idle. Or else the largest of the
/// shorter ones that the system can make longer, if it has an eighth of what is asked for: an array that grows asks for
/// twice as much each time, so what it held before would be kept in vain; made longer, only the rest of it is new.
static void *take(size_t size) {
  if (pthread_mutex_trylock(&lock) != 0) return NULL;
  int best = -1, shorter = -1;
  for (int i = 0; i < count; i++) {
    if (kept[i].size >= size) {
      bool fits = kept[i].size - size <= size / 4;
      if (fits && (best < 0 || kept[i].size < kept[best].size)) best = i;
    } else if (kept[i].size >= size / 8 && is_mapped(kept[i].block)) {
      if (shorter < 0 || kept[i].size > kept[shorter].size) shorter = i;
    }
  }
  int place = best >= 0 ? best : shorter;
  void *block = place < 0 ? NULL : remove_place(place);
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
  void *old = take(size);
  if (old && block_size(old) >= size) return old;
  // Made longer without being copied, since the system mapped it alone.
  void *block = old ? __libc_realloc(old, size) : __libc_malloc(size);
  if (block) return block;
  if (old) __libc_free(old);
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

// The others as they are, all of them: of an allocator that a user has preloaded there must be either everything or
// nothing, since one cannot free what the other has given.
__attribute__((visibility("default"))) void *calloc(size_t count, size_t size) { return __libc_calloc(count, size); }

__attribute__((visibility("default"))) void *realloc(void *block, size_t size) { return __libc_realloc(block, size); }

__attribute__((visibility("default"))) void *memalign(size_t alignment, size_t size) {
  return __libc_memalign(alignment, size);
}

__attribute__((visibility("default"))) void *aligned_alloc(size_t alignment, size_t size) {
  return __libc_memalign(alignment, size);
}

__attribute__((visibility("default"))) int posix_memalign(void **result, size_t alignment, size_t size) {
  if (alignment % sizeof(void *) != 0 || alignment == 0 || (alignment & (alignment - 1)) != 0) return EINVAL;
  int before = errno;
  void *block = __libc_memalign(alignment, size);
  errno = before;
  if (!block) return ENOMEM;
  *result = block;
  return 0;
}

__attribute__((visibility("default"))) size_t malloc_usable_size(void *block) { return block ? block_size(block) : 0; }
