// The Swift runtime prints "Fatal error: …" to standard error before it traps. That text belongs into the cell's one
// error message, so the C functions it is printed with are replaced, and what they are given is kept.
#ifndef MARTLET_FATAL_TEXT_H
#define MARTLET_FATAL_TEXT_H

#include <stddef.h>

/// Finds out where the Swift runtime is. Called once the libraries are loaded.
void fatal_text_find_runtime(void);
/// Moves the calling thread's kept text to `message`, without "file:line: Fatal error: ".
void fatal_text_take(char *message, size_t capacity);
/// Prints text that no trap followed after all.
void fatal_text_show_unused(void);

#endif
