#include "task_pool.h"

#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "cell.h"
#include "delayed_jobs.h"
#include "fork.h"
#include "guarded_thread.h"
#include "main_loop.h"
#include "swift_jobs.h"

#define POOL_STACK_SIZE ((size_t)64 * 1024 * 1024)
/// With fewer, one Task that blocks (which Swift forbids, and people do) would stop all others.
enum { MINIMUM_THREADS = 4 };

static job_queue ready = JOB_QUEUE_INITIALIZER;

static void start_thread(void);

static void forget(void *thread) { free(thread); }

/// Runs jobs until one of them has to be left.
static void run_jobs(guarded_thread *thread) {
  for (;;) {
    job job = job_queue_take(&ready);
    thread->is_active = 1;
    job_run(job);
    thread->is_active = 0;
  }
}

static void *pool_main(void *argument) {
  guarded_thread *thread = argument;
  guarded_thread_enter(thread);
  if (sigsetjmp(thread->base, 1) == 0) run_jobs(thread);
  // A job was left. The runtime's thread-local records point into it, so this thread is of no more use.
  start_thread();
  if (thread->outcome.status != STATUS_INTERRUPTED) cell_fail_from_elsewhere(&thread->outcome);
  guarded_thread_park(thread, forget, thread);
}

static void start_thread(void) {
  guarded_thread *thread = calloc(1, sizeof *thread);
  if (!thread) abort();
  thread->role = ROLE_POOL;
  if (!guarded_thread_start(thread, POOL_STACK_SIZE, pool_main, thread)) free(thread);
  else pthread_detach(thread->thread);
}

// MARK: Hooks

static SWIFT_CALL void enqueue(swift_job *job, void *original) {
  (void)original;
  job_queue_put(&ready, swift_jobs_for_global(job));
}

static SWIFT_CALL void enqueue_with_delay(uint64_t nanoseconds, swift_job *job, void *original) {
  (void)original;
  delayed_jobs_put(&ready, swift_jobs_for_global(job), delayed_jobs_after(nanoseconds));
}

static SWIFT_CALL void enqueue_with_deadline(
  long long seconds, long long nanoseconds, long long tolerance_seconds, long long tolerance_nanoseconds, int clock,
  swift_job *job, void *original) {
  (void)tolerance_seconds, (void)tolerance_nanoseconds, (void)original;
  delayed_jobs_put(&ready, swift_jobs_for_global(job), delayed_jobs_at(seconds, nanoseconds, clock));
}

void task_pool_start(void) {
  if (!swift_jobs_find()) return;
  delayed_jobs_start();
  long cores = sysconf(_SC_NPROCESSORS_ONLN);
  long count = cores > MINIMUM_THREADS ? cores : MINIMUM_THREADS;
  for (long i = 0; i < count; i++) start_thread();
  swift_jobs_set_hook("swift_task_enqueueGlobal_hook", (void *)enqueue);
  swift_jobs_set_hook("swift_task_enqueueGlobalWithDelay_hook", (void *)enqueue_with_delay);
  swift_jobs_set_hook("swift_task_enqueueGlobalWithDeadline_hook", (void *)enqueue_with_deadline);
  main_loop_take_over();
}
