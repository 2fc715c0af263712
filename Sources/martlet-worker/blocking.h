// What the cell's thread is doing in the kernel, as /proc says.
#ifndef MARTLET_BLOCKING_H
#define MARTLET_BLOCKING_H

#include <stdbool.h>
#include <sys/types.h>

typedef struct {
  /// Whether the thread is in a call that only waits, and nothing is half done when it is left.
  bool waits;
  /// Whether it waits for a line on standard input.
  bool reads_standard_input;
  /// Tells one wait from the next.
  unsigned long stack_pointer;
  long call;
} blocking_state;

blocking_state blocking_state_of(pid_t thread);

#endif
