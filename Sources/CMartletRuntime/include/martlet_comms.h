// What comms, widgets and progress bars need from the worker. As with `martlet_runtime.h`, the hooks stay null in any
// other program: nothing is sent then, and callbacks run where they are asked for.
#ifndef MARTLET_COMMS_H
#define MARTLET_COMMS_H

#include <stddef.h>
#include <stdint.h>

/// What happens to a comm. The numbers are those of the link's messages.
enum { MARTLET_COMM_OPEN = 10, MARTLET_COMM_MESSAGE = 11, MARTLET_COMM_CLOSE = 12 };

/// The kinds of what is captured.
enum { MARTLET_CAPTURED_DISPLAY = 0, MARTLET_CAPTURED_OUTPUT = 1, MARTLET_CAPTURED_ERROR_OUTPUT = 2 };

typedef struct {
  /// Sends what happened to a comm to the session, in the name of what the calling thread works for.
  void (*send)(uint8_t kind, const uint8_t *bytes, size_t count);
  /// Has `run` called on the thread of callbacks, after all that was put there before, working for what the caller works
  /// for. Should it trap, `failed` is called instead of its return, with what is known of the trap.
  void (*call)(void (*run)(void *context), void (*failed)(void *context, const char *message), void *context);
  /// Whether the caller is on the thread of callbacks.
  int (*is_callback)(void);
  /// What the calling thread works for: a cell, the message that a callback answers, or a capture for one of them. What
  /// it prints is shown there.
  uint32_t (*origin)(void);
  /// The cell or message behind an origin, which may be a capture.
  uint32_t (*behind)(uint32_t origin);
  /// Makes the calling thread work for something.
  void (*work_for)(uint32_t origin);
  /// From now on, what the calling thread prints and displays is kept for capture `number`. Returns what it worked for.
  uint32_t (*capture)(uint32_t number);
  /// The next piece that was captured; 0 when there is none, else `*bytes` is to be freed.
  int (*take_captured)(uint32_t number, uint8_t *kind, uint8_t **bytes, size_t *count);
  /// +1 or -1: while the sum is more than zero, the calling thread is not left by an interrupt. It must not trap then.
  void (*critical)(int change);
} martlet_comm_hooks;

extern martlet_comm_hooks martlet_runtime_comm_hooks;

/// Whether there is a worker, and with it somebody to talk to.
int martlet_has_comms(void);
void martlet_comm_send(uint8_t kind, const uint8_t *bytes, size_t count);
void martlet_call_back(void (*run)(void *context), void (*failed)(void *context, const char *message), void *context);
int martlet_is_callback(void);
uint32_t martlet_origin(void);
uint32_t martlet_origin_behind(uint32_t origin);
void martlet_work_for(uint32_t origin);
uint32_t martlet_capture(uint32_t number);
int martlet_take_captured(uint32_t number, uint8_t *kind, uint8_t **bytes, size_t *count);

/// A lock that no interrupt leaves locked. What is done under it must be short and must not trap.
typedef struct martlet_lock martlet_lock;
martlet_lock *martlet_lock_create(void);
void martlet_lock_enter(martlet_lock *lock);
void martlet_lock_leave(martlet_lock *lock);
void martlet_lock_destroy(martlet_lock *lock);

/// A tally that one thread counts up and another one reads.
static inline void martlet_tally_increment(int64_t *tally) {
  __atomic_store_n(tally, __atomic_load_n(tally, __ATOMIC_RELAXED) + 1, __ATOMIC_RELAXED);
}
/// Counts up a tally that several threads count up.
static inline void martlet_tally_add(int64_t *tally, int64_t count) { __atomic_fetch_add(tally, count, __ATOMIC_RELAXED); }
static inline int64_t martlet_tally_read(const int64_t *tally) { return __atomic_load_n(tally, __ATOMIC_RELAXED); }
static inline void martlet_tally_write(int64_t *tally, int64_t value) { __atomic_store_n(tally, value, __ATOMIC_RELAXED); }

#endif
