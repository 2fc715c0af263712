#define _GNU_SOURCE
#include "martlet_runtime.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

martlet_hooks martlet_runtime_hooks;
int32_t martlet_interrupt_requested;
int32_t martlet_cell_progress;

int martlet_must_stop(int32_t wanted) {
  (void)wanted;
  return martlet_runtime_hooks.must_stop ? martlet_runtime_hooks.must_stop() : 0;
}

void martlet_stop(void) {
  martlet_runtime_hooks.stop();
  abort();
}

void martlet_end_interrupted_cell(void) {
  if (martlet_runtime_hooks.must_stop && martlet_runtime_hooks.must_stop()) martlet_runtime_hooks.stop();
}

uint64_t martlet_nanoseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

martlet_input_status martlet_read_input(const char *prompt, int is_password, char **text) {
  *text = NULL;
  if (!martlet_runtime_hooks.input) return MARTLET_INPUT_NOT_ALLOWED;
  return martlet_runtime_hooks.input(prompt, is_password, text);
}

int martlet_has_input(void) { return martlet_runtime_hooks.input != NULL; }

void martlet_display(const uint8_t *bytes, size_t count) {
  if (martlet_runtime_hooks.display) martlet_runtime_hooks.display(bytes, count);
}

int martlet_is_main_thread(void) { return gettid() == getpid(); }
