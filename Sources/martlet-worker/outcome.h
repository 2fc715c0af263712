// How a cell ended, in the form in which it is collected; `report.c` turns it into a message.
#ifndef MARTLET_OUTCOME_H
#define MARTLET_OUTCOME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MAXIMUM_FRAMES = 128, NAME_CAPACITY = 256, MESSAGE_CAPACITY = 16384 };

typedef enum {
  STATUS_OK = 0,
  STATUS_ERROR = 1,
  STATUS_TRAP = 2,
  STATUS_INTERRUPTED = 3,
  STATUS_LOAD_FAILURE = 4,
  STATUS_EXIT = 5,
} status;

enum { FLAG_STACK_OVERFLOW = 1, FLAG_OTHER_THREAD = 2 };

typedef struct {
  status status;
  /// The signal of a trap, or the code given to `exit`.
  int32_t code;
  uint8_t flags;
  char name[NAME_CAPACITY];
  char message[MESSAGE_CAPACITY];
  /// Innermost first. The first is the instruction itself for a trap, and a return address like the rest for an error.
  void *frames[MAXIMUM_FRAMES];
  size_t frame_count;
  bool starts_at_instruction;
} outcome;

/// Copies text and cuts it where the capacity ends, never inside a UTF-8 scalar.
void copy_text(char *destination, size_t capacity, const char *text);
/// Fills in an outcome that has neither frames nor a name.
void outcome_set(outcome *outcome, status status, int32_t code, uint8_t flags, const char *message);

#endif
