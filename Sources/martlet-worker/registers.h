// The three registers that a walk over frames starts from, for the processors we run on.
#ifndef MARTLET_REGISTERS_H
#define MARTLET_REGISTERS_H

#include <stdbool.h>
#include <stdint.h>
#include <ucontext.h>

typedef struct {
  uintptr_t instruction, frame, stack;
} registers;

#if defined(__x86_64__)
static inline registers registers_of(const ucontext_t *context) {
  const greg_t *values = context->uc_mcontext.gregs;
  return (registers){(uintptr_t)values[REG_RIP], (uintptr_t)values[REG_RBP], (uintptr_t)values[REG_RSP]};
}

/// Whether the thread was interrupted in a system call: right behind the instruction, or about to make the call again.
static inline bool is_at_system_call(const ucontext_t *context) {
  const uint8_t *next = (const uint8_t *)context->uc_mcontext.gregs[REG_RIP];
  return (next[-2] == 0x0F && next[-1] == 0x05) || (next[0] == 0x0F && next[1] == 0x05);
}
#elif defined(__aarch64__)
static inline registers registers_of(const ucontext_t *context) {
  const mcontext_t *machine = &context->uc_mcontext;
  return (registers){machine->pc, machine->regs[29], machine->sp};
}

static inline bool is_at_system_call(const ucontext_t *context) {
  enum { SUPERVISOR_CALL = 0xD4000001 };
  const uint32_t *next = (const uint32_t *)context->uc_mcontext.pc;
  return next[-1] == SUPERVISOR_CALL || next[0] == SUPERVISOR_CALL;
}
#endif

#endif
