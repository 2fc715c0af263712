// First in, first out: work on its way to a thread.
#ifndef MARTLET_JOB_QUEUE_H
#define MARTLET_JOB_QUEUE_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/// A function, what it is called with, and the cell it works for; a null function is no job.
typedef struct {
  void (*run)(void *context);
  void *context;
  uint32_t cell;
} job;

typedef struct job_node {
  job job;
  struct job_node *next;
} job_node;

typedef struct {
  pthread_mutex_t lock;
  pthread_cond_t changed;
  job_node *first, *last;
} job_queue;

#define JOB_QUEUE_INITIALIZER {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, NULL, NULL}

void job_queue_put(job_queue *queue, job job);
/// The next job; waits for one.
job job_queue_take(job_queue *queue);
/// The next job, or none when there is none now.
job job_queue_take_if_any(job_queue *queue);
/// Runs a job on the calling thread, which works for the job's cell meanwhile.
void job_run(job job);

#endif
