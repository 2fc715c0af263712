#include "fatal_text.h"

#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "code_range.h"
#include "interpose.h"
#include "late_output.h"
#include "outcome.h"
#include "trap.h"

/// swift_reportError, through which every fatal error of the standard library goes; and the whole of the concurrency library.
static code_range report_function, core_image, concurrency_image;

static __thread char kept[MESSAGE_CAPACITY];

void fatal_text_find_runtime(void) {
  report_function = code_range_of_function("swift_reportError");
  core_image = code_range_of_image("swift_reportError");
  concurrency_image = code_range_of_image("swift_job_run");
}

/// Cuts what precedes the message itself: "Cell2/In[3]:4: Fatal error: ". Other kinds of failure keep their name.
static const char *message_start(const char *text) {
  static const char mark[] = "Fatal error";
  const char *found = strstr(text, mark);
  if (found) {
    found += sizeof mark - 1;
    return strncmp(found, ": ", 2) == 0 ? found + 2 : found;
  }
  found = strstr(text, "Precondition failed");
  if (!found) found = strstr(text, "Assertion failed");
  return found ? found : text;
}

void fatal_text_take(char *message, size_t capacity) {
  copy_text(message, capacity, message_start(kept));
  size_t length = strlen(message);
  while (length > 0 && message[length - 1] == '\n') message[--length] = 0;
  kept[0] = 0;
}

void fatal_text_show_unused(void) {
  if (!kept[0]) return;
  fprintf(stderr, "%s", kept);
  kept[0] = 0;
}

/// Whether swift_reportError is printing: the caller is its helper in the runtime, whose own caller it is.
static bool is_fatal_report(const void *return_address, void **frame) {
  if (!code_range_contains(core_image, return_address)) return false;
  void **helper_frame = frame[0];
  return code_range_contains(report_function, helper_frame[1]);
}

/// Replaces the C library's function for everything that is loaded.
INTERPOSED int fputs(const char *restrict text, FILE *restrict stream) {
  void **frame = __builtin_frame_address(0);
  if (stream == stderr && is_fatal_report(__builtin_return_address(0), frame)) {
    copy_text(kept, sizeof kept, text);
    // What follows in the runtime is a stack trace and the trap: go straight to the trap.
    trap_here(SIGILL, frame);
    kept[0] = 0;
  }
  if (late_output_takes(stream)) {
    late_output_write(stream, text, strlen(text));
    return 0;
  }
  static int (*original)(const char *, FILE *);
  if (!original) original = (int (*)(const char *, FILE *))interpose_original("fputs");
  return original(text, stream);
}

/// The concurrency library prints its own fatal errors, and then aborts.
INTERPOSED int vfprintf(FILE *restrict stream, const char *restrict format, va_list arguments) {
  if (stream == stderr && code_range_contains(concurrency_image, __builtin_return_address(0))) {
    size_t length = strlen(kept);
    return vsnprintf(kept + length, sizeof kept - length, format, arguments);
  }
  if (late_output_takes(stream)) return late_output_format(stream, format, arguments);
  static int (*original)(FILE *, const char *, va_list);
  if (!original) original = (int (*)(FILE *, const char *, va_list))interpose_original("vfprintf");
  return original(stream, format, arguments);
}

INTERPOSED void abort(void) {
  trap_here(SIGABRT, __builtin_frame_address(0));
  fatal_text_show_unused();
  void (*original)(void) = (void (*)(void))interpose_original("abort");
  original();
  __builtin_unreachable();
}
