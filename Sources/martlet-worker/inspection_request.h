// Questions about variables, and the answers to them.
#ifndef MARTLET_INSPECTION_REQUEST_H
#define MARTLET_INSPECTION_REQUEST_H

#include <stdbool.h>

#include "frame.h"
#include "variables.h"

typedef enum {
  ANSWER_COMPLETE = 0,
  /// There is no such variable.
  ANSWER_UNKNOWN = 1,
  /// What describes the value crashed: only the type is told.
  ANSWER_TRAPPED = 2,
  /// It took too long: only the type is told.
  ANSWER_TOO_LONG = 3,
  /// A cell runs, which may be changing the value: only the type is told.
  ANSWER_RUNNING = 4,
  /// Others took too long: only the type is told.
  ANSWER_SKIPPED = 5,
} answer_status;

/// The first byte of a question: see `_InspectionQuestion` in the toolkit.
enum { QUESTION_VALUE = 0, QUESTION_TYPE = 1, QUESTION_CHILDREN = 2, QUESTION_DISPLAY = 3 };

typedef struct {
  uint32_t cell;
  char *name;
  /// Null where there is no such variable.
  variable *variable;
  uint8_t *question;
  size_t question_count;
  answer_status status;
  /// Why it failed.
  char *message;
  uint8_t *answer;
  size_t answer_count;
} inspection_item;

typedef struct inspection_request {
  uint32_t identifier;
  inspection_item *items;
  size_t count;
  struct inspection_request *next;
} inspection_request;

/// Null where the payload is not a request. An item without a name stands for all variables of its cell.
inspection_request *inspection_request_decode(frame_reader *reader);
/// Finds the variables. Not while the linker may be at work on the same thread.
void inspection_request_resolve(inspection_request *request);
/// Sends the answers.
void inspection_request_answer(const inspection_request *request);
void inspection_request_free(inspection_request *request);
/// Asks for the type only, and says why.
void inspection_item_reduce(inspection_item *item, answer_status status);

#endif
