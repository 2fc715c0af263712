#define _GNU_SOURCE
#include <errno.h>
#include <semaphore.h>
#include <stdlib.h>
#include <time.h>

#include "martlet_runtime.h"

struct martlet_event {
  sem_t happened;
};

martlet_event *martlet_event_create(void) {
  martlet_event *event = malloc(sizeof *event);
  if (!event || sem_init(&event->happened, 0, 0) != 0) abort();
  return event;
}

void martlet_event_signal(martlet_event *event) { sem_post(&event->happened); }

int martlet_event_wait(martlet_event *event) {
  if (martlet_runtime_hooks.wait) return martlet_runtime_hooks.wait(event);
  while (sem_wait(&event->happened) != 0 && errno == EINTR) {
  }
  return 0;
}

int martlet_event_wait_briefly(martlet_event *event, int milliseconds) {
  struct timespec end;
  clock_gettime(CLOCK_MONOTONIC, &end);
  end.tv_nsec += (long)(milliseconds % 1000) * 1000000;
  end.tv_sec += milliseconds / 1000 + end.tv_nsec / 1000000000;
  end.tv_nsec %= 1000000000;
  int result;
  while ((result = sem_clockwait(&event->happened, CLOCK_MONOTONIC, &end)) != 0 && errno == EINTR) {
  }
  return result != 0;
}

void martlet_event_destroy(martlet_event *event) {
  sem_destroy(&event->happened);
  free(event);
}
