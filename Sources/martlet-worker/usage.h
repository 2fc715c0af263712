// How much time something took, in nanoseconds.
#ifndef MARTLET_USAGE_H
#define MARTLET_USAGE_H

#include <stdint.h>

typedef struct {
  uint64_t wall;
  /// The processor time of all threads of the process.
  uint64_t processor;
  /// The part of it that the system spent.
  uint64_t system;
} usage;

/// What the clocks show.
usage usage_now(void);
/// What has been used since `start`, which the clocks showed earlier.
usage usage_since(const usage *start);

#endif
