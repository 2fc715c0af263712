// What compiled cells and the toolkit need from the process they run in. The worker fills the hooks in; in any other
// program (a unit test, a command-line tool that links the toolkit) they stay null and everything still works.
#ifndef MARTLET_RUNTIME_H
#define MARTLET_RUNTIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Something that happens once and that a thread can wait for.
typedef struct martlet_event martlet_event;

/// How a request for a line of input was answered.
typedef enum { MARTLET_INPUT_LINE = 0, MARTLET_INPUT_END = 1, MARTLET_INPUT_NOT_ALLOWED = 2 } martlet_input_status;

typedef struct {
  /// Sends an encoded display message to the session, after flushing standard output.
  void (*display)(const uint8_t *bytes, size_t count);
  /// Whether the caller is to leave what it runs, now that an interrupt is wanted: on a cell's thread mostly.
  int (*must_stop)(void);
  /// Leaves what the caller runs. Does not return once `must_stop` has said yes.
  void (*stop)(void);
  /// Waits for the event as `sem_wait` does; returns 1 when an interrupt came first, else 0.
  int (*wait)(martlet_event *event);
  /// Asks the user for a line. `*text` is to be freed and null unless the status is `MARTLET_INPUT_LINE`.
  /// Where input is not allowed, does not return on a cell's thread.
  martlet_input_status (*input)(const char *prompt, int is_password, char **text);
} martlet_hooks;

extern martlet_hooks martlet_runtime_hooks;
/// Not zero while an interrupt is wanted.
extern int32_t martlet_interrupt_requested;
/// How many of the running cell's variable declarations have been given their values.
extern int32_t martlet_cell_progress;

/// Whether the caller is to leave what it runs. It changes nothing that the caller knows, which `const` tells the
/// optimiser; `wanted` is the flag as it was just read, so that no answer is taken for another one.
__attribute__((const)) int martlet_must_stop(int32_t wanted);
/// Leaves what the caller runs; not merged with other calls, so that each keeps its line.
__attribute__((nomerge)) _Noreturn void martlet_stop(void);

/// Placed by the rewriter at the heads of loops, and by the toolkit in long ones: one load.
///
/// To the optimiser a poll is a way out of the loop, and touches none of the program's variables: what the loop counts
/// or adds up stays in registers, and is written to memory on the way out. So the load is volatile and not atomic, and
/// what can return is apart from what cannot.
static inline void martlet_poll(void) {
  int32_t wanted = *(volatile int32_t *)&martlet_interrupt_requested;
  if (__builtin_expect(wanted != 0, 0) && martlet_must_stop(wanted)) martlet_stop();
}

/// Tells the optimiser what it cannot see. What is false here makes all that follows undefined.
__attribute__((always_inline)) static inline void martlet_assume(bool holds) { __builtin_assume(holds); }

/// Whether an interrupt is wanted, for those who have to put something away before they poll.
static inline int martlet_wants_interrupt(void) {
  return __atomic_load_n(&martlet_interrupt_requested, __ATOMIC_RELAXED) != 0;
}

/// Placed by the rewriter after a cell's variable declarations, so that the session knows which of them have a value.
static inline void martlet_mark(int32_t count) { martlet_cell_progress = count; }

/// A new event that has not happened yet.
martlet_event *martlet_event_create(void);
/// Lets the thread that waits, now or later, go on.
void martlet_event_signal(martlet_event *event);
/// Blocks until the event has happened (returns 0), or an interrupt wants the cell to end (returns 1).
int martlet_event_wait(martlet_event *event);
/// Blocks for at most `milliseconds`; returns 0 when the event has happened, else 1.
int martlet_event_wait_briefly(martlet_event *event, int milliseconds);
void martlet_event_destroy(martlet_event *event);
/// Ends the cell on whose thread it is called; returns where there is no worker.
void martlet_end_interrupted_cell(void);

/// Takes what is behind a pointer for read, so that no optimiser leaves out what made it.
static inline void martlet_keep(const void *value) { __asm__ volatile("" : : "r"(value) : "memory"); }

/// Nanoseconds of a clock that only goes forward.
uint64_t martlet_nanoseconds(void);

/// Whether the caller is on the process's first thread.
int martlet_is_main_thread(void);

/// The worker's question for a line of input; `MARTLET_INPUT_NOT_ALLOWED` with a null text where there is no worker.
martlet_input_status martlet_read_input(const char *prompt, int is_password, char **text);
/// Whether a worker is there to answer `martlet_read_input`.
int martlet_has_input(void);
/// Sends an encoded display message; does nothing where there is no worker.
void martlet_display(const uint8_t *bytes, size_t count);

#endif
