// Finds callers by the unwind tables that every library has, where there are no frame pointers to follow: the way back
// from a trap inside the Swift runtime or the C library to the cell.
#ifndef MARTLET_UNWIND_H
#define MARTLET_UNWIND_H

#include <stdbool.h>
#include <stddef.h>

/// Writes `instruction` and the return addresses above it; 0 where the tables do not lead there.
size_t unwind_from(const void *instruction, void **frames, size_t capacity);
/// Writes the return addresses of the calling function's callers.
size_t unwind_callers(void **frames, size_t capacity);
/// Called first by handlers of faults: gives up an unwinding that has itself run into bad memory, and does not return then.
void unwind_abandon_after_fault(void);

#endif
