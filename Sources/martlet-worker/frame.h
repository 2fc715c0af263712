// The bytes of a message's payload: integers little-endian, strings preceded by their length.
#ifndef MARTLET_FRAME_H
#define MARTLET_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// A payload being written. It never holds more than the largest frame: what does not fit makes it `failed`.
typedef struct {
  uint8_t *bytes;
  size_t count, capacity;
  bool failed;
} frame_writer;

void frame_put_u8(frame_writer *writer, uint8_t value);
void frame_put_u32(frame_writer *writer, uint32_t value);
void frame_put_u64(frame_writer *writer, uint64_t value);
void frame_put_string(frame_writer *writer, const char *text);
/// Bytes of any kind, preceded by their count as a string is by its length.
void frame_put_bytes(frame_writer *writer, const uint8_t *bytes, size_t count);
void frame_free(frame_writer *writer);

/// A payload being read. Reading past its end gives zeros and makes it `failed`.
typedef struct {
  const uint8_t *bytes;
  size_t count, position;
  bool failed;
} frame_reader;

uint8_t frame_get_u8(frame_reader *reader);
uint32_t frame_get_u32(frame_reader *reader);
/// Bytes of any kind, which lie in the payload itself; null when there are none.
const uint8_t *frame_get_bytes(frame_reader *reader, size_t *count);
/// A copy of a string, to be freed; null when there is none.
char *frame_get_string(frame_reader *reader);

#endif
