#ifndef MARTLET_ZLIB_H
#define MARTLET_ZLIB_H
#include <string.h>
#include <zlib.h>

/// Unpacks a raw deflate stream; returns how many bytes it made, or -1 where it is damaged or makes more than `size`.
static inline long martlet_inflate(const unsigned char *packed, unsigned long packed_size, unsigned char *target,
                                   unsigned long size) {
  z_stream stream;
  memset(&stream, 0, sizeof stream);
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return -1;
  unsigned char spare;
  unsigned long taken = 0, made = 0;
  int status = Z_OK;
  while (status == Z_OK) {
    unsigned long in = packed_size - taken, out = size - made;
    // zlib counts in 32 bits.
    stream.next_in = (unsigned char *)packed + taken;
    stream.avail_in = in > 0x40000000 ? 0x40000000 : (unsigned)in;
    stream.next_out = out ? target + made : &spare;
    stream.avail_out = out ? (out > 0x40000000 ? 0x40000000 : (unsigned)out) : 1;
    unsigned had_in = stream.avail_in, had_out = stream.avail_out;
    status = inflate(&stream, Z_NO_FLUSH);
    taken += had_in - stream.avail_in;
    if (!out && stream.avail_out == 0) {
      status = Z_DATA_ERROR;
      break;
    }
    if (out) made += had_out - stream.avail_out;
    if (status == Z_OK && had_in == stream.avail_in && had_out == stream.avail_out) break;
  }
  inflateEnd(&stream);
  return status == Z_STREAM_END ? (long)made : -1;
}
#endif
