#include "hooks.h"

#include <dlfcn.h>
#include <stdlib.h>

#include "capture.h"
#include "cell.h"
#include "comms.h"
#include "input.h"
#include "interrupt.h"
#include "late_output.h"
#include "library.h"
#include "link.h"
#include "martlet_comms.h"
#include "streams.h"
#include "walk.h"

enum { WAIT_MILLISECONDS = 10 };

static void display(const uint8_t *bytes, size_t count) {
  critical_enter();
  if (late_output_takes(stdout)) late_output_flush();
  else streams_settle();
  uint32_t cell = origin_cell ? origin_cell : origin_newest_cell;
  if (origin_is_capture(cell)) {
    capture_put(cell, MARTLET_CAPTURED_DISPLAY, bytes, count);
    critical_leave();
    return;
  }
  uint8_t prefix[4] = {(uint8_t)cell, (uint8_t)(cell >> 8), (uint8_t)(cell >> 16), (uint8_t)(cell >> 24)};
  link_send(MESSAGE_DISPLAY, prefix, sizeof prefix, bytes, count);
  critical_leave();
}

/// Ends the cell if a Task it may be waiting for has crashed.
static void leave_after_failure(void) {
  if (cell_take_failure(&current_thread->outcome)) guarded_thread_leave();
}

/// Waits in short steps, so that the end of the cell is always at a place of our own choosing.
static int wait_for_event(martlet_event *event) {
  bool is_cell = cell_is_current();
  if (is_cell) cell_set_waiting(true);
  for (;;) {
    critical_enter();
    bool has_happened = runtime.event_wait_briefly(event, WAIT_MILLISECONDS) == 0;
    critical_leave();
    if (has_happened && is_cell && guarded_thread_can_leave()) leave_after_failure();
    if (has_happened) break;
    if (comms_is_interrupted()) return 1;
    if (!is_cell || !guarded_thread_can_leave()) continue;
    leave_after_failure();
    // Still "waiting" for the caller, who cancels the Task and then ends the cell.
    if (interrupt_level() > 0) return 1;
  }
  if (is_cell) cell_set_waiting(false);
  return 0;
}

/// Called by the Swift runtime at every `throw`: remembers where, in case nobody catches it.
static void will_throw(void *error) {
  (void)error;
  guarded_thread *thread = current_thread;
  if (!thread) return;
  thread->throw_frame_count =
    walk_callers(thread, __builtin_frame_address(0), thread->throw_frames, MAXIMUM_THROW_FRAMES);
}

static void will_throw_typed(void *value, const void *type, const void *conformance) {
  (void)type, (void)conformance;
  will_throw(value);
}

static void set_swift_hook(const char *name, void *function) {
  void **place = dlsym(RTLD_DEFAULT, name);
  if (place) *place = function;
}

void hooks_install(void) {
  martlet_hooks hooks = {.display = display, .must_stop = interrupt_must_stop, .stop = interrupt_stop, .wait = wait_for_event, .input = input_ask};
  library_connect(&hooks);
  set_swift_hook("_swift_willThrow", (void *)will_throw);
  set_swift_hook("_swift_willThrowTypedImpl", (void *)will_throw_typed);
}
