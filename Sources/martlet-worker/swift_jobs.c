#include "swift_jobs.h"

#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>

#include "origin.h"

typedef SWIFT_CALL void (*run_function)(swift_job *job, swift_executor executor);
typedef SWIFT_CALL swift_executor (*main_executor_function)(void);
typedef SWIFT_CALL uint64_t (*identifier_function)(swift_job *job);

static run_function run;
static main_executor_function main_executor;
static identifier_function task_identifier;

bool swift_jobs_find(void) {
  run = (run_function)dlsym(RTLD_DEFAULT, "swift_job_run");
  main_executor = (main_executor_function)dlsym(RTLD_DEFAULT, "swift_task_getMainExecutor");
  task_identifier = (identifier_function)dlsym(RTLD_DEFAULT, "swift_task_getJobTaskId");
  return run && main_executor;
}

static void run_global(void *job) { run(job, (swift_executor){NULL, NULL}); }

static void run_main(void *job) { run(job, main_executor()); }

static uint32_t cell_of(swift_job *job) { return task_identifier ? origin_of_task(task_identifier(job)) : origin_cell; }

job swift_jobs_for_global(swift_job *swift_job) { return (job){run_global, swift_job, cell_of(swift_job)}; }

job swift_jobs_for_main(swift_job *swift_job) { return (job){run_main, swift_job, cell_of(swift_job)}; }

void swift_jobs_set_hook(const char *name, void *function) {
  void **place = dlsym(RTLD_DEFAULT, name);
  if (place) *place = function;
}
