// Running cells, one after the other, each on a fresh guarded thread.
#ifndef MARTLET_CELL_H
#define MARTLET_CELL_H

#include "frame.h"
#include "outcome.h"
#include "guarded_thread.h"

/// Starts the thread that runs what is enqueued.
void cell_start_runner(void);
/// Decodes a `run` request and puts it behind the others; a malformed one is ignored.
void cell_enqueue(frame_reader *request);

/// Whether a cell runs, or is about to.
bool cell_is_expected(void);

/// What others may know of the cell that runs.
typedef struct {
  pthread_t thread;
  pid_t identifier;
  /// Whether something that crashed elsewhere waits to be this cell's end.
  bool has_failure;
} running_cell;

/// Whether a cell runs; fills in `cell` where it does.
bool cell_running(running_cell *cell);
/// Signals the running cell's thread, if it is still the one given.
void cell_signal(const running_cell *cell, int signal);
/// Whether the calling thread is the running cell's.
bool cell_is_current(void);

/// Marks the running cell as waiting for a Task, so that what happens to Tasks concerns it.
void cell_set_waiting(bool is_waiting);
bool cell_is_waiting(void);
/// A crash on another thread: the running cell's end if it waits, else a background failure.
void cell_fail_from_elsewhere(const outcome *failure);
/// Whether such a failure is there for the running cell; moves it to `result`.
bool cell_take_failure(outcome *result);

#endif
