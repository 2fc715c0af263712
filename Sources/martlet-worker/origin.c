#include "origin.h"

#include <pthread.h>
#include <stdlib.h>

#include "code_range.h"
#include "guarded_thread.h"
#include "interpose.h"

__thread uint32_t origin_cell;
_Atomic uint32_t origin_newest_cell;

// MARK: Tasks

/// A task's identifier (its lower half) and its cell, in one word. Identifiers count up, so a place is taken over only by
/// a task that is this many tasks younger; the older one then belongs to the cell of whoever resumes it.
enum { TASK_COUNT = 1 << 14 };
static _Atomic uint64_t tasks[TASK_COUNT];

uint32_t origin_of_task(uint64_t task) {
  uint32_t key = (uint32_t)task;
  // Jobs that are no tasks, those of actors, have no identifier.
  if (key == 0) return origin_cell;
  _Atomic uint64_t *place = &tasks[key % TASK_COUNT];
  uint64_t known = atomic_load_explicit(place, memory_order_relaxed);
  if (known >> 32 == key) return (uint32_t)known;
  if (origin_cell != 0) atomic_store_explicit(place, (uint64_t)key << 32 | origin_cell, memory_order_relaxed);
  return origin_cell;
}

// MARK: Threads

typedef struct {
  void *(*body)(void *argument);
  void *argument;
  uint32_t cell;
} thread_start;

static void *begin(void *argument) {
  thread_start start = *(thread_start *)argument;
  free(argument);
  origin_cell = start.cell;
  return start.body(start.argument);
}

/// Dispatch's threads outlive the block they were started for: their cell comes with each block, see `dispatch.c`.
static bool is_dispatch(const void *address) {
  return code_range_contains(code_range_of_image("dispatch_async_f"), address);
}

typedef int (*create_function)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);

INTERPOSED int pthread_create(
  pthread_t *restrict thread, const pthread_attr_t *restrict attributes, void *(*body)(void *),
  void *restrict argument) {
  static create_function original;
  if (!original) original = (create_function)interpose_original("pthread_create");
  if (origin_cell == 0 || is_dispatch(__builtin_return_address(0))) return original(thread, attributes, body, argument);
  critical_enter();
  thread_start *start = malloc(sizeof *start);
  if (start) *start = (thread_start){body, argument, origin_cell};
  int code = start ? original(thread, attributes, begin, start) : original(thread, attributes, body, argument);
  if (code != 0) free(start);
  critical_leave();
  return code;
}
