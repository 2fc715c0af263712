// `run` requests, and the queue in which they wait for the runner.
#ifndef MARTLET_REQUEST_H
#define MARTLET_REQUEST_H

#include "frame.h"

typedef struct run_request {
  uint32_t cell;
  uint32_t library_count;
  char **libraries;
  char *path;
  char *entry;
  struct run_request *next;
} run_request;

/// Null where the payload is not a request.
run_request *run_request_decode(frame_reader *reader);
void run_request_free(run_request *request);
void run_request_enqueue(run_request *request);
/// Waits for the next request.
run_request *run_request_dequeue(void);

#endif
