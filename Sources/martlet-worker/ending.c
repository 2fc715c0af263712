// Functions of the C library and of the Swift runtime by which a program ends, replaced: in a cell they end the cell.
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "fork.h"
#include "interpose.h"
#include "library.h"
#include "trap.h"
#include "unwind.h"

/// Ends what runs on this thread instead of the process; returns where the process itself is to end.
static void end_instead(int code) {
  char message[64];
  snprintf(message, sizeof message, "exit(%d) was called", code);
  if (!current_thread) trap_foreign_thread(STATUS_EXIT, code, message);
  if (!guarded_thread_can_leave()) return;
  outcome *outcome = &current_thread->outcome;
  outcome_set(outcome, STATUS_EXIT, code, 0, message);
  outcome->frame_count = unwind_callers(outcome->frames, MAXIMUM_FRAMES);
  guarded_thread_leave();
}

INTERPOSED void exit(int code) {
  if (fork_is_child()) fork_leave_child(code);
  end_instead(code);
  void (*original)(int) = (void (*)(int))dlsym(RTLD_NEXT, "exit");
  original(code);
  __builtin_unreachable();
}

INTERPOSED void quick_exit(int code) { exit(code); }

static void keep_throw_frames(outcome *outcome) {
  outcome->frame_count = current_thread->throw_frame_count;
  memcpy(outcome->frames, current_thread->throw_frames, outcome->frame_count * sizeof(void *));
}

/// What the entry function of a cell calls with an error that nothing caught.
INTERPOSED void swift_errorInMain(void *error) {
  if (fork_is_child()) fork_leave_child(EXIT_FAILURE);
  if (!cell_is_current()) abort();
  // The description is the user's code: it may throw and catch errors of its own.
  outcome result;
  outcome_set(&result, STATUS_ERROR, 0, 0, "");
  keep_throw_frames(&result);
  char *name = NULL, *description = NULL;
  runtime.describe_error(error, &name, &description);
  critical_enter();
  copy_text(result.name, sizeof result.name, name);
  copy_text(result.message, sizeof result.message, description);
  free(name);
  free(description);
  current_thread->outcome = result;
  critical_leave();
  guarded_thread_leave();
}
