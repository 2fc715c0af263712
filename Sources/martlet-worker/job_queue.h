// First in, first out: Swift jobs on their way to a thread.
#ifndef MARTLET_JOB_QUEUE_H
#define MARTLET_JOB_QUEUE_H

#include <pthread.h>
#include <stdbool.h>

/// A job of the Swift concurrency runtime; only the runtime looks inside.
typedef struct swift_job swift_job;

typedef struct job_node {
  swift_job *job;
  struct job_node *next;
} job_node;

typedef struct {
  pthread_mutex_t lock;
  pthread_cond_t changed;
  job_node *first, *last;
} job_queue;

#define JOB_QUEUE_INITIALIZER {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, NULL, NULL}

void job_queue_put(job_queue *queue, swift_job *job);
/// The next job; waits for one.
swift_job *job_queue_take(job_queue *queue);
/// The next job, or null when there is none now.
swift_job *job_queue_take_if_any(job_queue *queue);

#endif
