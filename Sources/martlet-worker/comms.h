// Comms: messages between objects in a frontend and objects in cells, and the callbacks that they bring about.
//
// Three threads: one takes the frontend's messages in and keeps the toolkit's side of them up to date, one runs the
// users' callbacks, one shows what was captured. So a value that a slider sends is there at once, whatever a callback
// is busy with; and no callback runs beside another.
#ifndef MARTLET_COMMS_WORKER_H
#define MARTLET_COMMS_WORKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Fills in the toolkit's hooks.
void comms_connect(void);
/// A message of the frontend: kind and payload as they came over the link.
void comms_receive(uint8_t kind, const uint8_t *payload, size_t count);
/// The toolkit is to fetch what was captured.
void comms_announce_captured(uint32_t number);
/// Tells the toolkit that a cell has ended, in whatever way, before the session is told.
void comms_cell_ended(uint32_t cell, bool was_left);

/// The user wants the callback that runs to stop.
void comms_interrupt(uint8_t level);
/// Whether the calling thread runs a callback that is to stop.
bool comms_is_interrupted(void);
/// Whether it is to stop wherever it is.
bool comms_is_forced(void);

#endif
