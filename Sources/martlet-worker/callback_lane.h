// Threads that run callbacks one after the other, and survive what the callbacks do.
#ifndef MARTLET_CALLBACK_LANE_H
#define MARTLET_CALLBACK_LANE_H

#include <stdbool.h>

#include "job_queue.h"
#include "outcome.h"

typedef struct {
  void (*run)(void *context);
  /// Called instead of the rest of `run` when that traps; may be null.
  void (*failed)(void *context, const char *message);
  void *context;
  /// What the callback works for: a cell, or the message that it answers.
  uint32_t origin;
} callback;

typedef struct {
  job_queue queue;
  /// Told how a callback ended that did not return; on the thread that it was left on, where no Swift can run any more.
  void (*report)(const callback *callback, const outcome *outcome);
  /// Told the same before anything else runs, on the thread that takes over.
  void (*recover)(const callback *callback);
  pthread_t thread;
  bool has_started;
  /// The callback that runs, or was left.
  callback current;
  bool is_running;
  outcome failure;
  bool has_failure;
} callback_lane;

#define CALLBACK_LANE_INITIALIZER(report, recover) {JOB_QUEUE_INITIALIZER, report, recover, 0, false, {0}, false, {0}, false}

/// Has a callback called after those before it; starts the lane's thread when it is the first.
void callback_lane_put(callback_lane *lane, callback callback);
/// Whether the caller is the lane's thread.
bool callback_lane_is_current(const callback_lane *lane);

#endif
