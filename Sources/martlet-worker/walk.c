#include "walk.h"

static size_t follow(uintptr_t frame, uintptr_t low, uintptr_t high, void **frames, size_t capacity) {
  size_t count = 0;
  while (count < capacity && frame >= low && frame + 2 * sizeof(void *) <= high && frame % sizeof(void *) == 0) {
    uintptr_t next = ((uintptr_t *)frame)[0];
    void *return_address = ((void **)frame)[1];
    if (!return_address) break;
    frames[count++] = return_address;
    low = frame + 1;
    frame = next;
  }
  return count;
}

size_t walk_from(const guarded_thread *thread, registers start, void **frames, size_t capacity) {
  if (capacity == 0) return 0;
  frames[0] = (void *)start.instruction;
  if (!thread->stack) return 1;
  uintptr_t high = (uintptr_t)thread->stack + thread->stack_size;
  return 1 + follow(start.frame, start.stack, high, frames + 1, capacity - 1);
}

size_t walk_callers(const guarded_thread *thread, void *frame, void **frames, size_t capacity) {
  if (!thread->stack) return 0;
  uintptr_t high = (uintptr_t)thread->stack + thread->stack_size;
  uintptr_t low = (uintptr_t)frame;
  if (low < (uintptr_t)thread->stack) return 0;
  return follow(low, low, high, frames, capacity);
}
