#include "delayed_jobs.h"

#include <stdlib.h>

#include "guarded_thread.h"

enum { CONTINUOUS_CLOCK = 1, BILLION = 1000000000 };

/// A century is for ever, and cannot overflow.
static const uint64_t longest_delay = (uint64_t)100 * 365 * 24 * 3600 * BILLION;

typedef struct waiting_job {
  job_queue *queue;
  swift_job *job;
  struct timespec time;
  struct waiting_job *next;
} waiting_job;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed;
/// The earliest first; equal times in the order in which they came.
static waiting_job *earliest;

static bool is_before(struct timespec a, struct timespec b) {
  return a.tv_sec < b.tv_sec || (a.tv_sec == b.tv_sec && a.tv_nsec < b.tv_nsec);
}

static struct timespec now(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return time;
}

struct timespec delayed_jobs_after(uint64_t nanoseconds) {
  if (nanoseconds > longest_delay) nanoseconds = longest_delay;
  struct timespec time = now(CLOCK_MONOTONIC);
  uint64_t fraction = (uint64_t)time.tv_nsec + nanoseconds % BILLION;
  time.tv_sec += (time_t)(nanoseconds / BILLION + fraction / BILLION);
  time.tv_nsec = (long)(fraction % BILLION);
  return time;
}

struct timespec delayed_jobs_at(long long seconds, long long nanoseconds, int clock) {
  struct timespec start = now(clock == CONTINUOUS_CLOCK ? CLOCK_BOOTTIME : CLOCK_MONOTONIC);
  __int128 remaining = (__int128)(seconds - start.tv_sec) * BILLION + nanoseconds - start.tv_nsec;
  if (remaining < 0) remaining = 0;
  if (remaining > (__int128)longest_delay) remaining = (__int128)longest_delay;
  return delayed_jobs_after((uint64_t)remaining);
}

void delayed_jobs_put(job_queue *queue, swift_job *job, struct timespec time) {
  critical_enter();
  waiting_job *entry = malloc(sizeof *entry);
  if (!entry) abort();
  *entry = (waiting_job){queue, job, time, NULL};
  pthread_mutex_lock(&lock);
  waiting_job **place = &earliest;
  while (*place && !is_before(time, (*place)->time)) place = &(*place)->next;
  entry->next = *place;
  *place = entry;
  pthread_cond_signal(&changed);
  pthread_mutex_unlock(&lock);
  critical_leave();
}

static void move_due_jobs(void) {
  while (earliest && !is_before(now(CLOCK_MONOTONIC), earliest->time)) {
    waiting_job *entry = earliest;
    earliest = entry->next;
    job_queue_put(entry->queue, entry->job);
    free(entry);
  }
}

static void *delay_main(void *unused) {
  (void)unused;
  pthread_mutex_lock(&lock);
  for (;;) {
    move_due_jobs();
    if (earliest) pthread_cond_timedwait(&changed, &lock, &(struct timespec){earliest->time.tv_sec, earliest->time.tv_nsec});
    else pthread_cond_wait(&changed, &lock);
  }
}

void delayed_jobs_start(void) {
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&changed, &attributes);
  pthread_condattr_destroy(&attributes);
  pthread_t thread;
  if (pthread_create(&thread, NULL, delay_main, NULL) != 0) abort();
  pthread_detach(thread);
}
