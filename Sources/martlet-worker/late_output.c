#include "late_output.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "capture.h"
#include "guarded_thread.h"
#include "link.h"
#include "watcher.h"

enum {
  CAPACITY = 32 * 1024,
  /// Milliseconds in which the pieces of a line come together: `print` writes each of its items by itself.
  GATHERING_TIME = 5,
  STANDARD_OUTPUT = 1,
  STANDARD_ERROR = 2,
};

/// Text of one cell and one stream; whatever is of another sends it first, so that all of it keeps its order.
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static uint32_t kept_cell;
static uint8_t kept_stream;
static char kept[CAPACITY];
static size_t kept_count;
static struct timespec kept_since;

static void put_u32(uint8_t *place, uint32_t value) {
  for (int i = 0; i < 4; i++) place[i] = (uint8_t)(value >> (8 * i));
}

/// How much of the text is whole characters: what a last, unfinished one begins with waits for its other bytes.
static size_t whole_count(void) {
  for (size_t tail = 1; tail <= 3 && tail <= kept_count; tail++) {
    uint8_t byte = (uint8_t)kept[kept_count - tail];
    if ((byte & 0xC0) == 0x80) continue;
    size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
    return length > tail ? kept_count - tail : kept_count;
  }
  return kept_count;
}

/// With the lock held.
static void send_kept(size_t count) {
  if (count == 0) return;
  uint8_t prefix[9];
  put_u32(prefix, kept_cell);
  prefix[4] = kept_stream;
  put_u32(prefix + 5, (uint32_t)count);
  if (origin_is_capture(kept_cell)) capture_put(kept_cell, kept_stream, kept, count);
  else link_send(MESSAGE_LATE_OUTPUT, prefix, sizeof prefix, kept, count);
  kept_count -= count;
  memmove(kept, kept + count, kept_count);
}

/// Makes the kept text that of a cell and a stream. With the lock held.
static void turn_to(uint32_t cell, uint8_t stream) {
  if (kept_cell == cell && kept_stream == stream) return;
  send_kept(kept_count);
  kept_cell = cell;
  kept_stream = stream;
}

/// With the lock held.
static void append(const char *bytes, size_t count) {
  while (count > 0) {
    size_t part = CAPACITY - kept_count < count ? CAPACITY - kept_count : count;
    memcpy(kept + kept_count, bytes, part);
    kept_count += part;
    bytes += part;
    count -= part;
    if (kept_count == CAPACITY) send_kept(whole_count());
  }
}

void late_output_write(const FILE *stream, const void *bytes, size_t count) {
  if (count == 0) return;
  critical_enter();
  pthread_mutex_lock(&lock);
  turn_to(origin_cell, stream == stdout ? STANDARD_OUTPUT : STANDARD_ERROR);
  bool was_empty = kept_count == 0;
  if (was_empty) clock_gettime(CLOCK_MONOTONIC, &kept_since);
  append(bytes, count);
  pthread_mutex_unlock(&lock);
  if (was_empty) watcher_wake();
  critical_leave();
}

int late_output_format(const FILE *stream, const char *format, va_list arguments) {
  char *text = NULL;
  critical_enter();
  int count = vasprintf(&text, format, arguments);
  if (count >= 0) {
    late_output_write(stream, text, (size_t)count);
    free(text);
  }
  critical_leave();
  return count;
}

void late_output_flush(void) {
  critical_enter();
  pthread_mutex_lock(&lock);
  send_kept(kept_count);
  pthread_mutex_unlock(&lock);
  critical_leave();
}

static bool is_old_enough(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  long milliseconds = (now.tv_sec - kept_since.tv_sec) * 1000 + (now.tv_nsec - kept_since.tv_nsec) / 1000000;
  return milliseconds >= GATHERING_TIME;
}

bool late_output_advance(void) {
  pthread_mutex_lock(&lock);
  if (kept_count > 0 && is_old_enough()) send_kept(whole_count());
  bool has_more = kept_count > 0;
  pthread_mutex_unlock(&lock);
  return has_more;
}
