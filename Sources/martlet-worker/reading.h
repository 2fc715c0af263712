// Reads values on a thread that survives what the user's descriptions do, and ends what takes too long.
#ifndef MARTLET_READING_H
#define MARTLET_READING_H

#include "inspection_request.h"

/// Prepares the signal by which a reading is ended.
void reading_install(void);
/// Answers items from `place` on; returns the place to go on from. Stops early when a cell wants to begin, and behind an
/// item that failed, which then asks for its type only.
size_t reading_run(inspection_request *request, size_t place);

#endif
