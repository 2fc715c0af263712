// Captured output: what a thread prints and displays is kept for the toolkit instead of being sent to the session.
//
// A capture is one more thing that a thread can work for (see `origin.h`), so what the thread starts is captured as well.
#ifndef MARTLET_CAPTURE_H
#define MARTLET_CAPTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Set in the origins that are captures.
#define ORIGIN_CAPTURE ((uint32_t)1 << 31)
/// Set in the origins that are messages of a frontend, which the session numbers.
#define ORIGIN_MESSAGE ((uint32_t)1 << 30)

static inline bool origin_is_capture(uint32_t origin) { return (origin & ORIGIN_CAPTURE) != 0; }

/// Makes the calling thread work for a capture; returns what it worked for.
uint32_t capture_begin(uint32_t number);
/// Keeps a piece for the capture that an origin is.
void capture_put(uint32_t origin, uint8_t kind, const void *bytes, size_t count);
/// See `martlet_comm_hooks.take_captured`.
int capture_take(uint32_t number, uint8_t *kind, uint8_t **bytes, size_t *count);
/// The cell or message behind an origin that may be a capture.
uint32_t capture_resolve(uint32_t origin);
/// What was captured for a cell that was left is shown after all.
void capture_release(uint32_t cell);

#endif
