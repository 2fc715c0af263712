#include "capture.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "comms.h"
#include "guarded_thread.h"
#include "late_output.h"
#include "link.h"
#include "martlet_comms.h"
#include "origin.h"

typedef struct piece {
  struct piece *next;
  uint8_t kind;
  size_t count;
  uint8_t bytes[];
} piece;

typedef struct capture {
  struct capture *next;
  uint32_t number;
  /// What the capturing thread works for.
  uint32_t origin;
  piece *first, *last;
  /// The toolkit has been told that there is something.
  bool is_announced;
} capture;

static pthread_mutex_t captures_lock = PTHREAD_MUTEX_INITIALIZER;
static capture *captures;

static void lock(void) {
  critical_enter();
  pthread_mutex_lock(&captures_lock);
}

static void unlock(void) {
  pthread_mutex_unlock(&captures_lock);
  critical_leave();
}

/// With the lock held.
static capture *find(uint32_t origin) {
  uint32_t number = origin & ~ORIGIN_CAPTURE;
  for (capture *capture = captures; capture; capture = capture->next) {
    if (capture->number == number) return capture;
  }
  return NULL;
}

uint32_t capture_resolve(uint32_t origin) {
  if (!origin_is_capture(origin)) return origin;
  lock();
  capture *capture = find(origin);
  uint32_t resolved = capture ? capture->origin : 0;
  unlock();
  return resolved;
}

uint32_t capture_begin(uint32_t number) {
  uint32_t previous = origin_cell;
  uint32_t behind = capture_resolve(previous);
  lock();
  capture *found = find(number);
  if (!found) {
    found = calloc(1, sizeof *found);
    if (!found) abort();
    found->number = number & ~ORIGIN_CAPTURE;
    found->next = captures;
    captures = found;
  }
  found->origin = behind;
  unlock();
  origin_cell = number | ORIGIN_CAPTURE;
  return previous;
}

void capture_put(uint32_t origin, uint8_t kind, const void *bytes, size_t count) {
  piece *added = malloc(sizeof *added + count);
  if (!added) return;
  *added = (piece){.kind = kind, .count = count};
  if (count > 0) memcpy(added->bytes, bytes, count);
  lock();
  capture *capture = find(origin);
  bool is_news = false;
  if (capture) {
    if (capture->last) capture->last->next = added;
    else capture->first = added;
    capture->last = added;
    is_news = !capture->is_announced;
    capture->is_announced = true;
  } else {
    free(added);
  }
  unlock();
  if (is_news) comms_announce_captured(origin & ~ORIGIN_CAPTURE);
}

/// With the lock held.
static piece *take_first(capture *capture) {
  piece *first = capture->first;
  if (!first) {
    capture->is_announced = false;
    return NULL;
  }
  capture->first = first->next;
  if (!capture->first) capture->last = NULL;
  return first;
}

int capture_take(uint32_t number, uint8_t *kind, uint8_t **bytes, size_t *count) {
  late_output_flush();
  critical_enter();
  lock();
  capture *capture = find(number);
  piece *taken = capture ? take_first(capture) : NULL;
  unlock();
  if (taken) {
    *kind = taken->kind;
    *count = taken->count;
    *bytes = malloc(taken->count + 1);
    if (!*bytes) abort();
    memcpy(*bytes, taken->bytes, taken->count);
    free(taken);
  }
  critical_leave();
  return taken != NULL;
}

static void show(uint32_t cell, const piece *piece) {
  uint8_t prefix[9] = {(uint8_t)cell, (uint8_t)(cell >> 8), (uint8_t)(cell >> 16), (uint8_t)(cell >> 24)};
  if (piece->kind == MARTLET_CAPTURED_DISPLAY) {
    link_send(MESSAGE_DISPLAY, prefix, 4, piece->bytes, piece->count);
    return;
  }
  prefix[4] = piece->kind;
  for (int i = 0; i < 4; i++) prefix[5 + i] = (uint8_t)(piece->count >> (8 * i));
  link_send(MESSAGE_LATE_OUTPUT, prefix, sizeof prefix, piece->bytes, piece->count);
}

void capture_release(uint32_t cell) {
  late_output_flush();
  lock();
  for (capture *capture = captures; capture; capture = capture->next) {
    if (capture->origin != cell) continue;
    for (piece *piece; (piece = take_first(capture)); free(piece)) show(cell, piece);
  }
  unlock();
}
