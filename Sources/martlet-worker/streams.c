#include "streams.h"

#include <pthread.h>
#include <stdio.h>
#include <stdio_ext.h>

#include "guarded_thread.h"

enum { BUFFER_SIZE = 64 * 1024 };

static char output_buffer[BUFFER_SIZE];

void streams_configure(void) { setvbuf(stdout, output_buffer, _IOLBF, sizeof output_buffer); }

void streams_flush(void) {
  critical_enter();
  fflush(stdout);
  fflush(stderr);
  critical_leave();
}

void streams_flush_if_free(void) {
  if (ftrylockfile(stdout) != 0) return;
  if (__fpending(stdout) > 0) fflush_unlocked(stdout);
  funlockfile(stdout);
}

/// glibc's stream lock. Its header is not installed, but the layout is part of what old binaries inline.
typedef struct {
  int lock;
  int depth;
  void *owner;
} stream_lock;

static void release(FILE *stream) {
  const stream_lock *lock = (const stream_lock *)stream->_lock;
  while (lock->owner == (void *)pthread_self() && lock->depth > 0) funlockfile(stream);
}

void streams_release_locks(void) {
  release(stdin);
  release(stdout);
  release(stderr);
  clearerr(stdin);
}
