// Ends the running cell at the user's wish.
//
// Level 1 keeps every variable intact: the cell ends at the next poll, or in a blocking system call, where nothing is
// half done. Level 2 ends it almost anywhere, and what was being changed just then may be lost.
#ifndef MARTLET_INTERRUPT_H
#define MARTLET_INTERRUPT_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { INTERRUPT_POLITE = 1, INTERRUPT_FORCED = 2 };

void interrupt_install(void);
/// Asks the cell that runs or is about to run to end; does nothing when there is none.
void interrupt_request(uint8_t level);
/// Forgets what was asked. Called when a cell ends.
void interrupt_clear(void);
/// Sends a thread the signal on which it looks whether it is to stop.
void interrupt_signal_thread(pthread_t thread);
/// The level that is asked for, or 0.
int interrupt_level(void);

/// Whether one of the frames is of a function that must not be left: it holds a lock, or leaves something half built.
bool interrupt_is_delicate(void *const *frames, size_t count);

/// Whether a poll ends what the caller runs: the cell, or the job of a Task that the cell waits for.
int interrupt_must_stop(void);
/// Ends it.
_Noreturn void interrupt_stop(void);
/// Ends the cell on whose thread it is called.
_Noreturn void interrupt_leave_cell(void);
/// Pushes the running cell on: called by the watcher every few milliseconds with what the cell's thread is doing.
void interrupt_advance(int blocked_milliseconds);

#endif
