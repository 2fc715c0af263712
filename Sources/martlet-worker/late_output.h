// What threads that work for an earlier cell print. The pipes belong to the newest cell, so it travels on the link
// instead, with the name of its cell.
#ifndef MARTLET_LATE_OUTPUT_H
#define MARTLET_LATE_OUTPUT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "fork.h"
#include "origin.h"

/// Whether what the calling thread writes to the stream is late. Asked at every print.
static inline bool late_output_takes(const FILE *stream) {
  if (__builtin_expect(!origin_is_earlier(), 1)) return false;
  return (stream == stdout || stream == stderr) && !fork_is_child();
}

/// Keeps text of the calling thread's cell, to be sent soon.
void late_output_write(const FILE *stream, const void *bytes, size_t count);
/// Keeps formatted text; returns the count of its bytes, or less than zero.
int late_output_format(const FILE *stream, const char *format, va_list arguments);
/// Sends what is kept.
void late_output_flush(void);
/// Called by the watcher: sends what was kept long enough for a line to come together; whether there is more.
bool late_output_advance(void);

#endif
