// Answers questions about variables, between cells.
//
// Reading a variable while a cell changes it could break the heap, so values are read only while no cell runs. A cell that
// is to begin waits until what is being read has been read, which takes a fraction of a second even when a description
// written by the user never comes to an end.
#ifndef MARTLET_INSPECTION_H
#define MARTLET_INSPECTION_H

#include <stdbool.h>

#include "frame.h"

/// Starts the thread that answers.
void inspection_start(void);
/// Decodes an `inspect` request and puts it behind the others; a malformed one is ignored.
void inspection_enqueue(frame_reader *request);
/// A cell is to begin: returns when no value is being read, and none is until `inspection_resume`.
void inspection_pause(void);
/// The cell has ended.
void inspection_resume(void);
/// Whether a cell runs, or waits until it may.
bool inspection_is_paused(void);

#endif
