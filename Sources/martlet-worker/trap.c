#include "trap.h"

#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cell.h"
#include "fatal_text.h"
#include "fork.h"
#include "link.h"
#include "unwind.h"
#include "walk.h"
#include "watcher.h"

static const int trap_signals[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT};
enum { TRAP_SIGNAL_COUNT = sizeof trap_signals / sizeof trap_signals[0] };

// MARK: Threads that are not ours

/// One failure at a time travels from a signal handler, which may not lock anything, to the watcher.
enum { SLOT_FREE, SLOT_FILLING, SLOT_FULL };
static atomic_int foreign_slot;
static outcome foreign_failure;

_Noreturn void trap_foreign_thread(int status, int code, const char *message) {
  int expected = SLOT_FREE;
  while (!atomic_compare_exchange_weak(&foreign_slot, &expected, SLOT_FILLING)) {
    expected = SLOT_FREE;
    nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
  }
  outcome_set(&foreign_failure, status, code, FLAG_OTHER_THREAD, message);
  if (!message) fatal_text_take(foreign_failure.message, sizeof foreign_failure.message);
  atomic_store(&foreign_slot, SLOT_FULL);
  watcher_wake();
  // Its caller holds whatever it holds; ending the thread could only make that worse.
  for (;;) pause();
}

void trap_report_foreign(void) {
  if (atomic_load(&foreign_slot) != SLOT_FULL) return;
  cell_fail_from_elsewhere(&foreign_failure);
  atomic_store(&foreign_slot, SLOT_FREE);
}

// MARK: Ours

/// Nothing can be saved: the next trap of this kind ends the process, and the session sees by which signal.
static void die_by(int signal) {
  if (current_thread && current_thread->role == ROLE_MAIN && critical_depth == 0) {
    link_send_background_failure("A block on the main queue crashed. It cannot be unwound, so the worker has to restart.");
  }
  struct sigaction standard = {.sa_handler = SIG_DFL};
  sigaction(signal, &standard, NULL);
}

static outcome *begin_outcome(int signal, uint8_t flags) {
  outcome *outcome = &current_thread->outcome;
  outcome_set(outcome, STATUS_TRAP, signal, flags, "");
  fatal_text_take(outcome->message, sizeof outcome->message);
  return outcome;
}

void trap_here(int signal, void *frame) {
  if (fork_is_child()) return;
  if (!current_thread) trap_foreign_thread(STATUS_TRAP, signal, NULL);
  if (!guarded_thread_can_leave()) {
    die_by(signal);
    return;
  }
  outcome *outcome = begin_outcome(signal, 0);
  outcome->frame_count = unwind_callers(outcome->frames, MAXIMUM_FRAMES);
  if (outcome->frame_count == 0) outcome->frame_count = walk_callers(current_thread, frame, outcome->frames, MAXIMUM_FRAMES);
  guarded_thread_leave();
}

static void on_trap(int signal, siginfo_t *information, void *context) {
  unwind_abandon_after_fault();
  if (!current_thread) trap_foreign_thread(STATUS_TRAP, signal, NULL);
  if (!guarded_thread_can_leave()) {
    die_by(signal);
    // A fault happens again when the handler returns; a signal that was sent does not.
    if (information->si_code <= 0) raise(signal);
    return;
  }
  bool is_bad_address = signal == SIGSEGV || signal == SIGBUS;
  bool overflowed = is_bad_address && guarded_thread_overflowed(current_thread, information->si_addr);
  outcome *outcome = begin_outcome(signal, overflowed ? FLAG_STACK_OVERFLOW : 0);
  registers start = registers_of(context);
  // An overflowed stack is walked by its frame pointers: the tables would be followed through a million frames of it.
  outcome->frame_count = overflowed ? 0 : unwind_from((void *)start.instruction, outcome->frames, MAXIMUM_FRAMES);
  if (outcome->frame_count == 0) outcome->frame_count = walk_from(current_thread, start, outcome->frames, MAXIMUM_FRAMES);
  outcome->starts_at_instruction = true;
  guarded_thread_leave();
}

static void set_handlers(struct sigaction *action) {
  for (size_t i = 0; i < TRAP_SIGNAL_COUNT; i++) sigaction(trap_signals[i], action, NULL);
}

void trap_install(void) {
  struct sigaction action = {.sa_sigaction = on_trap, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
  sigemptyset(&action.sa_mask);
  set_handlers(&action);
}

void trap_uninstall(void) {
  struct sigaction standard = {.sa_handler = SIG_DFL};
  set_handlers(&standard);
}
