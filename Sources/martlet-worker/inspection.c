#include "inspection.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "guarded_thread.h"
#include "inspection_request.h"
#include "reading.h"

/// For how long one request may read values; what is left is told by its type.
enum { PATIENCE_MILLISECONDS = 3000 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static inspection_request *first, **last = &first;
static bool is_paused, is_reading;

void inspection_enqueue(frame_reader *reader) {
  inspection_request *request = inspection_request_decode(reader);
  if (!request) return;
  pthread_mutex_lock(&lock);
  *last = request;
  last = &request->next;
  pthread_cond_broadcast(&changed);
  pthread_mutex_unlock(&lock);
}

static inspection_request *dequeue(void) {
  pthread_mutex_lock(&lock);
  while (!first) pthread_cond_wait(&changed, &lock);
  inspection_request *request = first;
  first = request->next;
  if (!first) last = &first;
  pthread_mutex_unlock(&lock);
  return request;
}

// MARK: Beside cells

void inspection_pause(void) {
  pthread_mutex_lock(&lock);
  is_paused = true;
  while (is_reading) pthread_cond_wait(&changed, &lock);
  pthread_mutex_unlock(&lock);
}

void inspection_resume(void) {
  pthread_mutex_lock(&lock);
  is_paused = false;
  pthread_mutex_unlock(&lock);
}

bool inspection_is_paused(void) {
  critical_enter();
  pthread_mutex_lock(&lock);
  bool result = is_paused;
  pthread_mutex_unlock(&lock);
  critical_leave();
  return result;
}

static bool begin_reading(void) {
  pthread_mutex_lock(&lock);
  is_reading = !is_paused;
  bool result = is_reading;
  pthread_mutex_unlock(&lock);
  return result;
}

static void end_reading(void) {
  pthread_mutex_lock(&lock);
  is_reading = false;
  pthread_cond_broadcast(&changed);
  pthread_mutex_unlock(&lock);
}

// MARK: Answering

/// How often a variable is tried again that could not be read: each failure costs a thread for ever.
enum { MAXIMUM_FAILURES = 3 };

/// Whether a variable that could not be read is to be left alone: nothing has run since, or it has failed too often.
static bool is_hopeless(const inspection_item *item) {
  const variable *variable = item->variable;
  if (variable->failure_count == 0 || item->question[0] != QUESTION_VALUE) return false;
  return variable->failure_count >= MAXIMUM_FAILURES || variable->failure_age == variables_cell_count();
}

static void prepare(inspection_request *request) {
  for (size_t i = 0; i < request->count; i++) {
    inspection_item *item = &request->items[i];
    if (!item->variable || !is_hopeless(item)) continue;
    inspection_item_reduce(item, (answer_status)item->variable->failure);
    if (item->variable->failure_message) item->message = strdup(item->variable->failure_message);
  }
}

/// From `place` on, whatever asks for more than a type is answered with the type.
static void reduce(inspection_request *request, size_t place, answer_status status) {
  for (size_t i = place; i < request->count; i++) {
    inspection_item *item = &request->items[i];
    if (item->variable && item->question[0] != QUESTION_TYPE) inspection_item_reduce(item, status);
  }
}

static bool has_passed(const struct timespec *start, int milliseconds) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (now.tv_sec - start->tv_sec) * 1000 + (now.tv_nsec - start->tv_nsec) / 1000000 > milliseconds;
}

static void answer(inspection_request *request) {
  struct timespec start;
  clock_gettime(CLOCK_MONOTONIC, &start);
  inspection_request_resolve(request);
  prepare(request);
  size_t place = 0;
  while (place < request->count) {
    bool may_read = begin_reading();
    if (!may_read) reduce(request, place, ANSWER_RUNNING);
    else if (has_passed(&start, PATIENCE_MILLISECONDS)) reduce(request, place, ANSWER_SKIPPED);
    place = reading_run(request, place);
    if (may_read) end_reading();
  }
  inspection_request_answer(request);
  inspection_request_free(request);
}

static void *inspection_main(void *unused) {
  (void)unused;
  for (;;) answer(dequeue());
}

void inspection_start(void) {
  reading_install();
  pthread_t thread;
  if (pthread_create(&thread, NULL, inspection_main, NULL) != 0) abort();
  pthread_detach(thread);
}
