#include "cell.h"

#include <dlfcn.h>
#include <errno.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "comms.h"
#include "fatal_text.h"
#include "fork.h"
#include "headroom.h"
#include "input.h"
#include "inspection.h"
#include "interrupt.h"
#include "large_blocks.h"
#include "library.h"
#include "link.h"
#include "origin.h"
#include "report.h"
#include "request.h"
#include "streams.h"
#include "usage.h"
#include "variables.h"
#include "watcher.h"

#define CELL_STACK_SIZE ((size_t)256 * 1024 * 1024)

typedef struct {
  guarded_thread thread;
  run_request *request;
  sem_t done;
  bool was_left;
  bool is_waiting;
  bool has_failure;
  outcome failure;
  usage used;
} cell;

typedef int (*entry_function)(int argument_count, char **arguments);

/// Guards `running` and the fields of the running cell that other threads use.
static pthread_mutex_t running_lock = PTHREAD_MUTEX_INITIALIZER;
static cell *running;
/// Requests that have been received and not been finished.
static atomic_int unfinished;

static void lock(void) {
  critical_enter();
  pthread_mutex_lock(&running_lock);
}

static void unlock(void) {
  pthread_mutex_unlock(&running_lock);
  critical_leave();
}

// MARK: On the cell's thread

static bool load_failed(cell *cell, const char *message) {
  outcome_set(&cell->thread.outcome, STATUS_LOAD_FAILURE, 0, 0, message ? message : "the library could not be loaded");
  return false;
}

static bool load(cell *cell, entry_function *entry) {
  for (uint32_t i = 0; i < cell->request->library_count; i++) {
    const char *failure = library_load(cell->request->libraries[i]);
    if (failure) return load_failed(cell, failure);
  }
  critical_enter();
  void *handle = dlopen(cell->request->path, RTLD_NOW | RTLD_GLOBAL);
  void *symbol = handle ? dlsym(handle, cell->request->entry) : NULL;
  const char *failure = symbol ? NULL : dlerror();
  critical_leave();
  if (!symbol) return load_failed(cell, failure);
  variables_add_cell(cell->request->cell, handle);
  memcpy(entry, &symbol, sizeof symbol);
  return true;
}

static void call(cell *cell, entry_function entry) {
  static char program[] = "martlet";
  char *arguments[] = {program, NULL};
  guarded_thread *thread = &cell->thread;
  // In the cell's record, since what is on the stack is lost when the cell is left.
  cell->used = usage_now();
  if (sigsetjmp(thread->base, 1) == 0) {
    headroom_return();
    thread->is_active = 1;
    entry(1, arguments);
    thread->is_active = 0;
    outcome_set(&thread->outcome, STATUS_OK, 0, 0, "");
  } else {
    cell->was_left = true;
  }
  cell->used = usage_since(&cell->used);
  headroom_take();
}

static void finished(void *argument) { sem_post(&((cell *)argument)->done); }

static void *cell_main(void *argument) {
  cell *cell = argument;
  guarded_thread_enter(&cell->thread);
  origin_cell = cell->request->cell;
  // Idle, the watcher looks so seldom that the first text without a newline would wait.
  watcher_wake();
  entry_function entry;
  if (load(cell, &entry)) call(cell, entry);
  if (fork_is_child()) fork_leave_child(0);
  streams_release_locks();
  fatal_text_show_unused();
  if (cell->was_left) guarded_thread_park(&cell->thread, finished, cell);
  guarded_thread_exit();
  finished(cell);
  return NULL;
}

// MARK: On the runner's thread

static void set_running(cell *cell) {
  lock();
  running = cell;
  input_forget();
  if (cell) {
    origin_newest_cell = cell->request->cell;
    *runtime.cell_progress = 0;
  } else {
    // Not when a cell starts: it may have been interrupted already.
    interrupt_clear();
    atomic_fetch_sub(&unfinished, 1);
  }
  unlock();
}

static void wait_until_done(cell *cell) {
  while (sem_wait(&cell->done) != 0 && errno == EINTR) {
  }
}

static void run(cell *cell) {
  if (!guarded_thread_start(&cell->thread, CELL_STACK_SIZE, cell_main, cell)) {
    load_failed(cell, "the system has no thread or memory left for the cell");
    return;
  }
  wait_until_done(cell);
  if (!cell->was_left) {
    pthread_join(cell->thread.thread, NULL);
    guarded_thread_release_stack(&cell->thread);
  }
}

/// A cell that was made to stop waiting because something it waited for had crashed ends with that crash.
static void adopt_failure(cell *cell) {
  if (!cell->has_failure || cell->thread.outcome.status != STATUS_INTERRUPTED) return;
  cell->thread.outcome = cell->failure;
  cell->has_failure = false;
}

static void run_request_to_end(run_request *request) {
  cell *cell = calloc(1, sizeof *cell);
  if (!cell) abort();
  cell->request = request;
  sem_init(&cell->done, 0, 0);
  headroom_take();
  inspection_pause();
  // What was printed until now belongs to the cells before.
  streams_settle();
  set_running(cell);
  report_started(request->cell);
  run(cell);
  comms_cell_ended(request->cell, cell->was_left);
  uint32_t progress = (uint32_t)*runtime.cell_progress;
  set_running(NULL);
  inspection_resume();
  streams_settle();
  adopt_failure(cell);
  if (cell->has_failure) report_background_failure(&cell->failure);
  report_finished(request->cell, progress, &cell->thread.outcome, &cell->used);
  large_blocks_release();
  run_request_free(request);
  headroom_return();
  // A parked thread's record is a few kilobytes that its thread-local pointer no longer leads to.
  sem_destroy(&cell->done);
  free(cell);
}

static void *runner_main(void *unused) {
  (void)unused;
  for (;;) run_request_to_end(run_request_dequeue());
}

void cell_start_runner(void) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, runner_main, NULL) != 0) abort();
  pthread_detach(thread);
}

void cell_enqueue(frame_reader *reader) {
  run_request *request = run_request_decode(reader);
  if (!request) return;
  atomic_fetch_add(&unfinished, 1);
  run_request_enqueue(request);
}

bool cell_is_expected(void) { return atomic_load(&unfinished) > 0; }

// MARK: On any thread

bool cell_running(running_cell *description) {
  lock();
  // Until the thread has entered it has no identity, and nothing to interrupt.
  bool runs = running && running->thread.identifier != 0;
  if (runs) {
    *description = (running_cell){running->thread.thread, running->thread.identifier, running->has_failure};
  }
  unlock();
  return runs;
}

void cell_signal(const running_cell *description, int signal) {
  lock();
  if (running && running->thread.identifier == description->identifier) pthread_kill(description->thread, signal);
  unlock();
}

bool cell_is_current(void) { return current_thread && current_thread->role == ROLE_CELL; }

void cell_set_waiting(bool is_waiting) {
  lock();
  if (running) running->is_waiting = is_waiting;
  unlock();
}

bool cell_is_waiting(void) {
  lock();
  bool is_waiting = running && running->is_waiting;
  unlock();
  return is_waiting;
}

void cell_fail_from_elsewhere(const outcome *failure) {
  lock();
  bool kept = running && !running->has_failure;
  if (kept) {
    running->failure = *failure;
    running->failure.flags |= FLAG_OTHER_THREAD;
    running->has_failure = true;
  }
  unlock();
  if (!kept) report_background_failure(failure);
}

bool cell_take_failure(outcome *result) {
  lock();
  bool has_failure = running && running->has_failure;
  if (has_failure) {
    *result = running->failure;
    running->has_failure = false;
  }
  unlock();
  return has_failure;
}
