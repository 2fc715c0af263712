// The main thread: runs Foundation's main run loop (timers, the main dispatch queue) and the jobs of the main actor.
#ifndef MARTLET_MAIN_LOOP_H
#define MARTLET_MAIN_LOOP_H

#include <stdbool.h>

#include "job_queue.h"

/// Takes the main actor's jobs over from the Swift runtime, so that one that traps does not take the main queue with it.
void main_loop_take_over(void);
/// Has a job run on the main thread, from outside any run loop of Foundation where that is possible.
void main_loop_put(job job);
/// Whether the main thread's run loop notices what `main_loop_put` is given by others than the main actor.
bool main_loop_takes_blocks(void);
_Noreturn void main_loop_run(void);

#endif
