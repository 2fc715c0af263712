// A thread that survives what runs on it: it has a base to jump back to when that code traps, exits or is interrupted.
//
// A thread that was left this way never ends: its stack is given back to the system and it sleeps for ever, since running
// its thread-specific destructors would let libraries (libdispatch among them) find out that their frames are gone.
#ifndef MARTLET_GUARDED_THREAD_H
#define MARTLET_GUARDED_THREAD_H

#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/types.h>

#include "outcome.h"

typedef enum { ROLE_CELL, ROLE_POOL, ROLE_MAIN, ROLE_READING } role;

enum { MAXIMUM_THROW_FRAMES = 32 };

typedef struct {
  role role;
  pthread_t thread;
  pid_t identifier;
  /// The whole mapping; the guard is its lowest part. Null for the main thread, whose stack is not ours.
  char *stack;
  size_t stack_size;
  sigjmp_buf base;
  /// Whether `base` may be jumped to.
  volatile sig_atomic_t is_active;
  outcome outcome;
  /// Where the last Swift error was thrown.
  void *throw_frames[MAXIMUM_THROW_FRAMES];
  size_t throw_frame_count;
} guarded_thread;

enum { GUARD_SIZE = 64 * 1024 };

/// The calling thread, where it is one of ours.
extern __thread guarded_thread *current_thread;

/// More than zero while the calling thread must not be left: it holds a lock of ours or of the dynamic linker.
extern __thread volatile sig_atomic_t critical_depth;

static inline void critical_enter(void) { critical_depth++; }
static inline void critical_leave(void) { critical_depth--; }

/// Starts `body` on a thread with its own lazily committed stack and a guard below it; false where the system refuses.
bool guarded_thread_start(guarded_thread *thread, size_t stack_size, void *(*body)(void *), void *argument);
/// Called first on the thread: its identity, and a stack for handlers that works when the other one has overflowed.
void guarded_thread_enter(guarded_thread *thread);
/// Gives the signal stack back, at the thread's regular end.
void guarded_thread_exit(void);
/// Whether the calling thread can be left now.
bool guarded_thread_can_leave(void);
/// Jumps to the base; `outcome` says why.
_Noreturn void guarded_thread_leave(void);
/// Gives back the stack of a thread that was left, calls `finished`, and sleeps for ever.
_Noreturn void guarded_thread_park(guarded_thread *thread, void (*finished)(void *), void *argument);
/// Gives back the stack of a thread that has ended and been joined.
void guarded_thread_release_stack(guarded_thread *thread);
/// Whether an address is in (or just below) the guard of the thread's stack.
bool guarded_thread_overflowed(const guarded_thread *thread, const void *address);

#endif
