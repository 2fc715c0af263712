// The C library's functions that print, in which Swift's `print` ends too: replaced, so that what a thread of an
// earlier cell prints is noticed. `fputs` and `vfprintf` are in `fatal_text.c`.

// The headers would define some of them inline.
#define __NO_INLINE__ 1
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "interpose.h"
#include "late_output.h"

/// The C library's own functions.
static struct {
  size_t (*fwrite)(const void *bytes, size_t size, size_t count, FILE *stream);
  int (*fputc)(int character, FILE *stream);
  int (*puts)(const char *text);
  /// Past the one that listens for fatal errors.
  int (*vfprintf)(FILE *stream, const char *format, va_list arguments);
} original;

/// Before `main`, since looking symbols up later would overwrite a `dlerror` message that is about to be printed; a
/// library that prints when it is loaded comes even earlier.
__attribute__((constructor)) static void find_originals(void) {
  original.fputc = (int (*)(int, FILE *))interpose_original("fputc");
  original.puts = (int (*)(const char *))interpose_original("puts");
  original.vfprintf = (int (*)(FILE *, const char *, va_list))interpose_original("vfprintf");
  original.fwrite = (size_t(*)(const void *, size_t, size_t, FILE *))interpose_original("fwrite");
}

INTERPOSED size_t fwrite(const void *restrict bytes, size_t size, size_t count, FILE *restrict stream) {
  if (late_output_takes(stream)) {
    late_output_write(stream, bytes, size * count);
    return count;
  }
  if (!original.fwrite) find_originals();
  return original.fwrite(bytes, size, count, stream);
}

static int put_late(int character, FILE *stream) {
  char byte = (char)character;
  late_output_write(stream, &byte, 1);
  return (unsigned char)byte;
}

INTERPOSED int fputc(int character, FILE *stream) {
  if (late_output_takes(stream)) return put_late(character, stream);
  if (!original.fputc) find_originals();
  return original.fputc(character, stream);
}

INTERPOSED int putc(int character, FILE *stream) { return fputc(character, stream); }

INTERPOSED int putchar(int character) { return fputc(character, stdout); }

INTERPOSED int puts(const char *text) {
  if (late_output_takes(stdout)) {
    late_output_write(stdout, text, strlen(text));
    return put_late('\n', stdout);
  }
  if (!original.puts) find_originals();
  return original.puts(text);
}

static int print(FILE *stream, const char *format, va_list arguments) {
  if (late_output_takes(stream)) return late_output_format(stream, format, arguments);
  if (!original.vfprintf) find_originals();
  return original.vfprintf(stream, format, arguments);
}

INTERPOSED int vprintf(const char *restrict format, va_list arguments) { return print(stdout, format, arguments); }

INTERPOSED int printf(const char *restrict format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int count = print(stdout, format, arguments);
  va_end(arguments);
  return count;
}

INTERPOSED int fprintf(FILE *restrict stream, const char *restrict format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int count = print(stream, format, arguments);
  va_end(arguments);
  return count;
}
