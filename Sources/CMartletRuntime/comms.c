#define _GNU_SOURCE
#include "martlet_comms.h"

#include <pthread.h>
#include <stdlib.h>

martlet_comm_hooks martlet_runtime_comm_hooks;

int martlet_has_comms(void) { return martlet_runtime_comm_hooks.send != NULL; }

void martlet_comm_send(uint8_t kind, const uint8_t *bytes, size_t count) {
  if (martlet_runtime_comm_hooks.send) martlet_runtime_comm_hooks.send(kind, bytes, count);
}

void martlet_call_back(void (*run)(void *context), void (*failed)(void *context, const char *message), void *context) {
  if (martlet_runtime_comm_hooks.call) martlet_runtime_comm_hooks.call(run, failed, context);
  else run(context);
}

int martlet_is_callback(void) {
  return martlet_runtime_comm_hooks.is_callback ? martlet_runtime_comm_hooks.is_callback() : 1;
}

uint32_t martlet_origin(void) { return martlet_runtime_comm_hooks.origin ? martlet_runtime_comm_hooks.origin() : 0; }

uint32_t martlet_origin_behind(uint32_t origin) {
  return martlet_runtime_comm_hooks.behind ? martlet_runtime_comm_hooks.behind(origin) : origin;
}

void martlet_work_for(uint32_t origin) {
  if (martlet_runtime_comm_hooks.work_for) martlet_runtime_comm_hooks.work_for(origin);
}

uint32_t martlet_capture(uint32_t number) {
  return martlet_runtime_comm_hooks.capture ? martlet_runtime_comm_hooks.capture(number) : 0;
}

int martlet_take_captured(uint32_t number, uint8_t *kind, uint8_t **bytes, size_t *count) {
  if (!martlet_runtime_comm_hooks.take_captured) return 0;
  return martlet_runtime_comm_hooks.take_captured(number, kind, bytes, count);
}

// MARK: Locks

struct martlet_lock {
  pthread_mutex_t mutex;
};

static void change_critical(int change) {
  if (martlet_runtime_comm_hooks.critical) martlet_runtime_comm_hooks.critical(change);
}

martlet_lock *martlet_lock_create(void) {
  martlet_lock *lock = malloc(sizeof *lock);
  if (!lock || pthread_mutex_init(&lock->mutex, NULL) != 0) abort();
  return lock;
}

void martlet_lock_enter(martlet_lock *lock) {
  change_critical(1);
  pthread_mutex_lock(&lock->mutex);
}

void martlet_lock_leave(martlet_lock *lock) {
  pthread_mutex_unlock(&lock->mutex);
  change_critical(-1);
}

void martlet_lock_destroy(martlet_lock *lock) {
  pthread_mutex_destroy(&lock->mutex);
  free(lock);
}
