// The C library's standard streams: what is printed appears soon, and an abandoned thread leaves no stream locked.
#ifndef MARTLET_STREAMS_H
#define MARTLET_STREAMS_H

/// Whole lines at once; what has no newline yet is left to `streams_flush_if_free`.
void streams_configure(void);
/// Writes out what standard output and standard error hold back.
void streams_flush(void);
/// The same, unless another thread is printing just now.
void streams_flush_if_free(void);
/// Unlocks the streams that the calling thread was using when it was torn away from its work.
void streams_release_locks(void);

#endif
