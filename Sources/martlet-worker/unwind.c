#include "unwind.h"

#include <setjmp.h>
#include <stdint.h>
#include <unwind.h>

typedef struct {
  /// Where to start; null for the first frame.
  const void *start;
  void **frames;
  size_t count, capacity, steps;
} trace;

/// The frames of the handlers and of the kernel's trampoline between the unwinder and what trapped are few.
enum { MAXIMUM_STEPS = 512 };

static __thread sigjmp_buf *volatile escape;

static _Unwind_Reason_Code step(struct _Unwind_Context *context, void *argument) {
  trace *trace = argument;
  int is_before_instruction = 0;
  uintptr_t address = _Unwind_GetIPInfo(context, &is_before_instruction);
  if (address == 0 || ++trace->steps > MAXIMUM_STEPS) return _URC_END_OF_STACK;
  if (trace->count == 0 && trace->start && address != (uintptr_t)trace->start) return _URC_NO_REASON;
  if (trace->count == trace->capacity) return _URC_END_OF_STACK;
  trace->frames[trace->count++] = (void *)address;
  return _URC_NO_REASON;
}

static size_t unwind(const void *start, void **frames, size_t capacity) {
  trace trace = {.start = start, .frames = frames, .capacity = capacity};
  sigjmp_buf here;
  if (sigsetjmp(here, 1) == 0) {
    escape = &here;
    _Unwind_Backtrace(step, &trace);
  }
  escape = NULL;
  return trace.count;
}

size_t unwind_from(const void *instruction, void **frames, size_t capacity) { return unwind(instruction, frames, capacity); }

size_t unwind_callers(void **frames, size_t capacity) { return unwind(__builtin_return_address(0), frames, capacity); }

void unwind_abandon_after_fault(void) {
  sigjmp_buf *target = escape;
  if (!target) return;
  escape = NULL;
  siglongjmp(*target, 1);
}
