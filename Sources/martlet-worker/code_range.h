// Where code lies, to tell who calls.
#ifndef MARTLET_CODE_RANGE_H
#define MARTLET_CODE_RANGE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct {
  uintptr_t low, high;
} code_range;

static inline bool code_range_contains(code_range range, const void *address) {
  return (uintptr_t)address >= range.low && (uintptr_t)address < range.high;
}

/// An exported function's code; empty where it is not loaded.
code_range code_range_of_function(const char *name);
/// All code of the library that exports a function; empty where it is not loaded.
code_range code_range_of_image(const char *function);

#endif
