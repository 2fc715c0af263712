#include "outcome.h"

#include <string.h>

void copy_text(char *destination, size_t capacity, const char *text) {
  size_t length = text ? strnlen(text, capacity) : 0;
  if (length == capacity) {
    length--;
    // A byte of the form 10xxxxxx continues a scalar: go back to where that scalar starts.
    while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80) length--;
  }
  if (length > 0) memcpy(destination, text, length);
  destination[length] = 0;
}

void outcome_set(outcome *outcome, status status, int32_t code, uint8_t flags, const char *message) {
  outcome->status = status;
  outcome->code = code;
  outcome->flags = flags;
  outcome->name[0] = 0;
  copy_text(outcome->message, sizeof outcome->message, message);
  outcome->frame_count = 0;
  outcome->starts_at_instruction = false;
}
