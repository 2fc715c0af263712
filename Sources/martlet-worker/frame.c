#include "frame.h"

#include <stdlib.h>
#include <string.h>

#include "link.h"

static void put(frame_writer *writer, const void *bytes, size_t count) {
  if (writer->failed || count > MAXIMUM_PAYLOAD - writer->count) {
    writer->failed = true;
    return;
  }
  if (writer->count + count > writer->capacity) {
    size_t capacity = 2 * (writer->count + count) + 256;
    uint8_t *grown = realloc(writer->bytes, capacity);
    if (!grown) {
      writer->failed = true;
      return;
    }
    writer->bytes = grown;
    writer->capacity = capacity;
  }
  if (count > 0) memcpy(writer->bytes + writer->count, bytes, count);
  writer->count += count;
}

void frame_put_u8(frame_writer *writer, uint8_t value) { put(writer, &value, 1); }

void frame_put_u32(frame_writer *writer, uint32_t value) {
  uint8_t bytes[4];
  for (int i = 0; i < 4; i++) bytes[i] = (uint8_t)(value >> (8 * i));
  put(writer, bytes, sizeof bytes);
}

void frame_put_u64(frame_writer *writer, uint64_t value) {
  frame_put_u32(writer, (uint32_t)value);
  frame_put_u32(writer, (uint32_t)(value >> 32));
}

void frame_put_string(frame_writer *writer, const char *text) {
  size_t length = text ? strlen(text) : 0;
  frame_put_u32(writer, (uint32_t)length);
  put(writer, text, length);
}

void frame_put_bytes(frame_writer *writer, const uint8_t *bytes, size_t count) {
  frame_put_u32(writer, (uint32_t)count);
  put(writer, bytes, count);
}

void frame_free(frame_writer *writer) {
  free(writer->bytes);
  *writer = (frame_writer){0};
}

static const uint8_t *take(frame_reader *reader, size_t count) {
  if (reader->failed || count > reader->count - reader->position) {
    reader->failed = true;
    return NULL;
  }
  const uint8_t *bytes = reader->bytes + reader->position;
  reader->position += count;
  return bytes;
}

uint8_t frame_get_u8(frame_reader *reader) {
  const uint8_t *byte = take(reader, 1);
  return byte ? *byte : 0;
}

uint32_t frame_get_u32(frame_reader *reader) {
  const uint8_t *bytes = take(reader, 4);
  if (!bytes) return 0;
  return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

char *frame_get_string(frame_reader *reader) {
  uint32_t length = frame_get_u32(reader);
  const uint8_t *bytes = take(reader, length);
  return bytes ? strndup((const char *)bytes, length) : NULL;
}

const uint8_t *frame_get_bytes(frame_reader *reader, size_t *count) {
  *count = frame_get_u32(reader);
  return take(reader, *count);
}
