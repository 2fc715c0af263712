#include "interrupt.h"

#include <dlfcn.h>
#include <link.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <time.h>

#include "cell.h"
#include "comms.h"
#include "fork.h"
#include "library.h"
#include "walk.h"
#include "watcher.h"

enum {
  /// A call that has lasted this long is a wait, not work in progress.
  BLOCKED_ENOUGH = 10,
  /// A cell that waits this long after a Task crashed is taken to wait for that Task.
  BLOCKED_AFTER_FAILURE = 100,
  /// A forced interrupt that found no good moment for so long takes any.
  PATIENCE_MILLISECONDS = 1500,
};

typedef enum { FORCE_NONE, FORCE_WAITS, FORCE_CODE, FORCE_ANYTHING } force;

static atomic_int requested_level;
static atomic_int allowed_force;
static struct timespec requested_at;

static int interrupt_signal(void) { return SIGRTMAX - 4; }

// MARK: Where a forced interrupt would break the runtime

typedef struct {
  uintptr_t low, high;
} range;

/// Functions that hold a lock or leave something half built. Found once, since a signal handler cannot ask the linker.
static const char *const delicate_names[] = {
  "swift_once", "pthread_once", "swift_getGenericMetadata", "swift_getSingletonMetadata", "swift_getForeignTypeMetadata",
  "swift_getAssociatedTypeWitness", "swift_getWitnessTable", "swift_checkMetadataState", "swift_initClassMetadata2",
  "swift_initStructMetadata", "swift_updateClassMetadata2", "swift_getCanonicalSpecializedMetadata", "dlopen",
  "dispatch_once_f", "swift_release", "swift_retain", "swift_allocObject", "swift_deallocClassInstance", "malloc", "calloc",
  "realloc", "free",
};
enum { DELICATE_COUNT = sizeof delicate_names / sizeof delicate_names[0] };
static range delicate[DELICATE_COUNT];

static void find_delicate_functions(void) {
  for (size_t i = 0; i < DELICATE_COUNT; i++) {
    void *function = dlsym(RTLD_DEFAULT, delicate_names[i]);
    Dl_info image;
    ElfW(Sym) *symbol = NULL;
    if (!function || !dladdr1(function, &image, (void **)&symbol, RTLD_DL_SYMENT) || !symbol) continue;
    delicate[i] = (range){(uintptr_t)function, (uintptr_t)function + symbol->st_size};
  }
}

bool interrupt_is_delicate(void *const *frames, size_t count) {
  for (size_t frame = 0; frame < count; frame++) {
    uintptr_t address = (uintptr_t)frames[frame];
    for (size_t i = 0; i < DELICATE_COUNT; i++) {
      if (address >= delicate[i].low && address < delicate[i].high) return true;
    }
  }
  return false;
}

// MARK: The signal

static void leave_callback(void *context) {
  if (fork_is_child() || !comms_is_forced() || !guarded_thread_can_leave()) return;
  outcome *outcome = &current_thread->outcome;
  outcome_set(outcome, STATUS_INTERRUPTED, 0, 0, "");
  outcome->frame_count = walk_from(current_thread, registers_of(context), outcome->frames, MAXIMUM_FRAMES);
  outcome->starts_at_instruction = true;
  if (!interrupt_is_delicate(outcome->frames, outcome->frame_count)) guarded_thread_leave();
}

static void on_interrupt_signal(int signal, siginfo_t *information, void *context) {
  (void)signal, (void)information;
  leave_callback(context);
  int force = atomic_load(&allowed_force);
  if (force == FORCE_NONE || fork_is_child() || !cell_is_current() || !guarded_thread_can_leave()) return;
  if (force == FORCE_WAITS && !is_at_system_call(context)) return;
  outcome *outcome = &current_thread->outcome;
  outcome_set(outcome, STATUS_INTERRUPTED, 0, 0, "");
  outcome->frame_count = walk_from(current_thread, registers_of(context), outcome->frames, MAXIMUM_FRAMES);
  outcome->starts_at_instruction = true;
  if (force == FORCE_CODE && interrupt_is_delicate(outcome->frames, outcome->frame_count)) return;
  atomic_store(&allowed_force, FORCE_NONE);
  guarded_thread_leave();
}

void interrupt_install(void) {
  find_delicate_functions();
  struct sigaction action = {.sa_sigaction = on_interrupt_signal, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART};
  sigemptyset(&action.sa_mask);
  sigaction(interrupt_signal(), &action, NULL);
}

// MARK: Asking

void interrupt_request(uint8_t level) {
  if (!cell_is_expected()) return;
  clock_gettime(CLOCK_MONOTONIC, &requested_at);
  atomic_store(&requested_level, level >= INTERRUPT_FORCED ? INTERRUPT_FORCED : INTERRUPT_POLITE);
  __atomic_store_n(runtime.interrupt_requested, 1, __ATOMIC_RELAXED);
  watcher_wake();
}

void interrupt_signal_thread(pthread_t thread) { pthread_kill(thread, interrupt_signal()); }

void interrupt_clear(void) {
  atomic_store(&requested_level, 0);
  atomic_store(&allowed_force, FORCE_NONE);
  __atomic_store_n(runtime.interrupt_requested, 0, __ATOMIC_RELAXED);
}

int interrupt_level(void) { return atomic_load(&requested_level); }

// MARK: Ending

_Noreturn void interrupt_leave_cell(void) {
  outcome *outcome = &current_thread->outcome;
  if (!cell_take_failure(outcome)) {
    outcome_set(outcome, STATUS_INTERRUPTED, 0, 0, "");
    void *frame = __builtin_frame_address(0);
    outcome->frame_count = walk_callers(current_thread, frame, outcome->frames, MAXIMUM_FRAMES);
  }
  guarded_thread_leave();
}

int interrupt_must_stop(void) {
  if (fork_is_child() || !guarded_thread_can_leave()) return 0;
  // It may be a callback that is to stop, not the cell.
  if (current_thread->role == ROLE_CELL) return interrupt_level() > 0;
  // A job that the cell waits for is given up; others, started by earlier cells, go on.
  return comms_is_interrupted() || cell_is_waiting();
}

void interrupt_stop(void) {
  if (current_thread->role == ROLE_CELL) interrupt_leave_cell();
  outcome_set(&current_thread->outcome, STATUS_INTERRUPTED, 0, 0, "");
  guarded_thread_leave();
}

static int milliseconds_since(const struct timespec *start) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int)((now.tv_sec - start->tv_sec) * 1000 + (now.tv_nsec - start->tv_nsec) / 1000000);
}

static force force_allowed_now(const running_cell *cell, int blocked_milliseconds) {
  if (cell->has_failure && blocked_milliseconds >= BLOCKED_AFTER_FAILURE) return FORCE_WAITS;
  int level = interrupt_level();
  if (level == INTERRUPT_FORCED) return milliseconds_since(&requested_at) < PATIENCE_MILLISECONDS ? FORCE_CODE : FORCE_ANYTHING;
  return level == INTERRUPT_POLITE && blocked_milliseconds >= BLOCKED_ENOUGH ? FORCE_WAITS : FORCE_NONE;
}

void interrupt_advance(int blocked_milliseconds) {
  running_cell cell;
  if (!cell_running(&cell)) return;
  force force = force_allowed_now(&cell, blocked_milliseconds);
  if (force == FORCE_NONE) return;
  atomic_store(&allowed_force, force);
  cell_signal(&cell, interrupt_signal());
}
