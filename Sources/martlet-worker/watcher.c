#include "watcher.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <time.h>

#include "blocking.h"
#include "cell.h"
#include "input.h"
#include "interrupt.h"
#include "late_output.h"
#include "streams.h"
#include "trap.h"

enum {
  /// Milliseconds between two looks.
  URGENT_PERIOD = 4,
  RUNNING_PERIOD = 25,
  IDLE_PERIOD = 200,
};

static sem_t wake;

/// The wait that the cell's thread was last seen in, and since when.
static struct {
  pid_t thread;
  blocking_state state;
  struct timespec since;
} last_seen;

static int milliseconds_since(const struct timespec *start) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int)((now.tv_sec - start->tv_sec) * 1000 + (now.tv_nsec - start->tv_nsec) / 1000000);
}

/// For how long the thread has been in the very same wait; -1 when it is in none.
static int blocked_milliseconds(pid_t thread, blocking_state state) {
  bool is_same = last_seen.thread == thread && last_seen.state.waits && state.waits && last_seen.state.call == state.call &&
                 last_seen.state.stack_pointer == state.stack_pointer;
  last_seen.thread = thread;
  last_seen.state = state;
  if (!is_same) clock_gettime(CLOCK_MONOTONIC, &last_seen.since);
  return state.waits ? milliseconds_since(&last_seen.since) : -1;
}

/// Looks after the cell; returns the milliseconds until the next look.
static int look(void) {
  trap_report_foreign();
  streams_flush_if_free();
  bool is_urgent = late_output_advance() || interrupt_level() > 0;
  running_cell cell;
  if (!cell_running(&cell)) return is_urgent ? URGENT_PERIOD : IDLE_PERIOD;
  blocking_state state = blocking_state_of(cell.identifier);
  int milliseconds = blocked_milliseconds(cell.identifier, state);
  input_advance(state.reads_standard_input && milliseconds >= 0);
  interrupt_advance(milliseconds);
  return is_urgent || interrupt_level() > 0 || cell.has_failure ? URGENT_PERIOD : RUNNING_PERIOD;
}

static void sleep_until_woken(int milliseconds) {
  struct timespec end;
  clock_gettime(CLOCK_MONOTONIC, &end);
  end.tv_nsec += (long)milliseconds * 1000000;
  end.tv_sec += end.tv_nsec / 1000000000;
  end.tv_nsec %= 1000000000;
  while (sem_clockwait(&wake, CLOCK_MONOTONIC, &end) != 0 && errno == EINTR) {
  }
}

static void *watcher_main(void *unused) {
  (void)unused;
  for (;;) sleep_until_woken(look());
}

void watcher_start(void) {
  pthread_t thread;
  if (sem_init(&wake, 0, 0) != 0 || pthread_create(&thread, NULL, watcher_main, NULL) != 0) abort();
  pthread_detach(thread);
}

void watcher_wake(void) { sem_post(&wake); }
