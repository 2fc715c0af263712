// The variables of the cells that were loaded: where they lie, found by their symbols.
#ifndef MARTLET_VARIABLES_H
#define MARTLET_VARIABLES_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
  char *name;
  /// The mangled name, which also says of what type the variable is.
  const char *symbol;
  const void *address;
  /// How often reading the value has failed, how it failed last, and how many cells had run then.
  uint32_t failure_count;
  uint8_t failure;
  char *failure_message;
  uint32_t failure_age;
} variable;

/// Takes note of a loaded cell. For the cell's own thread.
void variables_add_cell(uint32_t cell, void *library);
/// The variables of a cell, valid for ever; none for a cell that was never loaded. For one thread.
variable *variables_of_cell(uint32_t cell, size_t *count);
/// How many cells were loaded so far.
uint32_t variables_cell_count(void);

#endif
