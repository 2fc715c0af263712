#include "guarded_thread.h"

#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

__thread guarded_thread *current_thread;
__thread volatile sig_atomic_t critical_depth;

enum {
  SIGNAL_STACK_SIZE = 128 * 1024,
  /// What a parked thread keeps of its stack, below the frame that parks it.
  PARKED_STACK_SIZE = 32 * 1024,
  PAGE_SIZE = 4096,
  /// A large frame can touch memory well below the guard.
  OVERFLOW_MARGIN = 64 * 1024,
};

static __thread char *signal_stack;

static void *map(size_t size) {
  void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
  return memory == MAP_FAILED ? NULL : memory;
}

bool guarded_thread_start(guarded_thread *thread, size_t stack_size, void *(*body)(void *), void *argument) {
  thread->stack_size = stack_size;
  thread->stack = map(stack_size);
  if (!thread->stack) return false;
  mprotect(thread->stack, GUARD_SIZE, PROT_NONE);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstack(&attributes, thread->stack + GUARD_SIZE, stack_size - GUARD_SIZE);
  bool started = pthread_create(&thread->thread, &attributes, body, argument) == 0;
  pthread_attr_destroy(&attributes);
  if (!started) guarded_thread_release_stack(thread);
  return started;
}

void guarded_thread_enter(guarded_thread *thread) {
  signal_stack = map(SIGNAL_STACK_SIZE);
  if (signal_stack) {
    stack_t description = {.ss_sp = signal_stack, .ss_size = SIGNAL_STACK_SIZE};
    sigaltstack(&description, NULL);
  }
  thread->thread = pthread_self();
  thread->identifier = (pid_t)syscall(SYS_gettid);
  current_thread = thread;
}

void guarded_thread_exit(void) {
  current_thread = NULL;
  stack_t off = {.ss_flags = SS_DISABLE};
  sigaltstack(&off, NULL);
  if (signal_stack) munmap(signal_stack, SIGNAL_STACK_SIZE);
  signal_stack = NULL;
}

bool guarded_thread_can_leave(void) {
  return current_thread && current_thread->is_active && critical_depth == 0;
}

_Noreturn void guarded_thread_leave(void) {
  current_thread->is_active = 0;
  siglongjmp(current_thread->base, 1);
}

_Noreturn void guarded_thread_park(guarded_thread *thread, void (*finished)(void *), void *argument) {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, NULL);
  guarded_thread_exit();
  if (thread->stack) {
    uintptr_t frame = (uintptr_t)__builtin_frame_address(0);
    char *keep = (char *)((frame - PARKED_STACK_SIZE) & ~(uintptr_t)(PAGE_SIZE - 1));
    if (keep > thread->stack) munmap(thread->stack, (size_t)(keep - thread->stack));
  }
  finished(argument);
  for (;;) pause();
}

void guarded_thread_release_stack(guarded_thread *thread) {
  if (thread->stack) munmap(thread->stack, thread->stack_size);
  thread->stack = NULL;
}

bool guarded_thread_overflowed(const guarded_thread *thread, const void *address) {
  const char *fault = address;
  return thread->stack && fault >= thread->stack - OVERFLOW_MARGIN && fault < thread->stack + GUARD_SIZE + OVERFLOW_MARGIN;
}
