#include "request.h"

#include <pthread.h>
#include <stdlib.h>

enum { MAXIMUM_LIBRARIES = 4096 };

static pthread_mutex_t queue_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t queue_changed = PTHREAD_COND_INITIALIZER;
static run_request *first, **last = &first;

static bool decode_libraries(run_request *request, frame_reader *reader) {
  uint32_t count = frame_get_u32(reader);
  if (reader->failed || count > MAXIMUM_LIBRARIES) return false;
  request->libraries = calloc(count + 1, sizeof *request->libraries);
  if (!request->libraries) return false;
  for (uint32_t i = 0; i < count; i++) {
    char *path = frame_get_string(reader);
    if (!path) return false;
    request->libraries[request->library_count++] = path;
  }
  return true;
}

run_request *run_request_decode(frame_reader *reader) {
  run_request *request = calloc(1, sizeof *request);
  if (!request) return NULL;
  request->cell = frame_get_u32(reader);
  bool is_complete = decode_libraries(request, reader);
  if (is_complete) {
    request->path = frame_get_string(reader);
    request->entry = frame_get_string(reader);
    is_complete = request->path && request->entry;
  }
  if (is_complete) return request;
  run_request_free(request);
  return NULL;
}

void run_request_free(run_request *request) {
  for (uint32_t i = 0; i < request->library_count; i++) free(request->libraries[i]);
  free(request->libraries);
  free(request->path);
  free(request->entry);
  free(request);
}

void run_request_enqueue(run_request *request) {
  pthread_mutex_lock(&queue_lock);
  *last = request;
  last = &request->next;
  pthread_cond_signal(&queue_changed);
  pthread_mutex_unlock(&queue_lock);
}

run_request *run_request_dequeue(void) {
  pthread_mutex_lock(&queue_lock);
  while (!first) pthread_cond_wait(&queue_changed, &queue_lock);
  run_request *request = first;
  first = request->next;
  if (!first) last = &first;
  pthread_mutex_unlock(&queue_lock);
  return request;
}
