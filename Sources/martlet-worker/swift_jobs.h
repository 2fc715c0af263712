// The entry points of the Swift concurrency runtime that run a job. Their calling convention is the runtime's own.
#ifndef MARTLET_SWIFT_JOBS_H
#define MARTLET_SWIFT_JOBS_H

#include <stdbool.h>

#include "job_queue.h"

/// A job of the concurrency runtime; only the runtime looks inside.
typedef struct swift_job swift_job;

/// An executor as the runtime passes it around; both null for the global one.
typedef struct {
  void *identity;
  void *implementation;
} swift_executor;

#define SWIFT_CALL __attribute__((swiftcall))

/// Looks the functions up; false where the concurrency runtime is not loaded.
bool swift_jobs_find(void);
/// What runs a Swift job as the global or as the main executor; called on the thread that enqueues it, whose cell it works for.
job swift_jobs_for_global(swift_job *job);
job swift_jobs_for_main(swift_job *job);
/// Puts a function into one of the runtime's hook variables.
void swift_jobs_set_hook(const char *name, void *function);

#endif
