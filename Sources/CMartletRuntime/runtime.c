#include "martlet_runtime.h"

martlet_hooks martlet_runtime_hooks;
int32_t martlet_interrupt_requested;
int32_t martlet_cell_progress;

void martlet_poll_slow(void) {
  if (martlet_runtime_hooks.interrupted) martlet_runtime_hooks.interrupted();
}

void martlet_end_interrupted_cell(void) {
  if (martlet_runtime_hooks.interrupted) martlet_runtime_hooks.interrupted();
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
