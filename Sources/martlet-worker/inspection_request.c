#include "inspection_request.h"

#include <stdlib.h>
#include <string.h>

#include "link.h"

enum { MAXIMUM_ITEMS = 1 << 18 };

static inspection_item *append(inspection_request *request) {
  size_t count = request->count;
  // Room for twice as many whenever the count is a power of two.
  if ((count & (count - 1)) == 0) {
    inspection_item *grown = realloc(request->items, (2 * count + 1) * sizeof *grown);
    if (!grown) return NULL;
    request->items = grown;
  }
  inspection_item *item = &request->items[request->count++];
  *item = (inspection_item){0};
  return item;
}

static bool set_question(inspection_item *item, const uint8_t *bytes, size_t count) {
  free(item->question);
  item->question = malloc(count + 1);
  item->question_count = count;
  if (item->question) memcpy(item->question, bytes, count);
  return item->question != NULL;
}

static bool decode_item(inspection_request *request, frame_reader *reader) {
  inspection_item *item = append(request);
  if (!item) return false;
  item->cell = frame_get_u32(reader);
  item->name = frame_get_string(reader);
  size_t count;
  const uint8_t *question = frame_get_bytes(reader, &count);
  return item->name && question && count > 0 && set_question(item, question, count);
}

inspection_request *inspection_request_decode(frame_reader *reader) {
  inspection_request *request = calloc(1, sizeof *request);
  if (!request) return NULL;
  request->identifier = frame_get_u32(reader);
  uint32_t count = frame_get_u32(reader);
  bool is_complete = !reader->failed && count <= MAXIMUM_ITEMS;
  for (uint32_t i = 0; i < count && is_complete; i++) is_complete = decode_item(request, reader);
  if (is_complete) return request;
  inspection_request_free(request);
  return NULL;
}

static void expand(inspection_request *request, size_t place) {
  size_t count;
  variable *variables = variables_of_cell(request->items[place].cell, &count);
  for (size_t i = 0; i < count; i++) {
    inspection_item *item = append(request);
    if (!item) return;
    // The item to expand may have been moved by the line above.
    const inspection_item *pattern = &request->items[place];
    item->cell = pattern->cell;
    item->name = strdup(variables[i].name);
    item->variable = &variables[i];
    if (!item->name || !set_question(item, pattern->question, pattern->question_count)) abort();
  }
}

static variable *find(const inspection_item *item) {
  size_t count;
  variable *variables = variables_of_cell(item->cell, &count);
  for (size_t i = 0; i < count; i++) {
    if (strcmp(variables[i].name, item->name) == 0) return &variables[i];
  }
  return NULL;
}

void inspection_request_resolve(inspection_request *request) {
  size_t given = request->count;
  for (size_t i = 0; i < given; i++) {
    if (request->items[i].name[0] == 0) expand(request, i);
    else request->items[i].variable = find(&request->items[i]);
    if (!request->items[i].variable) request->items[i].status = ANSWER_UNKNOWN;
  }
}

void inspection_item_reduce(inspection_item *item, answer_status status) {
  static const uint8_t question[] = {QUESTION_TYPE};
  item->status = status;
  if (!set_question(item, question, sizeof question)) abort();
}

void inspection_request_answer(const inspection_request *request) {
  frame_writer writer = {0};
  frame_put_u32(&writer, request->identifier);
  frame_put_u32(&writer, (uint32_t)request->count);
  for (size_t i = 0; i < request->count; i++) {
    const inspection_item *item = &request->items[i];
    frame_put_u32(&writer, item->cell);
    frame_put_string(&writer, item->name);
    frame_put_u8(&writer, (uint8_t)item->status);
    frame_put_string(&writer, item->message ? item->message : "");
    frame_put_bytes(&writer, item->answer, item->answer_count);
  }
  if (!writer.failed) link_send(MESSAGE_INSPECTED, writer.bytes, writer.count, NULL, 0);
  frame_free(&writer);
}

void inspection_request_free(inspection_request *request) {
  for (size_t i = 0; i < request->count; i++) {
    free(request->items[i].name);
    free(request->items[i].question);
    free(request->items[i].message);
    free(request->items[i].answer);
  }
  free(request->items);
  free(request);
}
