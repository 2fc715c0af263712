// What compiled cells and the toolkit need from the process they run in. The worker fills the hooks in; in any other
// program (a unit test, a command-line tool that links the toolkit) they stay null and everything still works.
#ifndef MARTLET_RUNTIME_H
#define MARTLET_RUNTIME_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
  /// Sends an encoded display message to the session, after flushing standard output.
  void (*display)(const uint8_t *bytes, size_t count);
  /// Ends the running cell because it was interrupted; does not return on a cell's thread.
  void (*interrupted)(void);
} martlet_hooks;

extern martlet_hooks martlet_runtime_hooks;
/// Not zero while an interrupt is wanted.
extern int32_t martlet_interrupt_requested;
/// How many of the running cell's variable declarations have been given their values.
extern int32_t martlet_cell_progress;

void martlet_poll_slow(void);

/// Placed by the rewriter at the heads of loops, and by the toolkit in long ones: one relaxed load.
static inline void martlet_poll(void) {
  if (__builtin_expect(__atomic_load_n(&martlet_interrupt_requested, __ATOMIC_RELAXED) != 0, 0)) martlet_poll_slow();
}

/// Placed by the rewriter after a cell's variable declarations, so that the session knows which of them have a value.
static inline void martlet_mark(int32_t count) { martlet_cell_progress = count; }

#endif
