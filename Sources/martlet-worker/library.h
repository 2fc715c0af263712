// What the worker finds in the libraries it has loaded: the toolkit's runtime, and Swift's.
#ifndef MARTLET_LIBRARY_H
#define MARTLET_LIBRARY_H

#include <stdint.h>

#include "martlet_runtime.h"

typedef struct {
  int32_t *interrupt_requested;
  int32_t *cell_progress;
  /// See `martlet_event_wait_briefly`.
  int (*event_wait_briefly)(martlet_event *event, int milliseconds);
  /// Fills in the type's name and the description of an `any Error`; both results are to be freed.
  void (*describe_error)(void *error, char **name, char **description);
} runtime_symbols;

/// Never null pointers: until the toolkit is loaded they lead to stand-ins.
extern runtime_symbols runtime;

/// Loads a library for all later ones to see; returns what went wrong, valid until the next call, or null.
const char *library_load(const char *path);
/// Looks the runtime's symbols up and puts the hooks in place.
void library_connect(const martlet_hooks *hooks);

#endif
