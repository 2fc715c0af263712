#include "main_loop.h"

#include <dlfcn.h>
#include <stdint.h>

#include "cell.h"
#include "guarded_thread.h"
#include "interpose.h"
#include "origin.h"
#include "swift_jobs.h"

/// The part of CoreFoundation that is used, found at run time: Foundation may not be there.
static struct {
  void *(*get_main)(void);
  int32_t (*run_in_mode)(const void *mode, double seconds, uint8_t return_after_source);
  void (*stop)(void *loop);
  void (*wake_up)(void *loop);
  void *(*source_create)(const void *allocator, long order, void *context);
  void (*add_source)(void *loop, void *source, const void *mode);
  void (*source_signal)(void *source);
  const void **default_mode, **common_modes;
} foundation;

/// CFRunLoopSourceContext, version 0.
typedef struct {
  long version;
  void *info;
  const void *(*retain)(const void *);
  void (*release)(const void *);
  void *(*copy_description)(const void *);
  unsigned char (*equal)(const void *, const void *);
  unsigned long (*hash)(const void *);
  void (*schedule)(void *, void *, const void *);
  void (*cancel)(void *, void *, const void *);
  void (*perform)(void *);
} source_context;

static const double for_ever = 1e9;

static job_queue main_jobs = JOB_QUEUE_INITIALIZER;
static guarded_thread main_thread = {.role = ROLE_MAIN};
static void *main_run_loop, *jobs_source;

static void *symbol(const char *name) { return dlsym(RTLD_DEFAULT, name); }

static bool find_foundation(void) {
  foundation.get_main = (void *(*)(void))symbol("CFRunLoopGetMain");
  foundation.run_in_mode = (int32_t(*)(const void *, double, uint8_t))symbol("CFRunLoopRunInMode");
  foundation.stop = (void (*)(void *))symbol("CFRunLoopStop");
  foundation.wake_up = (void (*)(void *))symbol("CFRunLoopWakeUp");
  foundation.source_create = (void *(*)(const void *, long, void *))symbol("CFRunLoopSourceCreate");
  foundation.add_source = (void (*)(void *, void *, const void *))symbol("CFRunLoopAddSource");
  foundation.source_signal = (void (*)(void *))symbol("CFRunLoopSourceSignal");
  foundation.default_mode = symbol("kCFRunLoopDefaultMode");
  foundation.common_modes = symbol("kCFRunLoopCommonModes");
  return foundation.get_main && foundation.run_in_mode && foundation.stop && foundation.wake_up && foundation.source_create &&
         foundation.add_source && foundation.source_signal && foundation.default_mode && foundation.common_modes;
}

static void run_jobs(void) {
  job job;
  while ((job = job_queue_take_if_any(&main_jobs)).run) job_run(job);
}

/// Whether the run loop that is running is the outermost one, started by `serve`.
static bool is_outermost_loop;

/// The run loop returns, and the jobs are run from outside of it, where leaving one of them leaves nothing half done.
/// A run loop that the user's code runs on the main thread must not return early: there they are run inside.
static void perform_jobs(void *unused) {
  (void)unused;
  if (is_outermost_loop) foundation.stop(main_run_loop);
  else run_jobs();
}

void main_loop_put(job job) {
  job_queue_put(&main_jobs, job);
  if (!jobs_source) return;
  foundation.source_signal(jobs_source);
  foundation.wake_up(main_run_loop);
}

bool main_loop_takes_blocks(void) { return jobs_source != NULL; }

// MARK: The main actor

/// The main actor's executor, an object of the toolkit's that hands jobs to `martlet_enqueue_main`.
static swift_executor main_executor;

static SWIFT_CALL swift_executor get_main_executor(void *original) {
  (void)original;
  return main_executor;
}

static SWIFT_CALL bool is_main_executor(swift_executor executor, void *original) {
  (void)original;
  return executor.identity == main_executor.identity;
}

static void enqueue_on_main(void *job) { main_loop_put(swift_jobs_for_main(job)); }

/// Jobs reach the main actor either through its executor or, from some paths of the runtime, through this hook.
static SWIFT_CALL void enqueue_main(swift_job *job, void *original) {
  (void)original;
  enqueue_on_main(job);
}

static void take_over_main_actor(void) {
  void (*make)(void (*)(void *), swift_executor *) =
    (void (*)(void (*)(void *), swift_executor *))symbol("martlet_make_main_executor");
  if (!make) return;
  make(enqueue_on_main, &main_executor);
  swift_jobs_set_hook("swift_task_getMainExecutor_hook", (void *)get_main_executor);
  swift_jobs_set_hook("swift_task_isMainExecutor_hook", (void *)is_main_executor);
  swift_jobs_set_hook("swift_task_enqueueMainExecutor_hook", (void *)enqueue_main);
}

void main_loop_take_over(void) {
  if (find_foundation()) {
    static source_context context = {.perform = perform_jobs};
    main_run_loop = foundation.get_main();
    jobs_source = foundation.source_create(NULL, 0, &context);
    foundation.add_source(main_run_loop, jobs_source, *foundation.common_modes);
  }
  take_over_main_actor();
}

/// Foundation calls this for the blocks on the main dispatch queue. The queue cannot be left half-way, so while it is
/// being drained the thread has no base.
INTERPOSED void _dispatch_main_queue_callback_4CF(void *message) {
  static void (*original)(void *);
  if (!original) original = (void (*)(void *))dlsym(RTLD_NEXT, "_dispatch_main_queue_callback_4CF");
  sig_atomic_t was_active = main_thread.is_active;
  main_thread.is_active = 0;
  original(message);
  main_thread.is_active = was_active;
}

static void serve(void) {
  main_thread.is_active = 1;
  for (;;) {
    if (jobs_source) {
      run_jobs();
      is_outermost_loop = true;
      foundation.run_in_mode(*foundation.default_mode, for_ever, 0);
      is_outermost_loop = false;
    } else {
      main_thread.is_active = 0;
      job job = job_queue_take(&main_jobs);
      main_thread.is_active = 1;
      job_run(job);
    }
  }
}

_Noreturn void main_loop_run(void) {
  guarded_thread_enter(&main_thread);
  if (sigsetjmp(main_thread.base, 1) != 0) {
    origin_cell = 0;
    if (main_thread.outcome.status != STATUS_INTERRUPTED) cell_fail_from_elsewhere(&main_thread.outcome);
  }
  for (;;) serve();
}
