// Follows frame pointers. Cells and the toolkit are compiled with them; system libraries often are not, so a walk may miss
// frames, but it never reads outside the thread's stack.
#ifndef MARTLET_WALK_H
#define MARTLET_WALK_H

#include "guarded_thread.h"
#include "registers.h"

/// Writes the instruction and the return addresses above it; returns how many.
size_t walk_from(const guarded_thread *thread, registers start, void **frames, size_t capacity);
/// Writes the return addresses of the caller's frames; `frame` is the caller's `__builtin_frame_address(0)`.
size_t walk_callers(const guarded_thread *thread, void *frame, void **frames, size_t capacity);

#endif
