#include "callback_lane.h"

#include <pthread.h>
#include <stdlib.h>

#include "fatal_text.h"
#include "guarded_thread.h"
#include "late_output.h"
#include "streams.h"

#define LANE_STACK_SIZE ((size_t)256 * 1024 * 1024)

typedef struct {
  guarded_thread thread;
  callback_lane *lane;
} lane_thread;

static __thread callback_lane *current_lane;
static pthread_mutex_t start_lock = PTHREAD_MUTEX_INITIALIZER;

static void start_thread(callback_lane *lane);

/// The owner of a callback that was left gets to know, on the thread that takes the place of the one that ran it.
static void tell_failure(callback_lane *lane) {
  if (!lane->has_failure) return;
  lane->has_failure = false;
  callback left = lane->current;
  // Should its owner's code trap as well, that is the end of it.
  lane->current.failed = NULL;
  origin_cell = left.origin;
  current_thread->is_active = 1;
  if (lane->recover) lane->recover(&left);
  origin_cell = left.origin;
  if (left.failed) left.failed(left.context, lane->failure.message);
  current_thread->is_active = 0;
  origin_cell = 0;
}

static void run_callbacks(callback_lane *lane) {
  tell_failure(lane);
  for (;;) {
    job job = job_queue_take(&lane->queue);
    lane->current = *(callback *)job.context;
    free(job.context);
    origin_cell = lane->current.origin;
    lane->is_running = true;
    current_thread->is_active = 1;
    lane->current.run(lane->current.context);
    current_thread->is_active = 0;
    lane->is_running = false;
    origin_cell = 0;
  }
}

static void forget(void *thread) { free(thread); }

static void *lane_main(void *argument) {
  lane_thread *self = argument;
  callback_lane *lane = self->lane;
  current_lane = lane;
  guarded_thread_enter(&self->thread);
  lane->thread = pthread_self();
  if (sigsetjmp(self->thread.base, 1) == 0) run_callbacks(lane);
  // A callback was left, which is of no more use to this thread than a cell's to the cell's.
  lane->is_running = false;
  lane->failure = self->thread.outcome;
  lane->has_failure = true;
  streams_release_locks();
  fatal_text_show_unused();
  late_output_flush();
  if (lane->report) lane->report(&lane->current, &lane->failure);
  start_thread(lane);
  guarded_thread_park(&self->thread, forget, self);
}

static void start_thread(callback_lane *lane) {
  lane_thread *self = calloc(1, sizeof *self);
  if (!self) abort();
  self->lane = lane;
  self->thread.role = ROLE_CALLBACK;
  // The thread works for whatever its callbacks work for, not for who starts it.
  uint32_t origin = origin_cell;
  origin_cell = 0;
  if (guarded_thread_start(&self->thread, LANE_STACK_SIZE, lane_main, self)) pthread_detach(self->thread.thread);
  else free(self);
  origin_cell = origin;
}

void callback_lane_put(callback_lane *lane, callback given) {
  critical_enter();
  callback *copy = malloc(sizeof *copy);
  if (!copy) abort();
  *copy = given;
  job_queue_put(&lane->queue, (job){given.run, copy, given.origin});
  pthread_mutex_lock(&start_lock);
  bool is_first = !lane->has_started;
  lane->has_started = true;
  pthread_mutex_unlock(&start_lock);
  if (is_first) start_thread(lane);
  critical_leave();
}

bool callback_lane_is_current(const callback_lane *lane) { return current_lane == lane; }
