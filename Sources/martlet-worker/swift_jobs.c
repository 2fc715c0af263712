#include "swift_jobs.h"

#include <dlfcn.h>
#include <stddef.h>

typedef SWIFT_CALL void (*run_function)(swift_job *job, swift_executor executor);
typedef SWIFT_CALL swift_executor (*main_executor_function)(void);

static run_function run;
static main_executor_function main_executor;

bool swift_jobs_find(void) {
  run = (run_function)dlsym(RTLD_DEFAULT, "swift_job_run");
  main_executor = (main_executor_function)dlsym(RTLD_DEFAULT, "swift_task_getMainExecutor");
  return run && main_executor;
}

void swift_jobs_run_global(swift_job *job) { run(job, (swift_executor){NULL, NULL}); }

void swift_jobs_run_main(swift_job *job) { run(job, main_executor()); }

void swift_jobs_set_hook(const char *name, void *function) {
  void **place = dlsym(RTLD_DEFAULT, name);
  if (place) *place = function;
}
