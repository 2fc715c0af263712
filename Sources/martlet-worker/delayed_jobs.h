// Jobs that wait for their time: what `Task.sleep` is made of.
#ifndef MARTLET_DELAYED_JOBS_H
#define MARTLET_DELAYED_JOBS_H

#include <stdint.h>
#include <time.h>

#include "job_queue.h"

void delayed_jobs_start(void);
/// Moves the job to the queue at the given time of CLOCK_MONOTONIC.
void delayed_jobs_put(job_queue *queue, swift_job *job, struct timespec time);
struct timespec delayed_jobs_after(uint64_t nanoseconds);
/// A time of one of Swift's clocks: 1 goes on while the machine sleeps, 2 does not.
struct timespec delayed_jobs_at(long long seconds, long long nanoseconds, int clock);

#endif
