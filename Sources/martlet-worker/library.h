// What the worker finds in the libraries it has loaded: the toolkit's runtime, and Swift's.
#ifndef MARTLET_LIBRARY_H
#define MARTLET_LIBRARY_H

#include <stddef.h>
#include <stdint.h>

#include "martlet_runtime.h"

typedef struct {
  int32_t *interrupt_requested;
  int32_t *cell_progress;
  /// See `martlet_event_wait_briefly`.
  int (*event_wait_briefly)(martlet_event *event, int milliseconds);
  /// Fills in the type's name and the description of an `any Error`; both results are to be freed.
  void (*describe_error)(void *error, char **name, char **description);
  /// The name of the variable that a symbol stands for, to be freed; null when it stands for something else.
  char *(*variable_name)(const char *symbol);
  /// Answers a question about a variable by one call of `reply`.
  void (*inspect_variable)(
    const char *symbol, const void *address, const uint8_t *question, size_t count, void *context,
    void (*reply)(void *context, const uint8_t *bytes, size_t count));
} runtime_symbols;

/// Never null pointers: until the toolkit is loaded they lead to stand-ins.
extern runtime_symbols runtime;

/// Loads a library for all later ones to see; returns what went wrong, valid until the next call, or null.
const char *library_load(const char *path);
/// Looks the runtime's symbols up and puts the hooks in place.
void library_connect(const martlet_hooks *hooks);

#endif
