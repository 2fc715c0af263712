#include "library.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "guarded_thread.h"

static int32_t no_interrupt_requested, no_cell_progress;

static int no_event(martlet_event *event, int milliseconds) {
  (void)event, (void)milliseconds;
  return 0;
}

static void describe_nothing(void *error, char **name, char **description) {
  (void)error;
  *name = NULL;
  *description = NULL;
}

static char *no_variable(const char *symbol) {
  (void)symbol;
  return NULL;
}

static void no_answer(
  const char *symbol, const void *address, const uint8_t *question, size_t count, void *context,
  void (*reply)(void *context, const uint8_t *bytes, size_t count)) {
  (void)symbol, (void)address, (void)question, (void)count, (void)context, (void)reply;
}

runtime_symbols runtime = {&no_interrupt_requested, &no_cell_progress, no_event, describe_nothing, no_variable, no_answer};

const char *library_load(const char *path) {
  critical_enter();
  void *handle = dlopen(path, RTLD_NOW | RTLD_GLOBAL);
  const char *failure = handle ? NULL : dlerror();
  critical_leave();
  return failure;
}

static void find(const char *name, void *pointer) {
  void *symbol = dlsym(RTLD_DEFAULT, name);
  if (symbol) memcpy(pointer, &symbol, sizeof symbol);
}

void library_connect(const martlet_hooks *hooks) {
  find("martlet_interrupt_requested", &runtime.interrupt_requested);
  find("martlet_cell_progress", &runtime.cell_progress);
  find("martlet_event_wait_briefly", &runtime.event_wait_briefly);
  find("martlet_describe_error", &runtime.describe_error);
  find("martlet_variable_name", &runtime.variable_name);
  find("martlet_inspect_variable", &runtime.inspect_variable);
  martlet_hooks *place = dlsym(RTLD_DEFAULT, "martlet_runtime_hooks");
  if (place) *place = *hooks;
}
