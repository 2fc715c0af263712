#include "job_queue.h"

#include <stdlib.h>

#include "guarded_thread.h"
#include "origin.h"

static void lock(job_queue *queue) {
  critical_enter();
  pthread_mutex_lock(&queue->lock);
}

static void unlock(job_queue *queue) {
  pthread_mutex_unlock(&queue->lock);
  critical_leave();
}

void job_queue_put(job_queue *queue, job job) {
  critical_enter();
  job_node *node = malloc(sizeof *node);
  if (!node) abort();
  *node = (job_node){.job = job};
  lock(queue);
  if (queue->last) queue->last->next = node;
  else queue->first = node;
  queue->last = node;
  pthread_cond_signal(&queue->changed);
  unlock(queue);
  critical_leave();
}

/// With the lock held.
static job take(job_queue *queue) {
  job_node *node = queue->first;
  if (!node) return (job){0};
  queue->first = node->next;
  if (!queue->first) queue->last = NULL;
  job taken = node->job;
  free(node);
  return taken;
}

job job_queue_take(job_queue *queue) {
  lock(queue);
  job job;
  while (!(job = take(queue)).run) pthread_cond_wait(&queue->changed, &queue->lock);
  unlock(queue);
  return job;
}

job job_queue_take_if_any(job_queue *queue) {
  lock(queue);
  job job = take(queue);
  unlock(queue);
  return job;
}

void job_run(job job) {
  uint32_t previous = origin_cell;
  origin_cell = job.cell;
  job.run(job.context);
  origin_cell = previous;
}
