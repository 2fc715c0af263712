#include "martlet_runtime.h"

martlet_hooks martlet_runtime_hooks;
int32_t martlet_interrupt_requested;
int32_t martlet_cell_progress;

void martlet_poll_slow(void) {
  if (martlet_runtime_hooks.interrupted) martlet_runtime_hooks.interrupted();
}
