// Which cell a thread works for, so that what it prints is shown with that cell, even after other cells have run.
//
// A cell's thread works for the cell; what it starts (threads, Tasks, blocks on dispatch queues) works for it too.
#ifndef MARTLET_ORIGIN_H
#define MARTLET_ORIGIN_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/// The cell that the calling thread works for; 0 where that is not known.
extern __thread uint32_t origin_cell;
/// The cell that runs, or ran last.
extern _Atomic uint32_t origin_newest_cell;

/// Whether the calling thread works for an earlier cell than the newest.
static inline bool origin_is_earlier(void) {
  uint32_t cell = origin_cell;
  return cell != 0 && cell != atomic_load_explicit(&origin_newest_cell, memory_order_relaxed);
}

/// The cell that a Task works for: the one it was first enqueued for, whoever resumes it later.
uint32_t origin_of_task(uint64_t task);

#endif
